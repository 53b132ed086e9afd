import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sessionRows } from '../../../../tests/fixtures/session-rows';
import {
	comparePositions,
	everything,
	facetsOfQuery,
	filterNames,
	isListView,
	keptCountsHold,
	listQueryParams,
	listTimes,
	listViews,
	matches,
	parseListQuery,
	positionOf,
	sortNames,
	statusOrder,
	timeFrom,
	type ListQuery,
} from './list-query';

const now = new Date(2026, 6, 16, 14, 33).getTime();
const text = fc
	.string({ minLength: 1, unit: 'grapheme' })
	.filter((s) => !/[\uD800-\uDFFF]/.test(s));
const query: fc.Arbitrary<ListQuery> = fc.record({
	view: fc.constantFrom(...listViews.map(({ view }) => view)),
	filters: fc.record(
		{
			agent: text,
			status: fc.constantFrom(...statusOrder),
			ticket: text,
			mode: fc.constantFrom('standard', 'council', 'team'),
			effort: text,
			label: text,
		},
		{ requiredKeys: [] },
	),
	time: fc.constantFrom(...listTimes),
	sort: fc.constantFrom(...sortNames),
	direction: fc.constantFrom('ascending', 'descending'),
});

describe('the address', () => {
	it('brings back what was asked for, whatever it was', () => {
		fc.assert(
			fc.property(query, (asked) => {
				const search = listQueryParams(asked).toString();
				expect(parseListQuery(new URLSearchParams(search))).toEqual(asked);
			}),
		);
	});

	it('says nothing of what goes without saying', () => {
		expect(listQueryParams(everything).toString()).toBe('');
		expect(
			listQueryParams({ ...everything, sort: 'agent', direction: 'ascending' }).toString(),
		).toBe('sort=agent');
	});

	it('that asks for what there is not is read as one that does not ask', () => {
		const odd = 'view=nope&time=ever&sort=cost&dir=up&status=lost&agent=';
		expect(parseListQuery(new URLSearchParams(odd))).toEqual(everything);
		expect(isListView('running')).toBe(true);
		expect(isListView('council')).toBe(false);
		expect(isListView(null)).toBe(false);
	});
});

describe('a row', () => {
	const rows = sessionRows(300, now);

	it('belongs to the list when the view, every filter and the time let it through', () => {
		const asked: ListQuery = {
			...everything,
			view: 'failed',
			filters: { agent: 'agent-Bug Triage', mode: 'standard' },
			time: 'week',
		};
		expect(rows.filter((row) => matches(row, asked, now)).map(({ id }) => id)).toEqual(
			rows
				.filter(
					(row) =>
						row.status === 'failed' &&
						row.agentName === 'Bug Triage' &&
						row.startedAt >= new Date(2026, 6, 13).getTime(),
				)
				.map(({ id }) => id),
		);
	});

	it('stands in one place: what is archived or deleted is in no other view', () => {
		const [row] = rows;
		if (!row) throw new Error('There is no row');
		const seen = (place: 'run' | 'run-archived' | 'run-deleted' | 'chat') =>
			listViews
				.filter(({ view }) => matches({ ...row, place }, { ...everything, view }, now))
				.map(({ view }) => view);
		expect(seen('run')).toEqual(['all', 'running']);
		expect(seen('run-archived')).toEqual(['archived']);
		expect(seen('run-deleted')).toEqual(['deleted']);
		expect(seen('chat')).toEqual([]);
	});

	it('has to have every facet that is named, and "all" only where none is', () => {
		expect(facetsOfQuery(everything)).toEqual(['all']);
		expect(facetsOfQuery({ view: 'all', filters: { label: 'x' } })).toEqual(['label:x']);
		expect(facetsOfQuery({ view: 'failed', filters: { status: 'failed' } })).toEqual([
			'status:failed',
		]);
		expect(filterNames.length).toBe(6);
	});
});

describe('times', () => {
	it('begin with the day, the Monday or the month of the reader', () => {
		expect(timeFrom('today', now)).toBe(new Date(2026, 6, 16).getTime());
		expect(timeFrom('week', now)).toBe(new Date(2026, 6, 13).getTime());
		expect(timeFrom('week', new Date(2026, 6, 19, 23).getTime())).toBe(
			new Date(2026, 6, 13).getTime(),
		);
		expect(timeFrom('month', now)).toBe(new Date(2026, 6, 1).getTime());
		expect(timeFrom('all', now)).toBe(-Infinity);
	});
});

describe('an order', () => {
	const ordered = (sort: ListQuery['sort'], direction: ListQuery['direction']) =>
		sessionRows(60, now).sort((a, b) =>
			comparePositions(positionOf(a, sort, now), positionOf(b, sort, now), { sort, direction }),
		);

	it('by agent or status goes newest first within each, both ways', () => {
		for (const direction of ['ascending', 'descending'] as const)
			for (const sort of ['agent', 'status'] as const) {
				const rows = ordered(sort, direction);
				const groups = rows.map((row) => positionOf(row, sort, now)[0] ?? '');
				const sorted = [...groups].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
				expect(groups).toEqual(direction === 'ascending' ? sorted : sorted.reverse());
				rows.forEach((row, i) => {
					const next = rows[i + 1];
					if (next && groups[i] === groups[i + 1])
						expect(row.startedAt).toBeGreaterThanOrEqual(next.startedAt);
				});
			}
	});

	it('by duration counts what still runs as of one moment', () => {
		const rows = ordered('duration', 'descending');
		const ms = rows.map((row) => positionOf(row, 'duration', now)[0] as number);
		expect(ms).toEqual([...ms].sort((a, b) => b - a));
		expect(rows.findIndex(({ status }) => status === 'running')).toBeLessThan(rows.length - 1);
	});

	it('is total: no two rows stand in the same place', () => {
		for (const sort of sortNames) {
			const rows = ordered(sort, 'ascending');
			rows.slice(1).forEach((row, i) => {
				const before = rows[i];
				if (!before) return;
				const [a, b] = [positionOf(before, sort, now), positionOf(row, sort, now)];
				expect(comparePositions(a, b, { sort, direction: 'ascending' })).toBeLessThan(0);
			});
		}
	});
});

describe('kept numbers of a filter', () => {
	it('are those of the list where nothing else is asked of its rows', () => {
		expect(keptCountsHold(everything, 'agent')).toBe(true);
		expect(keptCountsHold({ ...everything, filters: { agent: 'a' } }, 'agent')).toBe(true);
		expect(keptCountsHold({ ...everything, view: 'archived' }, 'agent')).toBe(true);
		expect(keptCountsHold({ ...everything, filters: { mode: 'team' } }, 'agent')).toBe(false);
		expect(keptCountsHold({ ...everything, view: 'failed' }, 'agent')).toBe(false);
		expect(keptCountsHold({ ...everything, time: 'week' }, 'agent')).toBe(false);
	});
});
