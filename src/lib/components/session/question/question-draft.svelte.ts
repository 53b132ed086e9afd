import type { Answer, Question } from '$lib/domain/question';
import { answerProblems, type AnswerProblem } from '$lib/domain/tools/answers';

/** Answers to the questions of one call while they are being given. */
export class QuestionDraft {
	chosen = $state<Record<string, string[]>>({});
	texts = $state<Record<string, string>>({});
	/** Problems are shown from the first try to send on. */
	tried = $state(false);

	constructor(readonly questions: readonly Question[]) {}

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
