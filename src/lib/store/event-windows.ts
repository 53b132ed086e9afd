import type { StoredEvent } from '../domain/log/event';
import type { MusterDb } from './db';

/** At most `limit` events of a session after `seq` (-1: from the first), in log order: a long log is read in bites. */
export function eventWindow(
	db: MusterDb,
	sessionId: string,
	seq: number,
	limit: number,
): Promise<StoredEvent[]> {
	return db.events
		.where('[sessionId+seq]')
		.between([sessionId, seq], [sessionId, Infinity], false, true)
		.limit(limit)
		.toArray();
}

/** The last `limit` events of a session, in log order. */
export async function lastEvents(
	db: MusterDb,
	sessionId: string,
	limit: number,
): Promise<StoredEvent[]> {
	const events = await db.events
		.where('[sessionId+seq]')
		.between([sessionId, -1], [sessionId, Infinity])
		.reverse()
		.limit(limit)
		.toArray();
	return events.reverse();
}
