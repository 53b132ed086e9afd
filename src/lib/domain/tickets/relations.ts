/** How tickets of a workspace stand to one another. Deleted ones count for nothing. */
import { ticketName, type Ticket, type TicketStatus } from './ticket';

export type TicketsById = ReadonlyMap<string, Ticket>;

/** Nothing is left to do about it. */
export const isSettled = (status: TicketStatus): boolean =>
	status === 'done' || status === 'cancelled';

/** In the order of their numbers, without deleted ones. */
export function standing(tickets: TicketsById): Ticket[] {
	return [...tickets.values()].filter(isThere).sort(byNumber);
}

/** What `ticket` waits for and is not settled yet. */
export function blockersOf(ticket: Pick<Ticket, 'blockedBy'>, tickets: TicketsById): Ticket[] {
	return listed(ticket.blockedBy, tickets).filter(({ status }) => !isSettled(status));
}

/** "Blocked by T-003, T-004"; empty where nothing stands in its way. */
export function blockedWords(ticket: Ticket, tickets: TicketsById): string {
	if (isSettled(ticket.status)) return '';
	const names = blockersOf(ticket, tickets).map(ticketName);
	return names.length > 0 ? `Blocked by ${names.join(', ')}` : '';
}

export function subtasksOf(id: string, tickets: TicketsById): Ticket[] {
	return standing(tickets).filter(({ parentId }) => parentId === id);
}

export function ticketsUnder(epicId: string, tickets: TicketsById): Ticket[] {
	return standing(tickets).filter((ticket) => ticket.epicId === epicId);
}

/** Those that are related to `ticket`, whichever of the two says so. */
export function relatedTo(ticket: Ticket, tickets: TicketsById): Ticket[] {
	return standing(tickets).filter(
		(other) =>
			other.id !== ticket.id &&
			(ticket.related.includes(other.id) || other.related.includes(ticket.id)),
	);
}

/** Those that wait for `id`. */
export function waitingFor(id: string, tickets: TicketsById): Ticket[] {
	return standing(tickets).filter(({ blockedBy }) => blockedBy.includes(id));
}

/** How far a group of tickets is. What was cancelled is neither done nor to be done. */
export function progressOf(group: readonly Ticket[]): { done: number; all: number } {
	const counted = group.filter(({ status }) => status !== 'cancelled');
	return { done: counted.filter(({ status }) => status === 'done').length, all: counted.length };
}

/** What a session says of the ticket it serves: "T-042", or that it is not there any more. */
export function linkName(ticket: Ticket | undefined): string {
	if (!ticket) return 'Ticket not here';
	return ticket.deletedAt === null ? ticketName(ticket) : `${ticketName(ticket)} (deleted)`;
}

function listed(ids: readonly string[], tickets: TicketsById): Ticket[] {
	return ids.flatMap((id) => tickets.get(id) ?? []).filter(isThere);
}

export function isThere({ deletedAt }: Ticket): boolean {
	return deletedAt === null;
}

function byNumber(one: Ticket, other: Ticket): number {
	return one.number - other.number || (one.id < other.id ? -1 : 1);
}
