import { Dexie } from 'dexie';
import { afterEach, expect, test } from 'vitest';
import v1 from '../../../tests/fixtures/db/v1.json';
import v2 from '../../../tests/fixtures/db/v2.json';
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

const schemas = {
	1: {
		events: '[sessionId+seq], &id',
		sessions: 'id, startedAt, status, [status+startedAt], [agentId+startedAt]',
		commands: '++n, &id, state, sessionId',
		agents: 'id, updatedAt',
		connections: 'id',
		secrets: 'connectionId',
		settings: 'key',
	},
	2: {
		events: '[sessionId+seq], &id, feedAt',
		sessions:
			'id, startedAt, status, *facets, [place+activeMs+id], [place+agentName+startedAt+id], [agentId+startedAt], [ticketId+startedAt], [place+updatedAt], parentId, deletedAt, updatedAt',
		counts: 'key',
		tickets: 'id, number, status, epicId, parentId, updatedAt',
		ticketEvents: '[ticketId+seq], &id, at',
		searchDocuments: 'n, &sessionId, gone',
		searchPostings: '',
		searchTasks: '++n',
	},
};

/** The stores of a version with what a real app of that version left in them. */
async function fill(version: 1 | 2): Promise<void> {
	const old = new Dexie(name);
	old.version(1).stores(schemas[1]);
	if (version === 2) old.version(2).stores(schemas[2]);
	const { stores } = version === 1 ? v1 : v2;
	for (const [store, { keyPath, records }] of Object.entries(
		stores as unknown as Record<string, StoreOfDump>,
	))
		if (keyPath !== null) await old.table(store).bulkAdd(records);
	old.close();
}

test('version 1 → 2: every row has its place, is found by its facets and is counted; logs stay as they are', async () => {
	await fill(1);
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

test('version 2 → 3: other devices are to hear of every session, agent and ticket; nothing else changes', async () => {
	await fill(2);
	const db = new MusterDb(name);
	const { sessions, agents, tickets, events } = v2.stores;
	const kinds = { session: sessions, agent: agents, ticket: tickets };
	const all = Object.entries(kinds).flatMap(([kind, { records }]) =>
		records.map(({ id }) => `${kind} ${id}`),
	);
	expect((await db.syncTasks.toCollection().primaryKeys()).sort()).toEqual(all.sort());
	expect(await db.events.toArray()).toEqual(events.records);
	expect(await db.sessions.toArray()).toMatchObject(
		sessions.records.map(({ id, title, place }) => ({ id, title, place })),
	);
	db.close();
});
