/** A workspace in its order, in bites: what a file of it is written from. */
import { Dexie } from 'dexie';
import type { StoredEvent } from '../domain/log/event';
import type { StoredTicketEvent } from '../domain/tickets/ticket';
import type { MusterDb } from './db';

type Place = readonly [logId: string, seq: number];

/** At most `limit` events of all sessions after a place (null: from the first), by session and in the order of logs. */
export function eventsFrom(
	db: MusterDb,
	after: Place | null,
	limit: number,
): Promise<StoredEvent[]> {
	return db.events
		.where('[sessionId+seq]')
		.above(after ?? Dexie.minKey)
		.limit(limit)
		.toArray();
}

/** The same of tickets. */
export function ticketEventsFrom(
	db: MusterDb,
	after: Place | null,
	limit: number,
): Promise<StoredTicketEvent[]> {
	return db.ticketEvents
		.where('[ticketId+seq]')
		.above(after ?? Dexie.minKey)
		.limit(limit)
		.toArray();
}

export function countSessions(db: MusterDb): Promise<number> {
	return db.sessions.count();
}
