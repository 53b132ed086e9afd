/** Rows of sessions with what lists need of them: keys of the index of facets, and numbers that nobody has to count. */
import type { SessionRow } from '../domain/session-row';
import { countKeysOf } from '../domain/views/facets';
import { spentSince } from '../domain/views/spend';
import type { MusterDb } from './db';
import { stored } from './stored-row';
import { taskOf } from './sync-task';

/** Tables a change of rows touches: name them in the transaction around it. */
export const rowTables = (db: MusterDb) => [db.sessions, db.counts, db.searchTasks, db.syncTasks];

/**
 * Writes rows, keeps the numbers in step, and leaves word for the index of words and for other devices; unless those have
 * `told` it. Within a transaction over {@link rowTables}.
 */
export async function putRows(
	db: MusterDb,
	rows: readonly SessionRow[],
	{ told = false } = {},
): Promise<void> {
	const before = await db.sessions.bulkGet(rows.map(({ id }) => id));
	const changes = new Changes();
	for (const [i, row] of rows.entries()) {
		const old = before[i];
		if (old) changes.add(countKeysOf(old), -1);
		changes.add(countKeysOf(row), 1);
		for (const { key, n } of spentSince(old, row)) changes.add([key], n);
	}
	await db.sessions.bulkPut(rows.map(stored));
	await db.searchTasks.bulkAdd(rows.map(({ id }) => ({ sessionId: id })));
	if (!told)
		await db.syncTasks.bulkPut(rows.map(({ id, startedAt }) => taskOf('session', id, startedAt)));
	await changes.write(db);
}

/** Takes rows away for good. Within a transaction over {@link rowTables}. */
export async function removeRows(db: MusterDb, ids: readonly string[]): Promise<void> {
	const before = await db.sessions.bulkGet([...ids]);
	const changes = new Changes();
	for (const old of before) if (old) changes.add(countKeysOf(old), -1);
	await db.sessions.bulkDelete([...ids]);
	await db.searchTasks.bulkAdd(ids.map((id) => ({ sessionId: id })));
	await db.syncTasks.bulkPut(ids.map((id, i) => taskOf('session', id, before[i]?.startedAt ?? 0)));
	await changes.write(db);
}

/** Numbers to add, by key. Most changes of a row change none. */
export class Changes {
	#by = new Map<string, number>();

	add(keys: readonly string[], n: number): void {
		for (const key of keys) this.#by.set(key, (this.#by.get(key) ?? 0) + n);
	}

	async write(db: MusterDb): Promise<void> {
		const changed = [...this.#by].filter(([, n]) => n !== 0);
		if (changed.length === 0) return;
		const known = await db.counts.bulkGet(changed.map(([key]) => key));
		const next = changed.map(([key, n], i) => ({ key, n: (known[i]?.n ?? 0) + n }));
		await db.counts.bulkPut(next.filter(({ n }) => n > 0));
		await db.counts.bulkDelete(next.filter(({ n }) => n <= 0).map(({ key }) => key));
	}
}

/** How many rows stand behind each of these keys, in their order. */
export async function countsOf(db: MusterDb, keys: readonly string[]): Promise<number[]> {
	return (await db.counts.bulkGet([...keys])).map((record) => record?.n ?? 0);
}

/** All keys that begin with `prefix`, and their numbers: the values there are of a facet. */
export function countsUnder(db: MusterDb, prefix: string) {
	return db.counts.where('key').startsWith(prefix).toArray();
}
