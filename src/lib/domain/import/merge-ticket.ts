import type { TicketEvent } from '../tickets/ticket';

/**
 * One log of two of the same ticket: what both have in common, then what was done here and there in the order of
 * time, each log keeping its own order. The same on either side; null where ours has all of it already.
 */
export function mergeTicket(
	ours: readonly TicketEvent[],
	theirs: readonly TicketEvent[],
): TicketEvent[] | null {
	const known = new Set(ours.map(({ id }) => id));
	const added = theirs.filter(({ id }) => !known.has(id));
	if (added.length === 0) return null;
	const theirIds = new Set(theirs.map(({ id }) => id));
	const parts = ours.findIndex(({ id }) => !theirIds.has(id));
	const common = parts < 0 ? ours.length : parts;
	return [...ours.slice(0, common), ...interleaved(ours.slice(common), added)];
}

function interleaved(ours: readonly TicketEvent[], theirs: readonly TicketEvent[]): TicketEvent[] {
	const merged: TicketEvent[] = [];
	let [i, j] = [0, 0];
	while (i < ours.length || j < theirs.length) {
		const [one, other] = [ours[i], theirs[j]];
		const isOne = one && (!other || isBefore(one, other));
		if (isOne) i++;
		else j++;
		merged.push((isOne ? one : other) as TicketEvent);
	}
	return merged;
}

function isBefore(one: TicketEvent, other: TicketEvent): boolean {
	return one.at === other.at ? one.id < other.id : one.at < other.at;
}
