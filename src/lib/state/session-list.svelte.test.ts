import { untrack } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sessionRows } from '../../../tests/fixtures/session-rows';
import type { SessionRow } from '../domain/session-row';
import { MusterDb } from '../store/db';
import { putRows, removeRows, rowTables } from '../store/session-rows';
import { everything, type ListQuery, type ListView } from '../domain/views/list-query';
import { SessionList } from './session-list.svelte';
import { WINDOW_ROWS } from './session-list-window.svelte';

/** A busy machine takes its time, and what is there is not waited for. */
const waitFor = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });

let n = 0;
let db: MusterDb;
let list: SessionList;
let stop: () => void;

/** What a screen does: it keeps the list open and says what is looked at; here, all of it. */
function watch(): void {
	const close = list.open();
	const unwatch = $effect.root(() => {
		$effect(() => list.look(0, list.length));
	});
	stop = () => {
		unwatch();
		close();
	};
}

const keys = () => Array.from({ length: list.length }, (_, i) => list.key(i));
const ids = () => keys().map((key) => key?.id);
const titles = () => ids().map((id) => list.row(id ?? '')?.title);
const shows = (expected: (string | undefined)[]) =>
	waitFor(() => expect(titles()).toEqual(expected));
const view = (view: ListView, more: Partial<ListQuery> = {}) =>
	list.show({ ...everything, view, ...more });
const row = (title: string, startedAt: number, more: Partial<SessionRow> = {}) => ({
	...(sessionRows(1, 0)[0] as SessionRow),
	id: `id-${title}`,
	title,
	startedAt,
	status: 'completed' as const,
	...more,
});

/** As the engine does it: the keys a row is found by, and the numbers kept, change with it. */
const put = (...rows: SessionRow[]) => db.transaction('rw', rowTables(db), () => putRows(db, rows));
async function change(id: string, more: Partial<SessionRow>): Promise<void> {
	const row = await db.sessions.get(id);
	if (row) await put({ ...row, ...more });
}
const remove = (id: string) => db.transaction('rw', rowTables(db), () => removeRows(db, [id]));

beforeEach(async () => {
	db = new MusterDb(`list-${n++}`);
	await db.open();
	list = new SessionList(() => db);
});
afterEach(async () => {
	stop();
	await db.delete();
});

describe('the list', () => {
	it('is newest first, and follows what happens', async () => {
		await put(row('old', 1), row('new', 2));
		watch();
		await shows(['new', 'old']);
		await put(row('newest', 3));
		await shows(['newest', 'new', 'old']);
		await remove('id-new');
		await shows(['newest', 'old']);
		await change('id-old', { title: 'renamed' });
		await shows(['newest', 'renamed']);
	});

	it('is asked for as long as it is known to be, and reads no more of it than is looked at', async () => {
		await put(...sessionRows(1000, Date.now()));
		const close = list.open();
		await waitFor(() => expect(list.more).toBe(false));
		expect(list.length).toBe(1000);
		expect(list.total).toBe(1000);
		const read = () => ids().filter((id) => id !== undefined).length;
		expect(read()).toBeLessThan(3 * WINDOW_ROWS);
		const all = await db.sessions.orderBy('startedAt').reverse().primaryKeys();
		list.look(600, 640);
		await waitFor(() => expect(list.key(639)?.id).toBe(all[639]));
		expect(list.key(600)?.id).toBe(all[600]);
		expect(list.key(0)?.id).toBe(all[0]);
		expect(list.key(250)).toBeUndefined();
		expect(read()).toBeLessThan(6 * WINDOW_ROWS);
		expect((await list.keyOnce(999))?.id).toBe(all[999]);
		stop = close;
	});

	it('leaves nothing out and says nothing twice, in whichever order', async () => {
		await put(
			...sessionRows(450, Date.now()).map((one, i) => (i % 3 ? one : { ...one, startedAt: 7000 })),
		);
		watch();
		for (const sort of ['started', 'duration', 'status', 'agent'] as const)
			for (const direction of ['ascending', 'descending'] as const) {
				view('all', { sort, direction });
				await waitFor(() => {
					expect(list.shown).toMatchObject({ sort, direction });
					expect(list.more).toBe(false);
					expect(new Set(ids()).size).toBe(450);
				});
				expect(list.length).toBe(450);
			}
	});

	it('keeps rows that all began at once in windows like any others', async () => {
		await put(...sessionRows(750, 0).map((one) => ({ ...one, startedAt: 7 })));
		watch();
		await waitFor(() => expect(new Set(ids()).size).toBe(750));
	});

	it('stays in windows when a great many come in at once', async () => {
		await put(row('old', 1));
		watch();
		await shows(['old']);
		await put(...sessionRows(600, Date.now()));
		await waitFor(() => expect(list.length).toBe(601));
		await waitFor(() => expect(new Set(ids()).size).toBe(601));
	});

	it('takes back the room of rows that go while nobody looks at them', async () => {
		await put(...sessionRows(1000, Date.now()));
		const close = list.open();
		stop = close;
		await waitFor(() => expect(list.length).toBe(1000));
		const old = await db.sessions.orderBy('startedAt').limit(500).toArray();
		await put(...old.map((one) => ({ ...one, place: 'run-archived' as const })));
		await waitFor(() => expect(list.length).toBe(500));
		expect(list.total).toBe(500);
	});

	it('gives the ids between two rows and of all rows, read or not', async () => {
		await put(...sessionRows(700, Date.now()));
		stop = list.open();
		await waitFor(() => expect(list.more).toBe(false));
		const all = (await db.sessions.orderBy('startedAt').reverse().primaryKeys()).map(String);
		expect(await list.idsBetween(620, 30)).toEqual(all.slice(30, 621));
		expect([...(await list.allIds())].sort()).toEqual([...all].sort());
	});

	it('comes back to a view it has shown with its length known, and as it is now', async () => {
		await put(...sessionRows(1000, 1_000_000));
		stop = list.open();
		await waitFor(() => expect(list.more).toBe(false));
		view('failed');
		await waitFor(() => expect(list.shown?.view).toBe('failed'));
		await put(row('newest', Date.now()));
		view('all');
		const found: (boolean | string | undefined)[] = [];
		const unwatch = $effect.root(() => {
			$effect(() => {
				if (list.shown?.view === 'all' && found.length === 0)
					found.push(list.more, list.key(0)?.id);
			});
		});
		await waitFor(() => expect(found).toEqual([false, 'id-newest']));
		unwatch();
		await waitFor(() => expect(list.length).toBe(1001));
	});

	it('goes on when one of two screens is closed', async () => {
		await put(row('a', 1));
		watch();
		const other = list.open();
		await shows(['a']);
		other();
		await put(row('b', 2));
		await shows(['b', 'a']);
	});

	it('is there at once when it is opened again, as it is now', async () => {
		await put(row('a', 1), row('b', 2));
		watch();
		await shows(['b', 'a']);
		stop();
		await change('id-a', { title: 'A' });
		watch();
		expect(list.loaded).toBe(true);
		await shows(['b', 'A']);
	});

	it('goes on when the screen that opened it first has gone', async () => {
		const screen = () => {
			stop = $effect.root(() => {
				$effect(() => untrack(() => list.open()));
				$effect(() => list.look(0, list.length));
			});
		};
		screen();
		await waitFor(() => expect(list.loaded).toBe(true));
		stop();
		screen();
		await put(row('a', 1));
		await shows(['a']);
	});
});

