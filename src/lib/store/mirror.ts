/** Logs as other devices have them, put in the place of what is here. */
import type { SessionEvent, StoredEvent } from '../domain/log/event';
import { Dexie } from 'dexie';
import { isFiling, type FilingEvent } from '../domain/log/filing';
import type { SessionRow } from '../domain/session-row';
import { foldSession } from '../domain/log/session-state';
import { feedTime } from '../domain/views/feed-kinds';
import { sessionRowOf } from '../domain/views/session-row';
import type { MusterDb } from './db';
import { LogMovedOnError, quotaAware } from './log';
import { putRows, rowTables } from './session-rows';
import { taskOf } from './sync-task';
import { eventsAfter } from './sessions';

/** Those of these places in a log where there is something. */
export async function storedAt(
	db: MusterDb,
	sessionId: string,
	seqs: readonly number[],
): Promise<Set<number>> {
	if (seqs.length === 0) return new Set();
	const found = await db.events.bulkGet(seqs.map((seq): [string, number] => [sessionId, seq]));
	return new Set(found.flatMap((event) => (event ? [event.seq] : [])));
}

export interface Rewrite {
	sessionId: string;
	/** Seq of the last event the writer knows of. */
	after: number;
	/** From this seq on the log is another one. */
	from: number;
	/** The whole log, in the order that all agree on, without filing. */
	order: readonly SessionEvent[];
}

/**
 * Writes a log anew from a place on, in another order. Filing stays where it is; what is written anew stands behind it,
 * so that whoever has read the log sees that it is another one. Throws {@link LogMovedOnError} and `StorageFullError`.
 */
export function rewriteLog(db: MusterDb, rewrite: Rewrite): Promise<void> {
	const { sessionId, after, from, order } = rewrite;
	return quotaAware(() =>
		db.transaction('rw', [db.events, ...rowTables(db)], async () => {
			const events = await eventsAfter(db, sessionId, -1);
			if ((events.at(-1)?.seq ?? -1) > after) throw new LogMovedOnError(sessionId);
			// Taken away meanwhile.
			if (!(await db.sessions.get(sessionId))) throw new LogMovedOnError(sessionId);
			const stays = events.filter((event) => event.seq < from || isFiling(event));
			const known = new Set(stays.map(({ id }) => id));
			const first = after + 1;
			const added = order
				.filter(({ id }) => !known.has(id))
				.map((event, i): StoredEvent => ({ ...event, ...feedTime(event), seq: first + i }));
			const goes = events.filter(({ id }) => !known.has(id));
			await db.events.bulkDelete(goes.map(({ seq }): [string, number] => [sessionId, seq]));
			await db.events.bulkAdd(added);
			const state = foldSession(sessionId, [...stays, ...added]);
			await putRows(db, [sessionRowOf(state, first + added.length - 1)]);
		}),
	);
}

/**
 * Rows of sessions whose logs are elsewhere, as other devices told them. One that was taken away here for good, which
 * has yet to be told, does not come back by them.
 */
export function putAwayRows(db: MusterDb, rows: readonly SessionRow[]): Promise<void> {
	return quotaAware(() =>
		db.transaction('rw', rowTables(db), async () => {
			const [here, untold] = await Promise.all([
				db.sessions.bulkGet(rows.map(({ id }) => id)),
				db.syncTasks.bulkGet(
					rows.map(({ id, startedAt }) => taskOf('session', id, startedAt).what),
				),
			]);
			const wanted = rows.filter((_, i) => here[i] !== undefined || untold[i] === undefined);
			await putRows(db, wanted, { told: true });
		}),
	);
}

/** Which of these events are in some log here. */
export async function knownEvents(db: MusterDb, ids: readonly string[]): Promise<Set<string>> {
	const found = await db.events.where('id').anyOf(ids).toArray();
	return new Set(found.map(({ id }) => id));
}

/** All acts of filing in a log. */
export async function filingOf(db: MusterDb, sessionId: string): Promise<FilingEvent[]> {
	const events = await db.events
		.where('[sessionId+seq]')
		.between([sessionId, Dexie.minKey], [sessionId, Dexie.maxKey])
		.filter(isFiling)
		.toArray();
	return events.map(({ seq: _, feedAt: __, ...event }) => event as unknown as FilingEvent);
}
