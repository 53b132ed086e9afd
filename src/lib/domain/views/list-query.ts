/**
 * What a list of sessions is asked for: a view, filters that all have to hold, a time, an order. It stands in the
 * address of the list, so that going back, reloading and sharing a link bring the same list.
 */
import type { SessionRow } from '../session-row';
import { statusLabel, type Status } from '../status';
import { facet, facetsOf, type Facet } from './facets';
import { runningMs } from './list';

export type ListView = 'all' | 'needs-you' | 'running' | 'failed' | 'archived' | 'deleted';

export const listViews: readonly { view: ListView; label: string }[] = [
	{ view: 'all', label: 'All' },
	{ view: 'needs-you', label: 'Needs you' },
	{ view: 'running', label: 'Running' },
	{ view: 'failed', label: 'Failed' },
	{ view: 'archived', label: 'Archived' },
	{ view: 'deleted', label: 'Deleted' },
];

export function isListView(value: unknown): value is ListView {
	return listViews.some(({ view }) => view === value);
}

export const filterNames = ['agent', 'status', 'ticket', 'mode', 'effort', 'label'] as const;
export type FilterName = (typeof filterNames)[number];

export const listTimes = ['today', 'week', 'month', 'all'] as const;
export type ListTime = (typeof listTimes)[number];

export const sortNames = ['started', 'duration', 'status', 'agent'] as const;
export type SortName = (typeof sortNames)[number];
export type Direction = 'ascending' | 'descending';

export interface ListQuery {
	view: ListView;
	/** By id, status, level or label; names that are absent let everything through. */
	filters: Readonly<Partial<Record<FilterName, string>>>;
	time: ListTime;
	sort: SortName;
	direction: Direction;
}

/** The direction a column is sorted in when it is first chosen. */
export const firstDirection: Record<SortName, Direction> = {
	started: 'descending',
	duration: 'descending',
	status: 'ascending',
	agent: 'ascending',
};

export const everything: ListQuery = {
	view: 'all',
	filters: {},
	time: 'all',
	sort: 'started',
	direction: 'descending',
};

/** What needs a person, and what lives, before what is over. */
export const statusOrder: readonly Status[] = [
	'waiting-permission',
	'waiting',
	'running',
	'failed',
	'completed',
	'cancelled',
];

export function isStatus(value: string): value is Status {
	return Object.hasOwn(statusLabel, value);
}

const isOneOf = <T extends string>(all: readonly T[], value: string | null): value is T =>
	all.some((one) => one === value);

/** Reads what an address asks for. What it does not say, or says wrongly, is as in {@link everything}. */
export function parseListQuery(params: URLSearchParams): ListQuery {
	const view = params.get('view');
	const time = params.get('time');
	const asked = params.get('sort');
	const sort = isOneOf(sortNames, asked) ? asked : everything.sort;
	const direction = { asc: 'ascending', desc: 'descending' } as const;
	const way = params.get('dir');
	const filters: Partial<Record<FilterName, string>> = {};
	for (const name of filterNames) {
		const value = params.get(name);
		if (value && (name !== 'status' || isStatus(value))) filters[name] = value;
	}
	return {
		view: isListView(view) ? view : everything.view,
		filters,
		time: isOneOf(listTimes, time) ? time : everything.time,
		sort,
		direction: way === 'asc' || way === 'desc' ? direction[way] : firstDirection[sort],
	};
}

/** The shortest parameters that are read as this query. */
export function listQueryParams(query: ListQuery): URLSearchParams {
	const params = new URLSearchParams();
	if (query.view !== everything.view) params.set('view', query.view);
	for (const name of filterNames) {
		const value = query.filters[name];
		if (value) params.set(name, value);
	}
	if (query.time !== everything.time) params.set('time', query.time);
	if (query.sort !== everything.sort) params.set('sort', query.sort);
	if (query.direction !== firstDirection[query.sort])
		params.set('dir', query.direction === 'ascending' ? 'asc' : 'desc');
	return params;
}

/** Whether anything narrows the view. */
export function isFiltered({ filters, time }: ListQuery): boolean {
	return time !== 'all' || filterNames.some((name) => filters[name]);
}