describe('a view', () => {
	it('shows what belongs to it, and what comes to belong to it', async () => {
		await put(
			row('runs', 5, { status: 'running' }),
			row('asks', 4, { status: 'waiting-permission', needsYou: true }),
			row('waits', 3, { status: 'waiting', needsYou: true }),
			row('paused', 2, { status: 'waiting', needsYou: false }),
			row('failed', 1, { status: 'failed' }),
		);
		watch();
		await shows(['runs', 'asks', 'waits', 'paused', 'failed']);
		view('running');
		await shows(['runs']);
		view('needs-you');
		await shows(['asks', 'waits']);
		view('failed');
		await shows(['failed']);
		await change('id-runs', { status: 'failed' });
		await shows(['runs', 'failed']);
	});
});

describe('while somebody points at the list', () => {
	beforeEach(async () => {
		await put(row('b', 20), row('a', 10));
		watch();
		await shows(['b', 'a']);
		list.hold('pointer');
	});

	it('new rows wait, and are let in when asked for', async () => {
		await put(row('c', 30));
		await waitFor(() => expect(list.waiting).toBe(1));
		expect(titles()).toEqual(['b', 'a']);
		list.showWaiting();
		await shows(['c', 'b', 'a']);
		expect(list.waiting).toBe(0);
		await put(row('d', 40));
		await waitFor(() => expect(list.waiting).toBe(1));
	});

	it('new rows come in when everybody has let go', async () => {
		list.hold('focus');
		await put(row('c', 30));
		await waitFor(() => expect(list.waiting).toBe(1));
		list.release('pointer');
		expect(titles()).toEqual(['b', 'a']);
		list.release('focus');
		await shows(['c', 'b', 'a']);
	});

	it('the run that was opened comes in at once, and with it what waits', async () => {
		await put(row('c', 30));
		await waitFor(() => expect(list.waiting).toBe(1));
		list.openedId = 'id-d';
		await put(row('d', 40));
		await shows(['d', 'c', 'b', 'a']);
		await put(row('e', 50));
		await waitFor(() => expect(list.waiting).toBe(1));
		expect(titles()).toEqual(['d', 'c', 'b', 'a']);
	});

	it('a run that waits comes in when it is opened', async () => {
		await put(row('c', 30));
		await waitFor(() => expect(list.waiting).toBe(1));
		list.openedId = 'id-c';
		await shows(['c', 'b', 'a']);
		expect(list.waiting).toBe(0);
	});

	it('rows show their changes in place', async () => {
		await change('id-b', { title: 'B' });
		await shows(['B', 'a']);
	});

	it('what is filed by hand goes and comes back at once', async () => {
		list.letGo(['id-b']);
		await change('id-b', { place: 'run-archived' });
		await shows(['a']);
		await change('id-b', { place: 'run' });
		await shows(['b', 'a']);
	});

	it('what was filed elsewhere goes as soon as it is filed by hand, although nothing changes then', async () => {
		await change('id-b', { place: 'run-archived', title: 'filed' });
		await shows(['filed', 'a']);
		list.letGo(['id-b']);
		await shows(['a']);
	});

	it('a deleted row goes', async () => {
		await remove('id-b');
		await shows(['a']);
	});

	it('a row that leaves the view stays, as it is now', async () => {
		view('failed');
		await shows([]);
		await change('id-b', { status: 'failed' });
		await shows(['b']);
		await change('id-b', { status: 'running', title: 'runs again' });
		await shows(['runs again']);
		list.release('pointer');
		await shows([]);
	});

	it('another view begins with all of its rows', async () => {
		view('running');
		await shows([]);
		await put(row('c', 30, { status: 'running' }));
		await shows(['c']);
	});
});
