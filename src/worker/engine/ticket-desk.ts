import type { TicketChange } from '$lib/domain/command';
import type { By } from '$lib/domain/log/event';
import { changeTicket } from '$lib/domain/tickets/rules';
import { laterThan } from '$lib/domain/sync/shared-tickets';
import type { Ticket, TicketEvent } from '$lib/domain/tickets/ticket';
import { loadSetting } from '$lib/store/settings';
import { writeTicket } from '$lib/store/tickets';
import type { JournalParts } from '../journal/journal';

/** Why a ticket was left as it is, in words for a person and for a model. */
export class TicketRefused extends Error {
	override name = 'TicketRefused';
}

/**
 * The one way tickets change, for people and for agents (`sessionId`: whose). A command is marked as applied in the
 * same write. Throws {@link TicketRefused}, and what the store throws.
 */
export async function carryOutTicket(
	{ db, newId, now }: JournalParts,
	ticketId: string,
	change: TicketChange,
	author: { by: By; sessionId?: string; commandId?: string },
): Promise<Ticket | null> {
	const prefix = await loadSetting(db, 'ticketPrefix');
	return writeTicket(db, ticketId, author.commandId ?? null, (ticket, tickets) => {
		const outcome = changeTicket(ticket, change, {
			number: Math.max(0, ...tickets.map(({ number }) => number)) + 1,
			prefix,
			ticket: (id) => tickets.find((one) => one.id === id),
		});
		if ('refused' in outcome) throw new TicketRefused(outcome.refused);
		if (!outcome.event) return null;
		const { by, sessionId } = author;
		return {
			...outcome.event,
			v: 1,
			id: newId(),
			ticketId,
			at: laterThan(ticket?.updatedAt, now()),
			by,
			...(sessionId !== undefined && { sessionId }),
		} as TicketEvent;
	});
}
