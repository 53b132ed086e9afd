/**
 * The rows of a list in windows of key ranges: what is read grows with what is shown, never with what is stored.
 */
import type { Collection } from 'dexie';
import type { SessionRow } from '../domain/session-row';
import type { Status } from '../domain/status';
import { compareKeys, type ListView } from '../domain/views/list';
import type { MusterDb } from './db';

/** Epoch ms: from `from` on, and before `before`. */
export interface TimeRange {
	from: number;
	before: number;
}

/** The newest `limit` rows of a view whose start lies in `range`, newest first. */
export async function rowsBetween(
	db: MusterDb,
	view: ListView,
	{ from, before }: TimeRange,
	limit: number,
): Promise<SessionRow[]> {
	const newest = (rows: Collection<SessionRow, string>) => rows.reverse().limit(limit).toArray();
	const withStatus = (status: Status) =>
		db.sessions.where('[status+startedAt]').between([status, from], [status, before]);
	switch (view) {
		case 'all':
			return newest(db.sessions.where('startedAt').between(from, before));
		case 'running':
		case 'failed':
			return newest(withStatus(view));
		case 'needs-you': {
			const waiting = await Promise.all(
				(['waiting', 'waiting-permission'] as const).map((status) =>
					newest(withStatus(status).filter(({ needsYou }) => needsYou)),
				),
			);
			return waiting.flat().sort(compareKeys).slice(0, limit);
		}
	}
}

/** These rows, in the order of the ids; undefined for those that are gone. */
export function rowsById(db: MusterDb, ids: string[]): Promise<(SessionRow | undefined)[]> {
	return db.sessions.bulkGet(ids);
}
