/** From one version of the storage to the next. An upgrade is one transaction: it happens whole, or not at all. */
import type { Transaction } from 'dexie';
import type { StoredEvent } from '../domain/log/event';
import type { SessionRow } from '../domain/session-row';
import { countKeysOf } from '../domain/views/facets';
import { isFeedKind } from '../domain/views/feed-kinds';
import { spentSince } from '../domain/views/spend';
import { stored, type CountRecord, type StoredRow } from './stored-row';
import { requireStores } from './strict-open';
import { taskOf } from './sync-task';
import type { SyncTask } from './sync-task';

/** What a row of version 1 had. */
type RowOfVersion1 = Omit<
	SessionRow,
	'v' | 'place' | 'archivedAt' | 'deletedAt' | 'unread' | 'summary' | 'parentId'
>;

const storesOfVersion1 = [
	'events',
	'sessions',
	'commands',
	'agents',
	'connections',
	'secrets',
	'settings',
];

/** Every row gets a place, the keys it is found by, and is counted; every event the feed tells of gets its time. */
export async function toVersion2(transaction: Transaction): Promise<void> {
	requireStores(transaction.db.name, storesOfVersion1);
	const counts = new Map<string, number>();
	await transaction
		.table<RowOfVersion1 | StoredRow, string>('sessions')
		.toCollection()
		.modify((row, at) => {
			const next: StoredRow = stored({
				...(row as RowOfVersion1),
				v: 2,
				place: row.agentId === null ? 'chat' : 'run',
				archivedAt: null,
				deletedAt: null,
				unread: false,
				summary: '',
				parentId: null,
			});
			for (const key of countKeysOf(next)) counts.set(key, (counts.get(key) ?? 0) + 1);
			for (const { key, n } of spentSince(undefined, next))
				counts.set(key, (counts.get(key) ?? 0) + n);
			at.value = next;
		});
	await transaction
		.table<CountRecord, string>('counts')
		.bulkPut([...counts].map(([key, n]) => ({ key, n })));
	await transaction
		.table<StoredEvent, [string, number]>('events')
		.toCollection()
		.modify((event) => {
			if (isFeedKind(event.kind)) event.feedAt = event.at;
		});
}

/** Everything there is has yet to be told to other devices. */
export async function toVersion3(transaction: Transaction): Promise<void> {
	requireStores(transaction.db.name, storesOfVersion1);
	const tasks = transaction.table<SyncTask, string>('syncTasks');
	for (const kind of ['session', 'agent', 'ticket'] as const) {
		const ids = await transaction.table<object, string>(`${kind}s`).toCollection().primaryKeys();
		await tasks.bulkPut(ids.map((id) => taskOf(kind, id, 0)));
	}
}
