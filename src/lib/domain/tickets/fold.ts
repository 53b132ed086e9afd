/** A ticket's log → the ticket. Order is the log's; the last word on a field counts. */
import type { Ticket, TicketEvent } from './ticket';

/** The ticket after `event`; null as long as nothing created it. Changes nothing it is given. */
export function applyTicketEvent(
	ticket: Ticket | null,
	event: TicketEvent,
	seq: number,
): Ticket | null {
	if (event.kind === 'ticket-created') {
		if (ticket) return ticket;
		const { ticketId: id, number, prefix, fields, status, at } = event;
		const times = { createdAt: at, updatedAt: at, deletedAt: null };
		return { v: 1, id, number, prefix, status, comments: [], ...fields, ...times, seq };
	}
	if (!ticket) return null;
	const next = { ...ticket, updatedAt: Math.max(ticket.updatedAt, event.at), seq };
	switch (event.kind) {
		case 'ticket-changed':
			return { ...next, ...event.changes };
		case 'ticket-moved':
			return { ...next, status: event.to };
		case 'ticket-commented': {
			const { id, at, by, text } = event;
			return { ...next, comments: [...ticket.comments, { id, at, by, text }] };
		}
		case 'ticket-deleted':
			return { ...next, deletedAt: event.at };
		case 'ticket-restored':
			return { ...next, deletedAt: null };
		default:
			// A kind of a later version: kept in the log, no effect on this build.
			event satisfies never;
			return next;
	}
}

export function foldTicket(events: readonly TicketEvent[]): Ticket | null {
	return events.reduce<Ticket | null>(
		(ticket, event, i) => applyTicketEvent(ticket, event, i),
		null,
	);
}
