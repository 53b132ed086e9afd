import type { Answer, Question } from '../question';

export const MAX_ANSWER_CHARS = 20_000;

export interface AnswerProblem {
	/** Of the question. */
	id: string;
	message: string;
}

/**
 * What keeps answers from being sent; empty when they are complete. `null` stands for skipping everything.
 * A choice may also be answered in the person's own words (`text`), alone or beside what they chose.
 */
export function answerProblems(
	questions: readonly Question[],
	answers: readonly Answer[] | null,
): AnswerProblem[] {
	return questions.flatMap((question) => {
		const message = problemOf(question, answerTo(question, answers));
		return message === null ? [] : [{ id: question.id, message }];
	});
}

/** The answers as the model reads them. */
export function answersToText(
	questions: readonly Question[],
	answers: readonly Answer[] | null,
): string {
	if (answers === null)
		return 'The person skipped the questions. Go on with your best judgement, and say what you assumed.';
	return questions
		.map((question) => {
			const words = wordsOf(answerTo(question, answers));
			return `Question: ${question.text}\nAnswer: ${words ?? '(skipped: use your best judgement)'}`;
		})
		.join('\n\n');
}

export function isAnswered(answer: Answer | null): boolean {
	return wordsOf(answer) !== null;
}

function answerTo(question: Question, answers: readonly Answer[] | null): Answer | null {
	return answers?.find((answer) => answer.id === question.id) ?? null;
}

function wordsOf(answer: Answer | null): string | null {
	const text = answer?.text?.trim() ?? '';
	const words = [...(answer?.chosen ?? []), ...(text ? [text] : [])];
	return words.length === 0 ? null : words.join('; ');
}

function problemOf(question: Question, answer: Answer | null): string | null {
	const chosen = answer?.chosen ?? [];
	if (!isAnswered(answer)) {
		if (!question.required) return null;
		return question.type === 'text' ? 'This needs an answer' : 'Choose an answer or write your own';
	}
	if (question.type === 'text' && chosen.length > 0) return 'This question takes text';
	if (question.type === 'single' && chosen.length > 1) return 'Choose one answer only';
	const labels = new Set(question.options.map((option) => option.label));
	const stranger = chosen.find((label) => !labels.has(label));
	if (stranger !== undefined) return `"${stranger}" is not one of the choices`;
	if (new Set(chosen).size < chosen.length) return 'The same choice is there twice';
	if ((answer?.text?.length ?? 0) > MAX_ANSWER_CHARS)
		return `Keep it under ${MAX_ANSWER_CHARS.toLocaleString('en-GB')} characters`;
	return null;
}
