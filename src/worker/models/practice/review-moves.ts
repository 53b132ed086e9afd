/** How a review goes: the code into a file, what can be mended at once, then the findings in writing. */
import { codeOf } from './given-code';
import type { Move } from './move';
import { fileNameFor, sampleCode } from './review';
import { allCalls, type Call } from './scene';
import { hasCode, type Work } from './work';

/** The code of the prompt becomes a file, so that its changes can be seen as changes. */
export function produceCode(work: Work): Move | null {
	const known = hasCode(work.files);
	// What a later turn brings is reviewed too; a sample stands in once.
	const given = work.ask.code[0] ?? (known ? null : codeOf(work));
	if (!work.can('write_file') || (!given && (known || work.followsUp))) return null;
	const path = given
		? fileNameFor(work.turn.prompt, work.topic.slug, given)
		: `src/${work.topic.slug}.js`;
	if (written(work.calls, path)) return null;
	// What others wrote is reviewed as it is, never replaced.
	if (work.files.has(path) && !written(allCalls(work.scene), path)) return null;
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

const written = (calls: Call[], path: string): boolean =>
	calls.some(({ tool, input }) => tool === 'write_file' && input['path'] === path);

/** Asks for a change, where a change was refused before. */
const wantsChange =
	/\b(?:fix|mend|change|edit|rename|apply|replace|rewrite|correct|improve|refactor|add|remove|go ahead|try again)\b/i;

/** One thing that can be mended by changing a line. A person who has said no to one is not asked for others. */
export function mend(work: Work): Move | null {
	const saidNo = allCalls(work.scene).some(({ tool, failed }) => tool === 'edit_file' && failed);
	if (saidNo && !wantsChange.test(work.turn.prompt)) return null;
	const edits = work.calls.filter(({ tool }) => tool === 'edit_file').length;
	if (!work.can('edit_file') || edits >= 2) return null;
	for (const { path, line, title, why, before, after } of work.findings) {
		if (after === undefined || work.files.get(path)?.split(before).length !== 2) continue;
		const use = { tool: 'edit_file', input: { path, old_string: before, new_string: after } };
		if (work.wasRefused(use)) continue;
		return {
			purpose: `Line ${line} can be mended at once.`,
			text: `**${title}**, line ${line} of \`${path}\`. ${why}`,
			uses: [use],
		};
	}
	return null;
}
