/** What other devices have yet to hear of. */
import type { MusterDb } from './db';
import { taskOf, type SyncTask } from './sync-task';

/** The newest of what is left to do, and of one kind where that is asked for. */
export async function nextTasks(db: MusterDb, most: number): Promise<SyncTask[]> {
	return db.syncTasks.orderBy('at').reverse().limit(most).toArray();
}

/** Done; unless it was written again meanwhile. */
export function endTask(db: MusterDb, { what, mark }: SyncTask): Promise<void> {
	return db.transaction('rw', db.syncTasks, async () => {
		if ((await db.syncTasks.get(what))?.mark === mark) await db.syncTasks.delete(what);
	});
}

/** Tables that {@link taskEverything} touches. */
export const taskedTables = (db: MusterDb) => [db.sessions, db.agents, db.tickets, db.syncTasks];

/** Everything there is has yet to be told. Within a transaction over {@link taskedTables}. */
export async function taskEverything(db: MusterDb): Promise<void> {
	const kinds = { session: db.sessions, agent: db.agents, ticket: db.tickets } as const;
	for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
		const ids = await kinds[kind].toCollection().primaryKeys();
		await db.syncTasks.bulkPut(ids.map((id) => taskOf(kind, id, 0)));
	}
}
