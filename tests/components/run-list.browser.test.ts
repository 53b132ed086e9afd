import '$lib/styles/tokens.css';
import '$lib/styles/base.css';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { SessionRow } from '$lib/domain/session-row';
import { SessionList } from '$lib/state/session-list.svelte';
import { shortcuts } from '$lib/state/shortcuts.svelte';
import { MusterDb } from '$lib/store/db';
import { putRows, rowTables } from '$lib/store/session-rows';
import { sessionRows } from '../fixtures/session-rows';
import RunList from '$lib/components/runs/RunList.svelte';

const now = new Date(2026, 6, 16, 14, 33).getTime();
let db: MusterDb;
let list: SessionList;
let opened: string[];
let detach: () => void;
let close: () => void;

beforeEach(async () => {
	await page.viewport(1440, 900);
	db = new MusterDb(`runs-${crypto.randomUUID()}`);
	list = new SessionList(() => db);
	close = list.open();
	opened = [];
	detach = shortcuts.attach();
});
afterEach(async () => {
	detach();
	close();
	await db.delete();
});

const put = (...rows: SessionRow[]) => db.transaction('rw', rowTables(db), () => putRows(db, rows));

async function show(count: number, table = true) {
	await put(...sessionRows(count, now));
	await vi.waitFor(() => expect(list.length).toBeGreaterThan(0));
	const target = document.createElement('div');
	target.style.cssText = 'display: flex; flex-direction: column; height: 600px; width: 1200px';
	document.body.append(target);
	const props = {
		list,
		table,
		hrefOf: (id: string) => `#${id}`,
		openId: table ? null : 'none',
		open: (id: string) => void opened.push(id),
		onsort: () => undefined,
	};
	await render(RunList, { props, target });
	await vi.waitFor(() => expect(rows().length).toBeGreaterThan(Math.min(count, 10) - 1));
	const scroller = target.querySelector<HTMLElement>('.scroller');
	if (!scroller) throw new Error('There is no list');
	return { scroller };
}

const rows = () =>
	[...document.querySelectorAll<HTMLElement>('[data-id]')].sort(
		(one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top,
	);
const ids = () => rows().map((row) => row.dataset['id']);
const focused = () => document.activeElement?.getAttribute('data-id');
const order = async () =>
	(await db.sessions.orderBy('startedAt').reverse().primaryKeys()).map(String);

describe('the runs list', () => {
	it('draws what is in sight and little more, wherever it stands', async () => {
		const { scroller } = await show(10_000);
		expect(rows().length).toBeLessThan(60);
		await vi.waitFor(() => expect(list.more).toBe(false), { timeout: 15_000 });
		// As long as the list is, from the beginning: it can be scrolled to anywhere.
		expect(scroller.scrollHeight).toBeGreaterThan(10_000 * 38);
		for (let i = 1; i <= 6; i++) {
			scroller.scrollTop = (scroller.scrollHeight / 8) * i;
			await vi.waitFor(() => expect(rows().length).toBeGreaterThan(16));
			expect(rows().length).toBeLessThan(70);
		}
		await vi.waitFor(() => expect(rows().length).toBeGreaterThan(30));
		const all = await order();
		const seen = ids();
		const at = all.indexOf(seen[1] ?? '');
		expect(at).toBeGreaterThan(500);
		expect(seen.slice(1)).toEqual(all.slice(at, at + seen.length - 1));
	});

	it('has one row in the tab order, and moves by keys', async () => {
		await show(90);
		const all = await order();
		expect(document.querySelectorAll('[data-id][tabindex="0"]')).toHaveLength(1);
		await userEvent.keyboard('j');
		await vi.waitFor(() => expect(focused()).toBe(all[0]));
		await userEvent.keyboard('j{ArrowDown}k');
		await vi.waitFor(() => expect(focused()).toBe(all[1]));
		await userEvent.keyboard('{End}');
		await vi.waitFor(() => expect(focused()).toBe(all[89]));
		expect(document.querySelectorAll('[data-id][tabindex="0"]')).toHaveLength(1);
		await userEvent.keyboard('{Home}');
		await vi.waitFor(() => expect(focused()).toBe(all[0]));
		await userEvent.keyboard('{Enter}');
		expect(opened).toEqual([all[0]]);
	});

	it('keeps the focus on a row that is scrolled out of sight', async () => {
		const { scroller } = await show(300);
		await userEvent.keyboard('j');
		await vi.waitFor(() => expect(focused()).not.toBeNull());
		const id = focused();
		scroller.scrollTop = 2500;
		await vi.waitFor(() => expect(ids()[1]).not.toBe(id));
		expect(focused()).toBe(id);
	});

	it('shows a row whole, below the heads that stick, when the focus moves onto it', async () => {
		const { scroller } = await show(200);
		await userEvent.keyboard('j');
		for (let i = 0; i < 25; i++) await userEvent.keyboard('{ArrowDown}');
		for (let i = 0; i < 20; i++) await userEvent.keyboard('{ArrowUp}');
		await vi.waitFor(() => expect(focused()).toBeTruthy());
		const row = document.activeElement?.getBoundingClientRect();
		const view = scroller.getBoundingClientRect();
		expect(row?.top).toBeGreaterThanOrEqual(view.top + 60);
		expect(row?.bottom).toBeLessThanOrEqual(view.bottom);
	});

	it('lets new rows wait while the focus is inside', async () => {
		await show(20);
		await userEvent.keyboard('j');
		const before = ids();
		const [first] = sessionRows(1, now + 3_600_000);
		if (first) await put({ ...first, id: 'Z-new' });
		await vi.waitFor(() => expect(list.waiting).toBe(1));
		expect(ids()).toEqual(before);
		list.showWaiting();
		await vi.waitFor(() => expect(ids()[0]).toBe('Z-new'));
	});

	it('is a grid with a place for every row, and a list box beside a run', async () => {
		await show(30);
		const grid = document.querySelector('[role=grid]');
		const days = document.querySelectorAll('.day-head').length;
		expect(grid?.getAttribute('aria-rowcount')).toBe(String(30 + days + 1));
		expect(rows()[0]?.getAttribute('aria-rowindex')).toBe('3');
	});

	it.each([
		[1440, 8],
		[1280, 8],
		[1180, 7],
		[1100, 7],
		[1024, 6],
	])('at %i px shows %i columns, each cell under its head', async (width, columns) => {
		await page.viewport(width, 800);
		await show(12);
		const seen = (cells: Iterable<Element>) =>
			[...cells].flatMap((cell) => {
				const { left, width } = cell.getBoundingClientRect();
				return width > 0 ? [Math.round(left)] : [];
			});
		const heads = seen(document.querySelectorAll('[role=columnheader]'));
		expect(heads).toHaveLength(columns);
		expect(seen(rows()[0]?.children ?? [])).toEqual(heads);
	});

	it('has options that know their place and whether they are open', async () => {
		await show(30, false);
		const option = rows()[4];
		expect(option?.getAttribute('role')).toBe('option');
		expect(option?.getAttribute('aria-posinset')).toBe('5');
		expect(option?.getAttribute('aria-setsize')).toBe('30');
		expect(option?.getAttribute('aria-selected')).toBe('false');
	});

	it('renames in place, and leaves the focus on the row', async () => {
		await show(20);
		await userEvent.keyboard('jr');
		await expect.element(page.getByLabelText('Title')).toHaveFocus();
		await userEvent.keyboard('{Escape}');
		await vi.waitFor(() => expect(focused()).toBe(ids()[0]));
	});
});
