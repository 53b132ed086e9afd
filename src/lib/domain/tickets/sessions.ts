/** What the sessions of a ticket come to. */
import type { SessionEvent } from '../log/event';
import { applyFileChanges, currentFiles, noFiles } from '../files';
import type { SessionRow } from '../session-row';
import { runningMs } from '../views/list';

export interface TicketTotals {
	sessions: number;
	running: number;
	needsYou: number;
	/** Time spent running, milliseconds. */
	ms: number;
	tokens: number;
	/** USD of those whose cost is known. */
	cost: number;
	/** Sessions whose cost is not known: `cost` is a lower bound then. */
	costUnknown: number;
}

export function totalsOf(rows: readonly SessionRow[], now: number): TicketTotals {
	const totals: TicketTotals = {
		sessions: rows.length,
		running: 0,
		needsYou: 0,
		ms: 0,
		tokens: 0,
		cost: 0,
		costUnknown: 0,
	};
	for (const row of rows) {
		if (row.status === 'running') totals.running++;
		if (row.needsYou) totals.needsYou++;
		totals.ms += runningMs(row, now);
		totals.tokens += Object.values(row.usage).reduce((sum: number, n: number) => sum + n, 0);
		if (row.cost === null) totals.costUnknown++;
		else totals.cost += row.cost;
	}
	return totals;
}

/** Something that came out of a session: a structured output, or a file as it is now. */
export interface Produce {
	kind: 'output' | 'file';
	/** Of the last change. */
	at: number;
	/** Name of the file; "Structured output". */
	name: string;
	/** UTF-16 units. */
	size: number;
}

/** Newest first; of structured outputs the last one. */
export function produceOf(events: readonly SessionEvent[]): Produce[] {
	let tree = noFiles;
	let output: Produce | null = null;
	for (const event of events) {
		tree = applyFileChanges(tree, event);
		if (event.kind === 'output')
			output = { kind: 'output', at: event.at, name: 'Structured output', size: event.raw.length };
	}
	const files = [...currentFiles(tree)].map(([name, content]): Produce => {
		const at = tree.get(name)?.at(-1)?.at ?? 0;
		return { kind: 'file', at, name, size: content.length };
	});
	return [...files, ...(output ? [output] : [])].sort((one, other) => other.at - one.at);
}
