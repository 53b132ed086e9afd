/**
 * How a list is read: stretches of one index, whatever is stored beside them. Of the facets a row has to have, the
 * one with the fewest rows gives the stretch; what else is asked is looked for among its rows, in bites.
 */
import { Dexie, type Collection } from 'dexie';
import type { Place, SessionRow } from '../domain/session-row';
import {
	countKey,
	facet,
	facetKeyAt,
	facetRange,
	startOfKey,
	type Facet,
} from '../domain/views/facets';
import {
	comparePositions,
	facetsOfQuery,
	matches,
	orderedQuery,
	placeOfView,
	positionOf,
	statusOrder,
	timeFrom,
	type ListQuery,
	type Position,
} from '../domain/views/list-query';
import type { MusterDb } from './db';
import { countsOf } from './session-rows';

/** Lists up to this long are read whole where an order or a filter has no index of its own. */
export const WHOLE_ROWS = 1000;
/** Rows read at once where most of them are not asked for. */
const BITE_ROWS = 400;

export interface Plan {
	query: ListQuery;
	place: Place;
	/** Epoch ms; durations of what runs and times are as of this moment. */
	asOf: number;
	/** Rows that started before do not belong here, epoch ms. */
	from: number;
	base: Facet;
	/** Every row of the stretch belongs to the list. */
	exact: boolean;
	/** The list is read as a whole and put in order here. */
	whole: boolean;
}

/** Rows after `after`, up to and with `upTo`; null: from the top, to the end. */
export interface Between {
	after: Position | null;
	upTo: Position | null;
}

export async function planOf(db: MusterDb, asked: ListQuery, now: number): Promise<Plan> {
	const query = orderedQuery(asked);
	const facets = facetsOfQuery(query);
	const place = placeOfView(query.view);
	const from = timeFrom(query.time, now);
	const alone = facets.length === 1;
	const exact =
		query.sort === 'started'
			? alone
			: facets[0] === 'all' && (query.sort === 'status' || from === -Infinity);
	const plan = { query, place, asOf: now, from, base: facets[0] ?? 'all', exact, whole: false };
	// Where the stretch is the list, how long it is changes nothing.
	if (exact) return plan;
	const counts = await countsOf(
		db,
		facets.map((one) => countKey(place, one)),
	);
	const smallest = Math.min(...counts);
	const base = facets[counts.indexOf(smallest)] ?? 'all';
	return { ...plan, base, whole: smallest <= WHOLE_ROWS };
}

/** Whether the number of rows is kept, and under which key. */
export function keptCount({ exact, from, place, base }: Plan): string | null {
	return exact && from === -Infinity ? countKey(place, base) : null;
}

export const placed = ({ query, asOf }: Plan, row: SessionRow): Position =>
	positionOf(row, query.sort, asOf);

/**
 * Rows of the list in its order, `limit` of them at most; a plan of a whole list gives all of it. Stops early, with
 * what it has, when `signal` is aborted.
 */
export async function readRows(
	db: MusterDb,
	plan: Plan,
	between: Between,
	limit: number,
	signal?: AbortSignal,
): Promise<SessionRow[]> {
	if (plan.whole) return wholeList(db, plan);
	const rows: SessionRow[] = [];
	let group = await firstGroup(db, plan, between.after);
	while (group !== null && rows.length < limit && !signal?.aborted) {
		if (between.upTo && beyond(plan, group, between.upTo)) break;
		rows.push(...(await rowsOfGroup(db, plan, group, between, limit - rows.length, signal)));
		group = await nextGroup(db, plan, group);
	}
	return rows;
}

/** The ids of all rows of a list, in bites, whatever it takes; fewer when `signal` is aborted. */
export async function idsOf(db: MusterDb, plan: Plan, signal?: AbortSignal): Promise<string[]> {
	const byStart: Plan = {
		...plan,
		query: { ...plan.query, sort: 'started', direction: 'descending' },
	};
	const everyRow = plan.query.sort === 'started' ? plan.exact : plan.exact && plan.base === 'all';
	if (everyRow) return stretch(db, byStart, OPEN).primaryKeys();
	const ids: string[] = [];
	let after: Position | null = null;
	while (!signal?.aborted) {
		const rows = await readRows(
			db,
			{ ...byStart, whole: false },
			{ after, upTo: null },
			BITE_ROWS,
			signal,
		);
		const last = rows.at(-1);
		for (const { id } of rows) ids.push(id);
		if (!last || rows.length < BITE_ROWS) break;
		after = placed(byStart, last);
	}
	return ids;
}

