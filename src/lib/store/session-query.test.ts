import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionRows } from '../../../tests/fixtures/session-rows';
import { dayOf, joinDays, countDays } from '../domain/views/day-groups';
import {
	comparePositions,
	everything,
	listTimes,
	listViews,
	matches,
	orderedQuery,
	positionOf,
	sortNames,
	statusOrder,
	type ListQuery,
	type Position,
} from '../domain/views/list-query';
import { MusterDb } from './db';
import {
	idsOf,
	keptCount,
	measure,
	placed,
	planOf,
	readRows,
	WHOLE_ROWS,
	type Plan,
} from './session-query';
import { countsOf, putRows, rowTables } from './session-rows';

const now = new Date(2026, 6, 16, 14, 33).getTime();
const db = new MusterDb('session-query-test');
const rows = sessionRows(1100, now).map((row, i) => ({
	...row,
	place: i % 11 === 5 ? ('run-archived' as const) : row.place,
	labels: i % 3 === 0 ? ['weekly'] : [],
	// Some that nothing but their ids tells apart.
	...(i > 60 &&
		i < 90 && { startedAt: now - 3_600_000, activeMs: 60_000, agentName: 'Docs Keeper' }),
}));

beforeAll(() => db.transaction('rw', rowTables(db), () => putRows(db, rows)));
afterAll(() => db.delete());

const asked: fc.Arbitrary<ListQuery> = fc.record({
	view: fc.constantFrom(...listViews.map(({ view }) => view)),
	filters: fc.record(
		{
			agent: fc.constantFrom('agent-Bug Triage', 'agent-Docs Keeper', 'agent-Nobody'),
			status: fc.constantFrom(...statusOrder),
			mode: fc.constantFrom('standard', 'team'),
			label: fc.constant('weekly'),
		},
		{ requiredKeys: [] },
	),
	time: fc.constantFrom(...listTimes),
	sort: fc.constantFrom(...sortNames),
	direction: fc.constantFrom('ascending', 'descending'),
});

/** What the list is by its definition. */
function expected(query: ListQuery): string[] {
	const order = orderedQuery(query);
	const place = (row: (typeof rows)[number]) => positionOf(row, order.sort, now);
	return rows
		.filter((row) => matches(row, query, now))
		.sort((one, other) => comparePositions(place(one), place(other), order))
		.map(({ id }) => id);
}

/** Runs of an agent that had another name for some. */
const renamed: ListQuery = {
	...everything,
	filters: { agent: 'agent-Bug Triage' },
	time: 'today',
	sort: 'agent',
	direction: 'ascending',
};

async function inWindows(plan: Plan, size: number): Promise<string[]> {
	const ids: string[] = [];
	let after: Position | null = null;
	for (;;) {
		const some = await readRows(db, plan, { after, upTo: null }, size);
		const last = some.at(-1);
		if (!last) return ids;
		const upTo = placed(plan, last);
		const again = await readRows(db, plan, { after, upTo }, Infinity);
		expect(again.map(({ id }) => id)).toEqual(some.map(({ id }) => id));
		ids.push(...some.map(({ id }) => id));
		if (plan.whole || some.length < size) return ids;
		after = upTo;
	}
}

// Hundreds of reads of a database in memory: as long as it takes.
describe('a list', { timeout: 60_000 }, () => {
	it('is the same in windows as when all rows are sifted and sorted, whatever is asked', async () => {
		await fc.assert(
			fc.asyncProperty(asked, fc.integer({ min: 30, max: 300 }), async (query, size) => {
				const plan = await planOf(db, query, now);
				expect(await inWindows(plan, size)).toEqual(expected(query));
				// The same, where the list is too long to be read whole.
				expect(await inWindows({ ...plan, whole: false }, size)).toEqual(expected(query));
			}),
			{ numRuns: 25, examples: [[renamed, 30]] },
		);
	});

	it('gives the ids of all its rows', async () => {
		await fc.assert(
			fc.asyncProperty(asked, async (query) => {
				const ids = await idsOf(db, await planOf(db, query, now));
				expect([...ids].sort()).toEqual([...expected(query)].sort());
			}),
			{ numRuns: 25 },
		);
	});

	it('starts from the facet with the fewest rows, and knows when it needs no other', async () => {
		const plan = await planOf(
			db,
			{ ...everything, filters: { mode: 'standard', status: 'failed' } },
			now,
		);
		expect(plan.base).toBe('status:failed');
		expect(plan.exact).toBe(false);
		expect((await planOf(db, { ...everything, view: 'failed' }, now)).exact).toBe(true);
		expect(rows.length).toBeGreaterThan(WHOLE_ROWS);
	});

	it('whose number is kept has that many rows', async () => {
		await fc.assert(
			fc.asyncProperty(asked, async (query) => {
				const key = keptCount(await planOf(db, query, now));
				if (key === null) return;
				expect(await countsOf(db, [key])).toEqual([expected(query).length]);
			}),
			{ numRuns: 25 },
		);
	});

	it('stops reading when nobody waits for it any more', async () => {
		const stop = new AbortController();
		stop.abort();
		const plan = { ...(await planOf(db, everything, now)), exact: false };
		expect(await readRows(db, plan, { after: null, upTo: null }, 100, stop.signal)).toEqual([]);
	});
});

describe('a measure', { timeout: 60_000 }, () => {
	it.each(['ascending', 'descending'] as const)(
		'counts each day once, %s, as reading would',
		async (direction) => {
			for (const view of ['all', 'failed', 'archived'] as const) {
				const query = { ...everything, view, direction };
				const plan = await planOf(db, query, now);
				const found: { day: string; at: number; count: number }[][] = [];
				for (let after: Position | null = null; ;) {
					const next = await measure(db, plan, { after, upTo: null }, { rows: 20, most: 7, dayOf });
					if (next.length === 0) break;
					for (const { upTo, days } of next) {
						found.push(days);
						const read = await readRows(db, plan, { after, upTo }, Infinity);
						expect(read.length).toBe(days.reduce((sum, { count }) => sum + count, 0));
						after = upTo;
					}
				}
				const read = await readRows(db, plan, { after: null, upTo: null }, Infinity);
				expect(joinDays(found)).toEqual(joinDays([countDays(read)]));
			}
		},
	);
});