/** Two ways of asking for the same list. */
export function sameQuery(one: ListQuery, other: ListQuery): boolean {
	return listQueryParams(one).toString() === listQueryParams(other).toString();
}

const facetOfView: Record<ListView, Facet> = {
	all: 'all',
	'needs-you': 'needs-you',
	running: facet('status', 'running'),
	failed: facet('status', 'failed'),
	archived: 'all',
	deleted: 'all',
};

/** Where the rows of a view stand. */
export function placeOfView(view: ListView): 'run' | 'run-archived' | 'run-deleted' {
	if (view === 'archived' || view === 'deleted') return `run-${view}`;
	return 'run';
}

/** Everything a row has to have, except its time: `all` alone where nothing narrows the place. */
export function facetsOfQuery({ view, filters }: Pick<ListQuery, 'view' | 'filters'>): Facet[] {
	const wanted = new Set<Facet>([facetOfView[view]]);
	for (const name of filterNames) {
		const value = filters[name];
		if (value) wanted.add(facet(name, value));
	}
	if (wanted.size > 1) wanted.delete('all');
	return [...wanted];
}

/**
 * Whether the kept numbers of rows by a value of this filter are those of the list: they count all rows of a place, so
 * nothing else may be asked of them.
 */
export function keptCountsHold({ view, filters, time }: ListQuery, name: FilterName): boolean {
	const others = { ...filters, [name]: undefined };
	return time === 'all' && facetsOfQuery({ view, filters: others })[0] === 'all';
}

/** Since when sessions are to have started, epoch ms, by the reader's calendar; weeks begin on Monday. */
export function timeFrom(time: ListTime, now: number): number {
	if (time === 'all') return -Infinity;
	const day = new Date(now);
	day.setHours(0, 0, 0, 0);
	if (time === 'week') day.setDate(day.getDate() - ((day.getDay() + 6) % 7));
	if (time === 'month') day.setDate(1);
	return day.getTime();
}

/** Whether a row belongs to the list at the moment `now`, epoch ms. */
export function matches(row: SessionRow, query: ListQuery, now: number): boolean {
	if (row.place !== placeOfView(query.view)) return false;
	if (row.startedAt < timeFrom(query.time, now)) return false;
	const has = new Set(facetsOf(row));
	return facetsOfQuery(query).every((wanted) => has.has(wanted));
}

/** A row's place in an order, compared part by part; see {@link comparePositions}. The last part is its id. */
export type Position = readonly (string | number)[];

/** Where a row stands. Durations of what runs are taken as of `asOf`, epoch ms, so that an order keeps still. */
export function positionOf(row: SessionRow, sort: SortName, asOf: number): Position {
	switch (sort) {
		case 'started':
			return [row.startedAt, row.id];
		case 'duration':
			return [runningMs(row, asOf), row.id];
		case 'status':
			return [statusOrder.indexOf(row.status), row.startedAt, row.id];
		case 'agent':
			return [row.agentName, row.startedAt, row.id];
	}
}

/** Rows of one status, or of one agent, stand newest first whichever way the statuses or agents go. */
export function isGrouped(sort: SortName): boolean {
	return sort === 'status' || sort === 'agent';
}

/**
 * The query with the order it comes to: in a list of one status, or of one agent, whatever its name was at the time,
 * the order of statuses or agents is newest first.
 */
export function orderedQuery(query: ListQuery): ListQuery {
	const { sort } = query;
	const one = isGrouped(sort) && facetsOfQuery(query).some((name) => name.startsWith(`${sort}:`));
	return one ? { ...query, sort: 'started', direction: 'descending' } : query;
}

/** Negative when `one` stands above `other`. A part that is missing stands before all others of its kind. */
export function comparePositions(
	one: Position,
	other: Position,
	{ sort, direction }: Pick<ListQuery, 'sort' | 'direction'>,
): number {
	const grouped = isGrouped(sort);
	for (let i = 0; i < Math.max(one.length, other.length); i++) {
		const a = one[i] ?? '';
		const b = other[i] ?? '';
		if (a === b) continue;
		const up = grouped && i > 0 ? false : direction === 'ascending';
		return a < b === up ? -1 : 1;
	}
	return 0;
}
