/** Release notes out of lines of changes, sorted by what their words mean to the people who use the product. */
import type { Topic } from './topic';

const groups = ['Breaking', 'Added', 'Changed', 'Fixed', 'Security'] as const;
type Group = (typeof groups)[number];

export interface Notes {
	version: string | null;
	groups: { name: Group; lines: string[] }[];
	/** How many changes there were. */
	changes: number;
	/** Changes no reader can notice, as they were written. */
	left: string[];
}

export function releaseNotes(text: string, topic: Topic): Notes {
	const changes = topic.items.length > 0 ? topic.items : changesIn(topic.sentences);
	const told = changes.filter((change) => !internal.test(change));
	return {
		version: /\bv?(\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?)\b/.exec(text)?.[1] ?? null,
		groups: groups.flatMap((name) => {
			const lines = told.filter((change) => groupOf(change) === name).map(polished);
			return lines.length > 0 ? [{ name, lines }] : [];
		}),
		changes: changes.length,
		left: changes.filter((change) => !told.includes(change)),
	};
}

export function notesMarkdown(notes: Notes): string {
	const parts = notes.groups.map(
		({ name, lines }) => `## ${name}\n\n${lines.map((line) => `- ${line}`).join('\n')}`,
	);
	return parts.join('\n\n');
}

/** One sentence: how many changes became how many notes. */
export function notesCount({ changes, left }: Notes): string {
	const many = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
	return `${many(changes, 'change')} became ${many(changes - left.length, 'note')}.`;
}

function changesIn(sentences: string[]): string[] {
	return sentences
		.flatMap((sentence) => sentence.replace(/^[^:]{0,60}:\s+/, '').split(/;\s+|,\s+(?=\w+ )/))
		.map((part) => part.trim())
		.filter((part) => part.length > 3)
		.slice(0, 12);
}

const internal =
	/^(?:[0-9a-f]{7,40}\s+)?(?:chore|ci|build|tests?|refactor|docs?|style)\b|\brefactor|\bdependenc|\bunit tests?\b|\blint/i;

function groupOf(change: string): Group {
	if (/\bbreaking\b|!:|\bdrop(?:s|ped)? support|\bremov(?:e|es|ed)\b|\bmigrat/i.test(change))
		return 'Breaking';
	if (/security|vulnerab|\bcve\b|\bxss\b/i.test(change)) return 'Security';
	if (/^fix|\bfix(?:e[sd])?\b|\bbug\b|crash|no longer|correct(?:s|ed)?\b/i.test(change))
		return 'Fixed';
	if (/^feat|\badd(?:s|ed)?\b|\bnew\b|\bintroduc|\bsupport(?:s)?\b|\bcan now\b/i.test(change))
		return 'Added';
	return 'Changed';
}

/** Without hash, number and conventional prefix; a sentence for people. */
function polished(change: string): string {
	const plain = change
		.replace(/^[0-9a-f]{7,40}\s+/, '')
		.replace(
			/^(?:feat|fix|perf|revert|security|breaking)(?:\(([^)]*)\))?!?:\s*/i,
			(_, scope?: string) => (scope ? `${scope}: ` : ''),
		)
		.replace(/\.$/, '')
		.trim();
	return plain.charAt(0).toUpperCase() + plain.slice(1);
}
