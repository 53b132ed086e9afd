import { topicOf, type Topic } from './topic';

/** What the person said: the task, this turn, and what they answered. */
export interface Said {
	topic: Topic;
	ask: Topic;
	answers: { answer: string }[];
}

/** A line that begins or ends as code does; a semicolon inside a sentence is none. */
const looksLikeCode =
	/[{};][ \t]*$|=>|^[ \t]*(?:const|let|var|function|def|class|import)[ \t]+[\w{*]+[ \t]*[\w(={,.]/m;

/** The code in the prompt or in an answer. */
export function codeOf(said: Said): { language: string; text: string } | null {
	const answers = said.answers.map(({ answer }) => answer).join('\n\n');
	const pasted = looksLikeCode.test(answers) ? { language: '', text: `${answers}\n` } : null;
	return said.topic.code[0] ?? said.ask.code[0] ?? topicOf(answers).code[0] ?? pasted;
}
