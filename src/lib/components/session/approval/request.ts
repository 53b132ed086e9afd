/** A request for permission as it is shown: what would change, and what could be undone. */
import { fileCall } from '$lib/domain/files-change';
import { revealHidden } from '$lib/domain/hidden-characters';
import type { JsonValue } from '$lib/domain/json';
import { toolNamed } from '$lib/domain/tools/catalogue';

export type Preview =
	| { is: 'file'; path: string; before: string | null; after: string }
	/** It would not work, and why. */
	| { is: 'problem'; problem: string }
	/** A change of what all sessions share; it is compared with how that is now. */
	| { is: 'ticket'; tool: string }
	/** Nothing to compare: the input itself is shown. */
	| { is: 'input' };

export function previewOf(
	tool: string,
	input: JsonValue,
	files: ReadonlyMap<string, string>,
): Preview {
	const effect = toolNamed(tool)?.effect;
	if (effect === 'workspace') return { is: 'ticket', tool };
	if (effect !== 'edit') return { is: 'input' };
	const call = fileCall(tool, input, files);
	if (!call.ok) return { is: 'problem', problem: call.problem };
	return { is: 'file', path: call.path, before: call.before, after: call.after };
}

/** What can be undone afterwards, in a few words. */
export function undoOf(tool: string, preview: Preview): string {
	if (preview.is === 'file')
		return preview.before === null
			? 'A new file. Nothing is overwritten'
			: 'The version before stays in Files';
	switch (toolNamed(tool)?.effect) {
		case 'read':
			return 'Changes nothing';
		case 'edit':
			return 'Nothing is written';
		case 'workspace':
			return 'Every change stays in the ticket’s Activity';
		default:
			return 'Muster cannot undo what this tool does';
	}
}

export interface HiddenCount {
	name: string;
	count: number;
}

/** Characters looked at between two pauses of the page. */
const BITE = 100_000;

/**
 * Names of the characters in an input that cannot be seen, with how many there are. Gives what it has found so far
 * after every bite, so that a long input can be looked through without holding up the page.
 */
export function* hiddenIn(input: JsonValue): Generator<HiddenCount[], HiddenCount[]> {
	const counts = new Map<string, number>();
	const found = () => [...counts].map(([name, count]) => ({ name, count }));
	let looked = 0;
	for (const text of textsOf(input)) {
		for (let from = 0; from < text.length; from += BITE) {
			for (const { hidden } of revealHidden(text.slice(from, from + BITE)))
				if (hidden) counts.set(hidden.name, (counts.get(hidden.name) ?? 0) + hidden.count);
			looked += Math.min(BITE, text.length - from);
			if (looked >= BITE) {
				looked = 0;
				yield found();
			}
		}
	}
	return found();
}

function textsOf(value: JsonValue): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Array.isArray(value)
		? value.flatMap(textsOf)
		: Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)]);
}
