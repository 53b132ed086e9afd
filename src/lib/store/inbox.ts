import type { StoredEvent } from '../domain/log/event';
import type { SessionRow } from '../domain/session-row';
import { inboxRange } from '../domain/views/facets';
import { Dexie } from 'dexie';
import type { MusterDb } from './db';

/** At most `limit` sessions that wait for a person, the one that came to wait last first. */
export function inboxWindow(db: MusterDb, limit: number): Promise<SessionRow[]> {
	return db.sessions
		.where('facets')
		.between(inboxRange.from, inboxRange.before)
		.reverse()
		.limit(limit)
		.toArray();
}

/** The last `limit` events of a log, in log order. */
export async function lastEvents(
	db: MusterDb,
	sessionId: string,
	limit: number,
): Promise<StoredEvent[]> {
	const events = await db.events
		.where('[sessionId+seq]')
		.between([sessionId, Dexie.minKey], [sessionId, Dexie.maxKey])
		.reverse()
		.limit(limit)
		.toArray();
	return events.reverse();
}