const OPEN: Between = { after: null, upTo: null };

async function wholeList(db: MusterDb, plan: Plan): Promise<SessionRow[]> {
	const { query, place, base, from, asOf } = plan;
	const range = facetRange(place, base, { from });
	const rows = await db.sessions.where('facets').between(range.from, range.before).toArray();
	return rows
		.filter((row) => matches(row, query, asOf))
		.map((row) => ({ row, position: placed(plan, row) }))
		.sort((one, other) => comparePositions(one.position, other.position, query))
		.map(({ row }) => row);
}

/** The rows that stand together under a status or an agent; the only group of other orders is ''. */
type Group = string | number;

const isUp = ({ query }: Plan) => query.direction === 'ascending';

async function firstGroup(db: MusterDb, plan: Plan, after: Position | null): Promise<Group | null> {
	if (plan.query.sort !== 'status' && plan.query.sort !== 'agent') return '';
	if (after) return after[0] ?? '';
	if (plan.query.sort === 'agent') return nextAgent(db, plan, null);
	return isUp(plan) ? 0 : statusOrder.length - 1;
}

async function nextGroup(db: MusterDb, plan: Plan, group: Group): Promise<Group | null> {
	if (plan.query.sort === 'agent') return nextAgent(db, plan, String(group));
	if (plan.query.sort !== 'status') return null;
	const next = Number(group) + (isUp(plan) ? 1 : -1);
	return next in statusOrder ? next : null;
}

/** One step in the index, however many runs an agent has. */
async function nextAgent(db: MusterDb, plan: Plan, name: string | null): Promise<string | null> {
	const { place } = plan;
	const index = db.sessions.where('[place+agentName+startedAt+id]');
	const [low, high] = [Dexie.minKey, Dexie.maxKey];
	const rows = isUp(plan)
		? index.between(name === null ? [place, low] : [place, name, high], [place, high])
		: index.between([place, low], name === null ? [place, high] : [place, name, low]).reverse();
	const [next] = await rows.limit(1).keys();
	return next === undefined ? null : String((next as unknown as string[])[1]);
}

function beyond({ query }: Plan, group: Group, upTo: Position): boolean {
	const last = upTo[0] ?? '';
	if ((query.sort !== 'status' && query.sort !== 'agent') || group === last) return false;
	return group > last === (query.direction === 'ascending');
}

async function rowsOfGroup(
	db: MusterDb,
	plan: Plan,
	group: Group,
	between: Between,
	limit: number,
	signal?: AbortSignal,
): Promise<SessionRow[]> {
	if (plan.query.sort === 'duration') return byDuration(db, plan, between, limit, signal);
	return sifted(db, plan, inGroup(plan, group, between), limit, group, signal);
}

/** Where the ends of a stretch are, seen from one group. */
function inGroup({ query }: Plan, group: Group, { after, upTo }: Between): Between {
	if (query.sort !== 'status' && query.sort !== 'agent') return { after, upTo };
	const own = (position: Position | null) =>
		position && position[0] === group ? position.slice(1) : null;
	return { after: own(after), upTo: own(upTo) };
}

/** Rows of one stretch of an index that belong to the list. */
async function sifted(
	db: MusterDb,
	plan: Plan,
	between: Between,
	limit: number,
	group: Group = '',
	signal?: AbortSignal,
): Promise<SessionRow[]> {
	if (plan.exact && plan.query.sort !== 'duration')
		return bounded(stretch(db, plan, between, group), limit);
	const rows: SessionRow[] = [];
	let { after } = between;
	while (rows.length < limit && !signal?.aborted) {
		const bite = await stretch(db, plan, { after, upTo: between.upTo }, group)
			.limit(BITE_ROWS)
			.toArray();
		for (const row of bite)
			if (rows.length < limit && matches(row, plan.query, plan.asOf) && !isTimed(plan, row))
				rows.push(row);
		const last = bite.at(-1);
		if (!last || bite.length < BITE_ROWS) break;
		after = inIndex(plan, last);
	}
	return rows;
}

const bounded = (rows: Collection<SessionRow, string>, limit: number) =>
	(limit === Infinity ? rows : rows.limit(limit)).toArray();

