/** Release notes out of lines of changes, sorted by what their words say. */
import type { Topic } from './topic';

const groups = ['Breaking', 'Added', 'Changed', 'Fixed', 'Security', 'Internal'] as const;
type Group = (typeof groups)[number];

export interface Notes {
	version: string | null;
	groups: { name: Group; lines: string[] }[];
}

export function releaseNotes(text: string, topic: Topic): Notes {
	const changes = topic.items.length > 0 ? topic.items : changesIn(topic.sentences);
	const sorted = new Map<Group, string[]>(groups.map((group) => [group, []]));
	for (const change of changes) sorted.get(groupOf(change))?.push(polished(change));
	return {
		version: /\bv?(\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?)\b/.exec(text)?.[1] ?? null,
		groups: groups.flatMap((name) => {
			const lines = sorted.get(name) ?? [];
			return lines.length > 0 ? [{ name, lines }] : [];
		}),
	};
}

export function notesMarkdown(notes: Notes): string {
	const body = notes.groups.map(
		({ name, lines }) => `## ${name}\n\n${lines.map((line) => `- ${line}`).join('\n')}`,
	);
	return body.join('\n\n');
}

function changesIn(sentences: string[]): string[] {
	const parts = sentences
		.flatMap((sentence) => sentence.replace(/^[^:]{0,60}:\s+/, '').split(/;\s+|,\s+(?=\w+ )/))
		.map((part) => part.trim())
		.filter((part) => part.length > 3);
	return parts.slice(0, 12);
}

function groupOf(change: string): Group {
	if (/\bbreaking\b|!:|\bdrop(?:s|ped)? support|\bremov(?:e|es|ed)\b/i.test(change))
		return 'Breaking';
	if (/security|vulnerab|\bcve\b|\bxss\b/i.test(change)) return 'Security';
	if (/^fix|\bfix(?:e[sd])?\b|\bbug\b|crash|no longer|correct(?:s|ed)?\b/i.test(change))
		return 'Fixed';
	if (/^(?:chore|ci|build|test|refactor|docs?)\b|\bdependenc|\brefactor/i.test(change))
		return 'Internal';
	if (/^feat|\badd(?:s|ed)?\b|\bnew\b|\bintroduc|\bsupport(?:s)?\b|\bcan now\b/i.test(change))
		return 'Added';
	return 'Changed';
}

/** Without hash, number and conventional prefix; a sentence for people. */
function polished(change: string): string {
	const plain = change
		.replace(/^[0-9a-f]{7,40}\s+/, '')
		.replace(/^(\w+)(?:\(([^)]*)\))?!?:\s*/, (_, _kind: string, scope?: string) =>
			scope ? `${scope}: ` : '',
		)
		.replace(/\s*\(?#\d+\)?\s*$/, '')
		.replace(/\.$/, '')
		.trim();
	return plain.charAt(0).toUpperCase() + plain.slice(1);
}
