import type { Answer, Question } from '$lib/domain/question';
import type { JsonValue } from '$lib/domain/json';
import type { CallDraft } from '$lib/state/session-call-drafts';
import { answerProblems, type AnswerProblem } from '$lib/domain/tools/answers';

/** Answers to the questions of one call while they are being given. */
export class QuestionDraft implements CallDraft {
	chosen = $state<Record<string, string[]>>({});
	texts = $state<Record<string, string>>({});
	/** Problems are shown from the first try to send on. */
	tried = $state(false);

	constructor(readonly questions: readonly Question[]) {}

	/** What is asked. */
	get seal(): string {
		return JSON.stringify(this.questions);
	}

	get written(): JsonValue | null {
		const { chosen, texts } = $state.snapshot({ chosen: this.chosen, texts: this.texts });
		const all = [...Object.values(chosen).flat(), ...Object.values(texts)];
		return all.some(Boolean) ? { chosen, texts } : null;
	}

	/** The seal holds for the shape as well. */
	takeUp(written: JsonValue): void {
		const { chosen, texts } = written as Pick<QuestionDraft, 'chosen' | 'texts'>;
		this.chosen = chosen;
		this.texts = texts;
	}

	get problems(): AnswerProblem[] {
		return this.tried ? answerProblems(this.questions, this.answers) : [];
	}

	get answers(): Answer[] {
		return this.questions.map(({ id }) => {
			const chosen = this.chosen[id] ?? [];
			const text = this.texts[id]?.trim() ?? '';
			return { id, chosen: chosen.length > 0 ? [...chosen] : null, text: text || null };
		});
	}

	/** Whether everything may be left out. */
	get skippable(): boolean {
		return this.questions.every((question) => !question.required);
	}

	choose(question: Question, label: string, on: boolean): void {
		const before = this.chosen[question.id] ?? [];
		const others = question.type === 'single' ? [] : before.filter((other) => other !== label);
		this.chosen[question.id] = on ? [...others, label] : others;
		if (question.type === 'single' && on) this.texts[question.id] = '';
	}

	/** One of several choices or other words: what is written takes the place of what was chosen. */
	write(question: Question, text: string): void {
		this.texts[question.id] = text;
		if (question.type === 'single' && text.trim() !== '') this.chosen[question.id] = [];
	}

	/** The answers, or null where something is missing; from then on it says what. */
	finish(): Answer[] | null {
		this.tried = true;
		return answerProblems(this.questions, this.answers).length === 0 ? this.answers : null;
	}
}
