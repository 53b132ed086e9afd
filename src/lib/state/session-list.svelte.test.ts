import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sessionRows } from '../../../tests/fixtures/session-rows';
import type { SessionRow } from '../domain/session-row';
import { MusterDb } from '../store/db';
import { LiveQuery } from './live-query.svelte';
import { SessionList } from './session-list.svelte';
import { WINDOW_ROWS } from './session-list-window.svelte';

let n = 0;
let db: MusterDb;
let list: SessionList;
let stop: () => void;

/** What a screen does: it keeps the list read. */
function watch(): void {
	stop = $effect.root(() => {
		$effect(() => {
			void [list.keys, list.waiting, list.more, list.loaded];
			for (const { id } of list.keys) void list.row(id);
		});
	});
}

const ids = () => list.keys.map(({ id }) => id);
const titles = () => list.keys.map(({ id }) => list.row(id)?.title);
const shows = (expected: (string | undefined)[]) =>
	vi.waitFor(() => expect(titles()).toEqual(expected));
const row = (title: string, startedAt: number, more: Partial<SessionRow> = {}): SessionRow => ({
	...(sessionRows(1, 0)[0] as SessionRow),
	id: `id-${title}`,
	title,
	startedAt,
	status: 'completed',
	...more,
});

beforeEach(async () => {
	db = new MusterDb(`list-${n++}`);
	await db.open();
	list = new SessionList((query) => new LiveQuery(() => query(db)));
});
afterEach(async () => {
	stop();
	await db.delete();
});

describe('the list', () => {
	it('is newest first, and follows what happens', async () => {
		await db.sessions.bulkAdd([row('old', 1), row('new', 2)]);
		watch();
		await shows(['new', 'old']);
		await db.sessions.add(row('newest', 3));
		await shows(['newest', 'new', 'old']);
		await db.sessions.delete('id-new');
		await shows(['newest', 'old']);
		await db.sessions.update('id-old', { title: 'renamed' });
		await shows(['newest', 'renamed']);
	});

	it('reads one window at a time', async () => {
		await db.sessions.bulkAdd(sessionRows(250, Date.now()));
		const read = vi.spyOn(db.sessions, 'where');
		watch();
		await vi.waitFor(() => expect(list.keys).toHaveLength(WINDOW_ROWS));
		expect(read).toHaveBeenCalledTimes(1);
		expect(list.more).toBe(true);
		list.loadMore();
		await vi.waitFor(() => expect(list.keys).toHaveLength(2 * WINDOW_ROWS));
		list.loadMore();
		await vi.waitFor(() => expect(list.keys).toHaveLength(250));
		expect(list.more).toBe(false);
		const all = await db.sessions.orderBy('startedAt').reverse().primaryKeys();
		expect(ids()).toEqual(all);
	});

	it('loses no row of one millisecond between two windows', async () => {
		const rows = sessionRows(250, Date.now()).map((one, i) => ({
			...one,
			startedAt: i < 95 ? 2000 - i : i < 130 ? 1000 : 900 - i,
		}));
		await db.sessions.bulkAdd(rows);
		watch();
		await vi.waitFor(() => expect(list.keys).toHaveLength(95));
		while (list.more) {
			const before = list.keys.length;
			list.loadMore();
			await vi.waitFor(() => expect(list.keys.length).toBeGreaterThan(before));
		}
		expect(new Set(ids()).size).toBe(250);
	});

	it('keeps a window of rows that all began at once whole', async () => {
		await db.sessions.bulkAdd(sessionRows(150, 0).map((one) => ({ ...one, startedAt: 7 })));
		watch();
		await vi.waitFor(() => expect(list.keys).toHaveLength(150));
	});

	it('stays in windows when a great many come in at once', async () => {
		await db.sessions.add(row('old', 1));
		watch();
		await shows(['old']);
		await db.sessions.bulkAdd(sessionRows(600, Date.now()));
		await vi.waitFor(() => expect(list.keys).toHaveLength(400));
		expect(list.more).toBe(true);
	});
});

describe('a view', () => {
	it('shows what belongs to it, and what comes to belong to it', async () => {
		await db.sessions.bulkAdd([
			row('runs', 5, { status: 'running' }),
			row('asks', 4, { status: 'waiting-permission', needsYou: true }),
			row('waits', 3, { status: 'waiting', needsYou: true }),
			row('paused', 2, { status: 'waiting', needsYou: false }),
			row('failed', 1, { status: 'failed' }),
		]);
		watch();
		await shows(['runs', 'asks', 'waits', 'paused', 'failed']);
		list.show('running');
		await shows(['runs']);
		list.show('needs-you');
		await shows(['asks', 'waits']);
		list.show('failed');
		await shows(['failed']);
		await db.sessions.update('id-runs', { status: 'failed' });
		await shows(['runs', 'failed']);
	});
});

describe('while somebody points at the list', () => {
	beforeEach(async () => {
		await db.sessions.bulkAdd([row('b', 20), row('a', 10)]);
		watch();
		await shows(['b', 'a']);
		list.hold('pointer');
	});

	it('new rows wait, and are let in when asked for', async () => {
		await db.sessions.add(row('c', 30));
		await vi.waitFor(() => expect(list.waiting).toBe(1));
		expect(titles()).toEqual(['b', 'a']);
		list.showWaiting();
		await shows(['c', 'b', 'a']);
		expect(list.waiting).toBe(0);
		await db.sessions.add(row('d', 40));
		await vi.waitFor(() => expect(list.waiting).toBe(1));
	});

	it('new rows come in when everybody has let go', async () => {
		list.hold('focus');
		await db.sessions.add(row('c', 30));
		await vi.waitFor(() => expect(list.waiting).toBe(1));
		list.release('pointer');
		expect(titles()).toEqual(['b', 'a']);
		list.release('focus');
		await shows(['c', 'b', 'a']);
	});

	it('the run that was opened comes in at once, and with it what waits', async () => {
		await db.sessions.add(row('c', 30));
		await vi.waitFor(() => expect(list.waiting).toBe(1));
		list.openedId = 'id-d';
		await db.sessions.add(row('d', 40));
		await shows(['d', 'c', 'b', 'a']);
		await db.sessions.add(row('e', 50));
		await vi.waitFor(() => expect(list.waiting).toBe(1));
		expect(titles()).toEqual(['d', 'c', 'b', 'a']);
	});

	it('rows show their changes in place', async () => {
		await db.sessions.update('id-b', { title: 'B' });
		await shows(['B', 'a']);
	});

	it('a deleted row goes', async () => {
		await db.sessions.delete('id-b');
		await shows(['a']);
	});

	it('a row that leaves the view stays, as it is now', async () => {
		list.show('failed');
		await shows([]);
		await db.sessions.update('id-b', { status: 'failed' });
		await shows(['b']);
		await db.sessions.update('id-b', { status: 'running', title: 'runs again' });
		await shows(['runs again']);
		list.release('pointer');
		await shows([]);
	});

	it('another view begins with all of its rows', async () => {
		list.show('running');
		await shows([]);
		await db.sessions.add(row('c', 30, { status: 'running' }));
		await shows(['c']);
	});
});
