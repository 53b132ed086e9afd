/** How a review goes: the code into a file, what can be mended at once, then the findings in writing. */
import type { Move } from './move';
import { fileNameFor, sampleCode } from './review';
import { topicOf } from './topic';
import { allCalls } from './scene';
import type { Work } from './work';

/** The code of the prompt becomes a file, so that its changes can be seen as changes. */
export function produceCode(work: Work): Move | null {
	const hasCode = [...work.files.keys()].some((path) => !path.endsWith('.md'));
	if (!work.can('write_file') || hasCode) return null;
	const given = codeOf(work);
	const path = given
		? fileNameFor(work.turn.prompt, work.topic.slug, given)
		: `src/${work.topic.slug}.js`;
	const content = given?.text ?? sampleCode(work.topic.title);
	return {
		purpose: given
			? 'The code goes into a file first.'
			: 'No code was given: a sample stands in for it.',
		text: given
			? `I put the code you gave into \`${path}\`, so that every change shows as a change.`
			: `There is no code to review, so I write a sample to \`${path}\` and review that.`,
		uses: [{ tool: 'write_file', input: { path, content } }],
	};
}

/** A line that begins or ends as code does; a semicolon inside a sentence is none. */
const looksLikeCode =
	/[{};][ \t]*$|=>|^[ \t]*(?:const|let|var|function|def|class|import)[ \t]+[\w{*]+[ \t]*[\w(={,.]/m;

/** The code in the prompt or in an answer. */
export function codeOf(work: Work): { language: string; text: string } | null {
	const answers = work.answers.map(({ answer }) => answer).join('\n\n');
	const pasted = looksLikeCode.test(answers) ? { language: '', text: `${answers}\n` } : null;
	return work.topic.code[0] ?? work.ask.code[0] ?? topicOf(answers).code[0] ?? pasted;
}

export function mend(work: Work): Move | null {
	// What a person has denied once is not asked for again.
	const refused = new Set(
		allCalls(work.scene)
			.filter((call) => call.failed)
			.map(({ input }) => input['old_string']),
	);
	const edits = work.calls.filter(({ tool }) => tool === 'edit_file').length;
	if (!work.can('edit_file') || edits >= 2) return null;
	for (const { path, line, title, why, before, after } of work.findings) {
		if (after === undefined || refused.has(before)) continue;
		if (work.files.get(path)?.split(before).length !== 2) continue;
		return {
			purpose: `Line ${line} can be mended at once.`,
			text: `**${title}**, line ${line} of \`${path}\`. ${why}`,
			uses: [{ tool: 'edit_file', input: { path, old_string: before, new_string: after } }],
		};
	}
	return null;
}