/** What runs has no place by its stored duration: that grows with the time. */
const isTimed = ({ query }: Plan, row: SessionRow) =>
	query.sort === 'duration' && row.runningSince !== null;

/** Where a row stands in the index its group is read by. */
function inIndex(plan: Plan, row: SessionRow): Position {
	const { sort } = plan.query;
	if (sort === 'duration') return [row.activeMs, row.id];
	return sort === 'started' ? placed(plan, row) : placed(plan, row).slice(1);
}

/** What is at rest by the index; what runs, which is little, by its duration as of the plan. */
async function byDuration(
	db: MusterDb,
	plan: Plan,
	{ after, upTo }: Between,
	limit: number,
	signal?: AbortSignal,
): Promise<SessionRow[]> {
	const { query, asOf, place } = plan;
	const within = (row: SessionRow) => {
		const position = placed(plan, row);
		return (
			(after === null || comparePositions(after, position, query) < 0) &&
			(upTo === null || comparePositions(position, upTo, query) <= 0)
		);
	};
	const range = facetRange(place, facet('status', 'running'));
	const running = await db.sessions.where('facets').between(range.from, range.before).toArray();
	const resting = await sifted(db, plan, { after, upTo }, limit, '', signal);
	return [
		...resting,
		...running.filter((row) => matches(row, query, asOf) && isTimed(plan, row) && within(row)),
	]
		.map((row) => ({ row, position: placed(plan, row) }))
		.sort((one, other) => comparePositions(one.position, other.position, query))
		.slice(0, limit)
		.map(({ row }) => row);
}

/** The rows between two places of one group, in order. */
function stretch(
	db: MusterDb,
	plan: Plan,
	{ after, upTo }: Between,
	group: Group = '',
): Collection<SessionRow, string> {
	const { query, place } = plan;
	const up = isUp(plan) && (query.sort === 'started' || query.sort === 'duration');
	if (query.sort === 'started' || query.sort === 'status') {
		const base =
			query.sort === 'status' ? facet('status', statusOrder[Number(group)] ?? '') : plan.base;
		const { low, high, withLow, withHigh } = keyRange(plan, base, up, { after, upTo });
		const rows = db.sessions.where('facets').between(low, high, withLow, withHigh);
		return up ? rows : rows.reverse();
	}
	const [first, last] = up ? [after, upTo] : [upTo, after];
	const include = [first === null || !up, last === null || up] as const;
	const head = query.sort === 'agent' ? [place, group] : [place];
	const index = query.sort === 'agent' ? '[place+agentName+startedAt+id]' : '[place+activeMs+id]';
	const rows = db.sessions
		.where(index)
		.between(
			[...head, ...(first ?? [Dexie.minKey])],
			[...head, ...(last ?? [Dexie.maxKey])],
			...include,
		);
	return up ? rows : rows.reverse();
}

/** A stretch that is known by its size alone. */
export interface Measured {
	upTo: Position;
	/** Rows by day, in order; `at` is a moment of the day, epoch ms. */
	days: { day: string; at: number; count: number }[];
}

/** The ends of a day, [from, before), epoch ms. */
export type DayOf = (at: number) => { day: string; from: number; before: number };

/**
 * How many rows there are of each day after a place, for `most` days, without reading one: in stretches of about
 * `rows` rows. Only for exact plans in the order of starts; nothing at the end of the list.
 */
export async function measure(
	db: MusterDb,
	plan: Plan,
	between: Between,
	{ rows, most, dayOf }: { rows: number; most: number; dayOf: DayOf },
): Promise<Measured[]> {
	const days = await countedDays(db, plan, between, most, dayOf);
	const cuts = await cutsOf(db, plan, days, { rows: 2 * rows, above: 4 * rows });
	const found: Measured[] = [];
	let after = between.after;
	let open: Measured['days'] = [];
	let sum = 0;
	const close = () => {
		if (after && open.length > 0) found.push({ upTo: after, days: open });
		[open, sum] = [[], 0];
	};
	for (const [i, { day, at, count, end }] of days.entries()) {
		const own = cuts[i] ?? [];
		// A crowded day stands alone, in stretches.
		if (own.length > 0) close();
		for (const upTo of own) found.push({ upTo, days: [{ day, at, count: 2 * rows }] });
		open.push({ day, at, count: own.length > 0 ? count - own.length * 2 * rows : count });
		sum += count;
		after = end;
		if (sum >= rows || own.length > 0) close();
	}
	close();
	return found;
}

