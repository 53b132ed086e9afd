import { Dexie } from 'dexie';
import { afterEach, expect, test } from 'vitest';
import v1 from '../../../tests/fixtures/db/v1.json';
import { MusterDb } from './db';
import { everything } from '../domain/views/list-query';
import { planOf, readRows } from './session-query';

const name = 'upgrades-test';
afterEach(() => Dexie.delete(name));

interface StoreOfDump {
	keyPath: string | string[] | null;
	autoIncrement: boolean;
	records: object[];
}

/** The stores of version 1 with what a real app of that version left in them. */
async function fill(): Promise<void> {
	const old = new Dexie(name);
	old.version(1).stores({
		events: '[sessionId+seq], &id',
		sessions: 'id, startedAt, status, [status+startedAt], [agentId+startedAt]',
		commands: '++n, &id, state, sessionId',
		agents: 'id, updatedAt',
		connections: 'id',
		secrets: 'connectionId',
		settings: 'key',
	});
	for (const [store, { records }] of Object.entries(v1.stores as Record<string, StoreOfDump>))
		await old.table(store).bulkAdd(records);
	old.close();
}

test('version 1 → 2: every row has its place, is found by its facets and is counted; logs stay as they are', async () => {
	await fill();
	const db = new MusterDb(name);
	const rows = v1.stores.sessions.records;
	const plan = await planOf(db, everything, 0);
	const all = await readRows(db, plan, { after: null, upTo: null }, 100);
	expect(all.map(({ id }) => id)).toEqual(
		[...rows].sort((a, b) => b.startedAt - a.startedAt).map(({ id }) => id),
	);
	for (const old of rows) {
		const { v: _, ...kept } = old;
		expect(await db.sessions.get(old.id)).toMatchObject({
			...kept,
			v: 2,
			place: 'run',
			archivedAt: null,
			deletedAt: null,
			unread: false,
			parentId: null,
		});
	}
	expect(await db.counts.get('run\tall')).toEqual({ key: 'run\tall', n: rows.length });
	const events = await db.events.toArray();
	expect(events.map(({ feedAt: _, ...event }) => event)).toEqual(v1.stores.events.records);
	const told = await db.events.orderBy('feedAt').toArray();
	expect(told.length).toBeGreaterThan(0);
	expect(told.every(({ feedAt, at }) => feedAt === at)).toBe(true);
	db.close();
});
