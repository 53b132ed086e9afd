/** Sessions that are filed otherwise, or taken away, without reading their logs. */
import { Dexie } from 'dexie';
import type { StoredEvent } from '../domain/log/event';
import type { SessionRow } from '../domain/session-row';
import { feedTime } from '../domain/views/feed-kinds';
import type { MusterDb } from './db';
import { quotaAware } from './log';
import { putRows, removeRows, rowTables } from './session-rows';

export interface Refiled {
	row: SessionRow;
	/** Nothing: the session is filed so already. */
	events: StoredEvent[];
}

/**
 * Appends to the logs of sessions and changes their rows, all in one transaction. `change` is given each row and
 * the seq of the last event of its log. Sessions without a row are passed over. `told`: other devices have told it.
 * Throws as `writeLog` does.
 */
export function fileSessions(
	db: MusterDb,
	ids: readonly string[],
	change: (row: SessionRow, lastSeq: number) => Refiled,
	from: { told?: boolean } = {},
): Promise<void> {
	if (ids.length === 0) return Promise.resolve();
	return quotaAware(() =>
		db.transaction('rw', [db.events, ...rowTables(db)], async () => {
			const rows = (await db.sessions.bulkGet([...ids])).filter((row) => row !== undefined);
			const seqs = await Promise.all(rows.map((row) => lastSeq(db, row.id)));
			const done = rows
				.map((row, i) => change(row, Math.max(row.seq, seqs[i] ?? -1)))
				.filter(({ events }) => events.length > 0);
			await db.events.bulkAdd(
				done.flatMap(({ events }) => events.map((event) => ({ ...event, ...feedTime(event) }))),
			);
			await putRows(
				db,
				done.map(({ row }) => row),
				from,
			);
		}),
	);
}

/** Takes sessions that are in Deleted away for good; others are left. Returns how many there were. */
export async function purgeSessions(db: MusterDb, ids: readonly string[]): Promise<number> {
	return (await takeAway(db, ids, ({ deletedAt }) => deletedAt !== null)).length;
}

/** Takes sessions away for good, however they are filed here. Returns the ids of those that there were. */
export async function removeSessions(db: MusterDb, ids: readonly string[]): Promise<string[]> {
	return takeAway(db, ids, () => true);
}

function takeAway(
	db: MusterDb,
	ids: readonly string[],
	isMeant: (row: SessionRow) => boolean,
): Promise<string[]> {
	return db.transaction('rw', [db.events, ...rowTables(db)], async () => {
		const rows = await db.sessions.bulkGet([...ids]);
		const gone = rows.flatMap((row) => (row && isMeant(row) ? [row.id] : []));
		for (const id of gone)
			await db.events
				.where('[sessionId+seq]')
				.between([id, Dexie.minKey], [id, Dexie.maxKey])
				.delete();
		await removeRows(db, gone);
		return gone;
	});
}

/** Ids of sessions that came into Deleted at `before`, epoch ms, or earlier. */
export function deletedBefore(db: MusterDb, before: number): Promise<string[]> {
	return db.sessions.where('deletedAt').belowOrEqual(before).primaryKeys();
}

async function lastSeq(db: MusterDb, id: string): Promise<number | undefined> {
	const last = await db.events
		.where('[sessionId+seq]')
		.between([id, Dexie.minKey], [id, Dexie.maxKey])
		.last();
	return last?.seq;
}