interface CountedDay {
	day: string;
	at: number;
	count: number;
	/** After the last row before it, and its own last. */
	from: Position | null;
	end: Position;
}

/**
 * Goes from day to day in the index and has the rows between counted. Asks the browser itself: a request costs it
 * little, and years have thousands of days.
 */
function countedDays(
	db: MusterDb,
	plan: Plan,
	{ after, upTo }: Between,
	most: number,
	dayOf: DayOf,
): Promise<CountedDay[]> {
	const { place, base, query } = plan;
	const up = isUp(plan);
	const days: CountedDay[] = [];
	const within = (from: Position | null, to: Position | null) => rangeOf(plan, from, to);
	return db.transaction('r', db.sessions, async (transaction) => {
		const index = transaction.idbtrans.objectStore('sessions').index('facets');
		const request = index.openKeyCursor(within(after, upTo), up ? 'next' : 'prev');
		let from = after;
		await new Dexie.Promise<void>((resolve, reject) => {
			request.onerror = () => reject(request.error ?? new Error('The list could not be counted'));
			request.onsuccess = () => {
				const cursor = request.result;
				if (!cursor || days.length === most) return resolve();
				const at = startOfKey(place, base, String(cursor.key));
				const day = dayOf(at);
				const last = endOf(plan, day.from, day.before);
				const end = upTo && comparePositions(upTo, last, query) < 0 ? upTo : last;
				const counted: CountedDay = { day: day.day, at, count: 0, from, end };
				days.push(counted);
				const count = index.count(within(from, end));
				count.onsuccess = () => (counted.count = count.result);
				from = end;
				cursor.continue(facetKeyAt(place, base, up ? day.before : day.from));
			};
		});
		return days;
	});
}

/** Where days of more than `above` rows are cut: after each `rows` of them, but for what is left. */
function cutsOf(
	db: MusterDb,
	plan: Plan,
	days: readonly CountedDay[],
	{ rows, above }: { rows: number; above: number },
): Promise<Position[][]> {
	const direction = isUp(plan) ? 'next' : 'prev';
	return db.transaction('r', db.sessions, (transaction) => {
		const index = transaction.idbtrans.objectStore('sessions').index('facets');
		const cutsOfDay = ({ from, end, count }: CountedDay) =>
			new Dexie.Promise<Position[]>((resolve, reject) => {
				const cuts: Position[] = [];
				const wanted = Math.ceil(count / rows) - 1;
				const request = index.openKeyCursor(rangeOf(plan, from, end), direction);
				let isFirst = true;
				request.onerror = () => reject(request.error ?? new Error('The list could not be counted'));
				request.onsuccess = () => {
					const cursor = request.result;
					if (!cursor) return resolve(cuts);
					if (!isFirst)
						cuts.push([
							startOfKey(plan.place, plan.base, String(cursor.key)),
							String(cursor.primaryKey),
						]);
					if (cuts.length === wanted) return resolve(cuts);
					cursor.advance(isFirst ? rows - 1 : rows);
					isFirst = false;
				};
			});
		const none = Dexie.Promise.resolve([]);
		return Dexie.Promise.all(days.map((day) => (day.count > above ? cutsOfDay(day) : none)));
	});
}

/** Keys of the rows between two places in the index of facets. */
function rangeOf(plan: Plan, after: Position | null, upTo: Position | null): IDBKeyRange {
	const keys = keyRange(plan, plan.base, isUp(plan), { after, upTo });
	return IDBKeyRange.bound(keys.low, keys.high, !keys.withLow, !keys.withHigh);
}

/** The last place of a time [from, before) in the order of starts. */
function endOf(plan: Plan, from: number, before: number): Position {
	return isUp(plan) ? [before - 1, '~'] : [from, ''];
}

/** The keys of the rows between two places that have a facet. */
function keyRange({ place, from }: Plan, base: Facet, up: boolean, { after, upTo }: Between) {
	const [first, last] = up ? [after, upTo] : [upTo, after];
	const range = facetRange(place, base, { from });
	const key = ([at, id]: Position) => facetKeyAt(place, base, Number(at), String(id));
	const low = first ? key(first) : range.from;
	return {
		low: low < range.from ? range.from : low,
		high: last ? key(last) : range.before,
		// What stands at `upTo` is of the stretch, what stands at `after` is not.
		withLow: first === null || !up,
		withHigh: last !== null && up,
	};
}
