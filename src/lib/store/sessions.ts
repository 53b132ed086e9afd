import type { StoredEvent } from '../domain/log/event';
import type { SessionRow } from '../domain/session-row';
import type { MusterDb } from './db';

/** Rows that start before `before` (epoch ms), newest first. Reads one window, whatever the number of sessions. */
export function sessionsBefore(db: MusterDb, before: number, limit: number): Promise<SessionRow[]> {
	return db.sessions.where('startedAt').below(before).reverse().limit(limit).toArray();
}

export function sessionRow(db: MusterDb, id: string): Promise<SessionRow | undefined> {
	return db.sessions.get(id);
}

/** Sessions of every place but Deleted. */
export function sessionsWithStatus(
	db: MusterDb,
	...statuses: SessionRow['status'][]
): Promise<SessionRow[]> {
	return db.sessions
		.where('status')
		.anyOf(statuses)
		.filter(({ deletedAt }) => deletedAt === null)
		.toArray();
}

/** The events of a session after `seq`, in log order. From `-1`: all of them. */
export function eventsAfter(db: MusterDb, sessionId: string, seq: number): Promise<StoredEvent[]> {
	return db.events
		.where('[sessionId+seq]')
		.between([sessionId, seq], [sessionId, Infinity], false, true)
		.toArray();
}

/** Sessions that are not at rest: what an engine that starts has to look at. */
/** When the last of the `n` newest sessions began, epoch ms; -Infinity where there are fewer, Infinity for none. */
export async function startOfNewest(db: MusterDb, n: number): Promise<number> {
	if (n === 0) return Infinity;
	const [last] = await db.sessions
		.orderBy('startedAt')
		.reverse()
		.offset(n - 1)
		.limit(1)
		.toArray();
	return last?.startedAt ?? -Infinity;
}

export function unfinishedSessions(db: MusterDb): Promise<SessionRow[]> {
	return sessionsWithStatus(db, 'running', 'waiting', 'waiting-permission');
}
