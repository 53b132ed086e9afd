import { Dexie } from 'dexie';
import type { SessionRow } from '../domain/session-row';
import type { Ticket, TicketEvent } from '../domain/tickets/ticket';
import { applyTicketEvent } from '../domain/tickets/fold';
import type { MusterDb } from './db';
import { quotaAware } from './log';
import { taskOf } from './sync-task';

/** Every ticket, deleted ones too: a workspace has hundreds, not hundreds of thousands. */
export function allTickets(db: MusterDb): Promise<Ticket[]> {
	return db.tickets.toArray();
}

export function ticketById(db: MusterDb, id: string): Promise<Ticket | undefined> {
	return db.tickets.get(id);
}

/** The log of a ticket, in order. */
export function ticketEvents(db: MusterDb, ticketId: string): Promise<TicketEvent[]> {
	return db.ticketEvents
		.where('[ticketId+seq]')
		.between([ticketId, Dexie.minKey], [ticketId, Dexie.maxKey])
		.toArray();
}

/**
 * Rows of the sessions that serve a ticket, archived ones too and newest first, without those in Deleted. Reads what
 * is linked, whatever else there is.
 */
export function sessionsOfTicket(db: MusterDb, ticketId: string): Promise<SessionRow[]> {
	return db.sessions
		.where('[ticketId+startedAt]')
		.between([ticketId, Dexie.minKey], [ticketId, Dexie.maxKey])
		.reverse()
		.filter(({ deletedAt }) => deletedAt === null)
		.toArray();
}

export async function nextTicketNumber(db: MusterDb): Promise<number> {
	const last = await db.tickets.orderBy('number').last();
	return (last?.number ?? 0) + 1;
}

/**
 * Asks `decide` for the event to append to a ticket's log, and writes it, the ticket as it then is, and the command
 * (null: none) as applied, in one transaction. Null: nothing to write. Resolves with the ticket. Throws what `decide`
 * throws, having changed nothing, and as `writeLog` does.
 */
export function writeTicket(
	db: MusterDb,
	ticketId: string,
	commandId: string | null,
	decide: (ticket: Ticket | null, tickets: readonly Ticket[]) => TicketEvent | null,
): Promise<Ticket | null> {
	return quotaAware(() =>
		db.transaction('rw', [db.tickets, db.ticketEvents, db.commands, db.syncTasks], async () => {
			const tickets = await db.tickets.toArray();
			const before = tickets.find(({ id }) => id === ticketId) ?? null;
			const event = decide(before, tickets);
			let after = before;
			if (event) {
				const seq = (before?.seq ?? -1) + 1;
				after = applyTicketEvent(before, event, seq);
				await db.ticketEvents.add({ ...event, seq });
				if (after) await db.tickets.put(after);
				await db.syncTasks.put(taskOf('ticket', ticketId, event.at));
			}
			if (commandId !== null)
				await db.commands.where('id').equals(commandId).modify({ state: 'applied' });
			return after;
		}),
	);
}
