/** Tickets that several devices write to: the same log and the same number on each of them. */
import type { Ticket, TicketEvent } from '../tickets/ticket';

/**
 * One log of what is here and what came, in the order of time; null where nothing is new. A writer's event is later than
 * those it knew of (`laterThan`), whatever its clock says, so that causes come before what they caused.
 */
export function sharedLog(
	ours: readonly TicketEvent[],
	theirs: readonly TicketEvent[],
): TicketEvent[] | null {
	const known = new Set(ours.map(({ id }) => id));
	const added = theirs.filter(({ id }) => !known.has(id));
	if (added.length === 0) return null;
	return [...ours, ...added].sort(byTime);
}

/** When something happens to a ticket in which something has happened at `last`, epoch ms. */
export const laterThan = (last: number | undefined, now: number): number =>
	last === undefined ? now : Math.max(now, last + 1);

/** A ticket, and the number it was made with. */
export interface BornTicket {
	ticket: Ticket;
	number: number;
}

/**
 * Tickets whose number has to change: of those made with one number the oldest has it, the others get the next ones that
 * are free. Devices that know the same tickets give them the same numbers.
 */
export function numbered(born: readonly BornTicket[]): Ticket[] {
	let last = Math.max(0, ...born.map(({ number }) => number));
	const taken = new Set<string>();
	const changed: Ticket[] = [];
	for (const { ticket, number } of [...born].sort(byBirth)) {
		const name = `${ticket.prefix}-${number}`;
		const next = taken.has(name) ? ++last : number;
		taken.add(name);
		if (next !== ticket.number) changed.push({ ...ticket, number: next });
	}
	return changed;
}

const byTime = (one: TicketEvent, other: TicketEvent): number =>
	one.at - other.at || (one.id < other.id ? -1 : 1);

const byBirth = ({ ticket: one }: BornTicket, { ticket: other }: BornTicket): number =>
	one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1);
