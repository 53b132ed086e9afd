/** How files come about: look, write, read again, improve. */
import type { Move, ToolUse } from './move';
import { planUse } from './plan';
import { mend, produceCode } from './review-moves';
import { documentFor, documentPath, draftLine, namedFile, readLine } from './documents';
import { isCode, type Work } from './work';
import { pointsOn } from './wording';

export function open(work: Work): Move | null {
	if (work.calls.length > 0) return null;
	const uses: ToolUse[] = [];
	if (work.can('update_plan') && !work.followsUp) uses.push(planUse(work, 1));
	if (work.can('list_files')) uses.push({ tool: 'list_files', input: {} });
	if (uses.length === 0) return null;
	return {
		purpose: work.followsUp
			? 'First I look at what is there now.'
			: 'First I look at what is there and make a plan.',
		text: work.followsUp
			? `I see what is there and then turn to “${work.ask.title}”.`
			: `I start with **${work.topic.title}**: a plan, and a look at the files of this session.`,
		uses,
	};
}

export function gather(work: Work): Move | null {
	// What this turn wrote itself needs no looking for.
	if (work.did('write_file') || work.files.size === 0) return null;
	const unread = [...work.files].filter(([, content]) => content === null).map(([path]) => path);
	const uses: ToolUse[] = [];
	// Code may have been changed since, and a person may have allowed another change than the one asked for.
	const again =
		work.job === 'review' && work.followsUp ? [...work.files.keys()].filter(isCode) : [];
	const wanted = [...new Set([...unread, ...again])];
	if (work.can('read_file') && !work.did('read_file'))
		uses.push(...wanted.slice(0, 3).map((path) => ({ tool: 'read_file', input: { path } })));
	if (work.can('search_files') && !work.did('search_files'))
		uses.push({ tool: 'search_files', input: { query: work.ask.keywords[0] } });
	if (uses.length === 0) return null;
	return {
		purpose: 'There are files already, so I read before I write.',
		text: `There ${work.files.size === 1 ? 'is a file' : `are ${work.files.size} files`} already. I read what belongs to this.`,
		uses,
	};
}

export function produce(work: Work): Move | null {
	if (work.job === 'review')
		return (
			produceCode(work) ?? mend(work) ?? (namedFile(work) && !work.followsUp ? report(work) : null)
		);
	const last = lastDocument(work);
	if (work.followsUp && last) return extend(work, last);
	if (work.job === 'triage' && work.scene.schema) return null;
	const path = documentPath(work);
	// What others wrote is added to, never replaced.
	return work.files.has(path) && !wrote(work, path) ? extend(work, path) : report(work);
}

const wrote = (work: Work, path: string): boolean =>
	work.calls.some(({ tool, input }) => tool === 'write_file' && input['path'] === path);

function report(work: Work): Move | null {
	const path = documentPath(work);
	if (!work.can('write_file') || wrote(work, path)) return null;
	return {
		purpose: `Now I can write ${path}.`,
		text: `I write down what I have in \`${path}\`.`,
		uses: [
			{ tool: 'write_file', input: { path, content: documentFor(work) } },
			...(work.can('update_plan') && !work.followsUp ? [planUse(work, 3)] : []),
		],
	};
}

/** The document that was touched last. A section in markdown has no place in a file of another kind. */
function lastDocument(work: Work): string | null {
	return [...work.files.keys()].findLast((path) => path.endsWith('.md')) ?? null;
}

/** Another part for a file that is there, before the last line that is there only once. */
function extend(work: Work, path: string): Move | null {
	const content = work.files.get(path);
	if (!content || !path.endsWith('.md') || !work.can('edit_file')) return null;
	if (work.did('edit_file') || work.did('write_file')) return null;
	const lines = content.split('\n').filter((line) => line.trim());
	const anchor = lines.findLast((line) => content.split(line).length === 2);
	if (anchor === undefined) return null;
	const points = pointsOn(work.ask, 3).map((point) => `- ${point}`);
	const section = `## ${work.ask.title}\n\n${points.join('\n')}`;
	return {
		purpose: `This belongs into ${path}.`,
		text: `I add a part about “${work.ask.title}” to \`${path}\`.`,
		uses: [
			{
				tool: 'edit_file',
				input: { path, old_string: anchor, new_string: `${section}\n\n${anchor}` },
			},
		],
	};
}

export function check(work: Work): Move | null {
	if (work.job === 'review') return null;
	const path = documentPath(work);
	const at = work.calls.findLastIndex(
		({ tool, input, failed }) => tool === 'write_file' && input['path'] === path && !failed,
	);
	const readSince = work.calls.slice(at + 1).some(({ tool }) => tool === 'read_file');
	if (at < 0 || readSince || !work.can('read_file')) return null;
	return {
		purpose: 'What I wrote I read once more.',
		text: `I read \`${path}\` once more.`,
		uses: [{ tool: 'read_file', input: { path } }],
	};
}

export function improve(work: Work): Move | null {
	const path = documentPath(work);
	if (!work.can('edit_file') || !work.files.get(path)?.includes(draftLine)) return null;
	return {
		purpose: 'It reads well enough: I note that it was checked.',
		text: `It says what it should. I note in \`${path}\` that it was read again.`,
		uses: [{ tool: 'edit_file', input: { path, old_string: draftLine, new_string: readLine } }],
	};
}
