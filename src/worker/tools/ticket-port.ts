import type { TicketChange } from '$lib/domain/command';
import type { ActorId } from '$lib/domain/log/event';
import type { TicketsById } from '$lib/domain/tickets/relations';
import type { Ticket } from '$lib/domain/tickets/ticket';
import { allTickets } from '$lib/store/tickets';
import { carryOutTicket } from '../engine/ticket-desk';
import type { JournalParts } from '../journal/journal';

/** The workspace's tickets as one call of a tool reaches them. */
export interface TicketPort {
	/** As they are now, deleted ones included. */
	all(): Promise<TicketsById>;
	/** Done in the name of the agent that calls. Throws `TicketRefused`. Null: there is no such ticket. */
	change(ticketId: string, change: TicketChange): Promise<Ticket | null>;
	newId(): string;
}

export function ticketPort(parts: JournalParts, actor: ActorId, sessionId: string): TicketPort {
	return {
		all: async () => new Map((await allTickets(parts.db)).map((ticket) => [ticket.id, ticket])),
		change: (ticketId, change) =>
			carryOutTicket(parts, ticketId, change, { by: { kind: 'agent', actor }, sessionId }),
		newId: () => parts.newId(),
	};
}
