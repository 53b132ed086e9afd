import type { SessionRow } from '../domain/session-row';
import { countDays, sameDays, type DayCount } from '../domain/views/day-groups';
import { holdOrder, sameKeys, type RowKey } from '../domain/views/list';
import { comparePositions, type Position } from '../domain/views/list-query';
import type { MusterDb } from '../store/db';
import { observe } from '../store/live';
import { placed, readRows, type Between, type Plan } from '../store/session-query';
import { rowsById } from '../store/session-windows';

/** Rows read at once. */
export const WINDOW_ROWS = 60;
/** Rows a window may grow to, as new ones come, before it is cut. */
export const MOST_ROWS = 4 * WINDOW_ROWS;

export interface WindowKey extends RowKey {
	position: Position;
}

/** What a window asks of the list it is part of. */
export interface Holder {
	readonly db: MusterDb;
	readonly plan: Plan;
	/** Whether rows have to stay where they are. */
	readonly held: boolean;
	/** Whether somebody has just asked for this row to come or go. */
	isFree(id: string): boolean;
	/** Called after each read. */
	answered(window: ListWindow): void;
	failed(error: unknown): void;
}

interface Answer {
	rows: SessionRow[];
	/** Rows that are no longer here, and stand on the screen; undefined where there is no such session any more. */
	others: (SessionRow | undefined)[];
	/** A place, where the read decides where the window ends; null at the end of the list. */
	end: Position | null | undefined;
}

/**
 * One stretch of a list, between two places. While it is near what is looked at it is awake: its rows are read and
 * kept up to date. Asleep it costs its ends and the numbers of its rows by day.
 */
export class ListWindow {
	/** In order, as they stand on the screen; null while asleep and until the first read. */
	keys = $state.raw<readonly WindowKey[] | null>(null);
	/** As known last. The same array as long as the numbers are the same. */
	days = $state.raw<readonly DayCount[]>([]);
	/** New rows that wait to be let in. */
	waiting = $state(0);

	#rows = $state.raw<ReadonlyMap<string, SessionRow>>(new Map());
	#holder: Holder;
	#between: Between;
	/** False while the first read has yet to decide where it ends. */
	#ends: boolean;
	#fresh: readonly WindowKey[] = [];
	#stop: (() => void) | null = null;
	#told: ((answered: boolean) => void)[] = [];

	constructor(holder: Holder, between: Between, days: readonly DayCount[] | null) {
		this.#holder = holder;
		this.#between = between;
		this.#ends = days !== null;
		if (days) this.days = days;
	}

	get between(): Between {
		return this.#between;
	}

	get awake(): boolean {
		return this.#stop !== null;
	}

	get count(): number {
		return this.days.reduce((sum, { count }) => sum + count, 0);
	}

	get fresh(): readonly WindowKey[] {
		return this.#fresh;
	}

	row(id: string): SessionRow | undefined {
		return this.#rows.get(id);
	}

	/** Resolves once its rows are there: at once when they are, with false when it was put to sleep before. */
	wake(): Promise<boolean> {
		const known = this.keys !== null;
		this.#stop ??= this.#observe();
		return known ? Promise.resolve(true) : new Promise((tell) => this.#told.push(tell));
	}

	sleep(): void {
		this.#stop?.();
		this.#stop = null;
		this.keys = null;
		this.#rows = new Map();
		this.#fresh = [];
		this.waiting = 0;
		this.#tell(false);
	}

	/** Shows what the store says now, whatever was held. */
	settle(): void {
		if (this.keys) this.#show(this.#fresh, 0);
	}

	/** Rows that were held may be free by now: the store need not say anything new of them. */
	letGo(): void {
		if (this.keys) this.#arrange(this.keys);
	}

	/** It is the last one: whatever comes below belongs to it. */
	openEnd(): void {
		if (this.#between.upTo === null) return;
		this.#between = { ...this.#between, upTo: null };
		if (!this.#stop) return;
		this.#stop();
		this.#stop = this.#observe();
	}

	/** Takes numbers that were counted anew while it slept. */
	recount(days: readonly DayCount[]): void {
		if (!this.awake && !sameDays(days, this.days)) this.days = days;
	}

	#observe(): () => void {
		const abort = new AbortController();
		const stop = observe(
			() => this.#read(abort.signal),
			(answer) => {
				if (answer) this.#take(answer);
			},
			(error) => this.#holder.failed(error),
		);
		return () => {
			abort.abort();
			stop();
		};
	}

	async #read(signal: AbortSignal): Promise<Answer | null> {
		const { db, plan, held } = this.#holder;
		const limit = this.#ends ? Infinity : WINDOW_ROWS + 1;
		let rows = await readRows(db, plan, this.#between, limit, signal);
		if (signal.aborted) return null;
		const cut = !this.#ends && !plan.whole && rows.length === limit;
		if (cut) rows = rows.slice(0, WINDOW_ROWS);
		const last = rows.at(-1);
		const there = new Set(rows.map(({ id }) => id));
		const gone = held ? (this.keys ?? []).filter(({ id }) => !there.has(id)) : [];
		const others =
			gone.length === 0
				? []
				: await rowsById(
						db,
						gone.map(({ id }) => id),
					);
		return {
			rows,
			others,
			end: this.#ends ? undefined : cut && last ? placed(plan, last) : null,
		};
	}

	#take({ rows, others, end }: Answer): void {
		const { plan, held } = this.#holder;
		if (end !== undefined && !this.#ends) {
			this.#between = { ...this.#between, upTo: end };
			this.#ends = true;
		}
		const fresh = rows.map((row) => ({
			id: row.id,
			startedAt: row.startedAt,
			position: placed(plan, row),
		}));
		this.#fresh = fresh;
		const left = others.filter((row) => row !== undefined);
		this.#rows = new Map([...rows, ...left].map((row) => [row.id, row]));
		this.#arrange(held && this.keys ? this.keys.filter(({ id }) => this.#rows.has(id)) : []);
		this.#holder.answered(this);
		this.#tell(true);
	}

	#arrange(stood: readonly WindowKey[]): void {
		const { shown, waiting } = holdOrder(stood, this.#fresh, {
			// Below the rows of this window are those of the next: only at the end of the list is there room.
			compare: (one, other) =>
				this.#between.upTo
					? 1
					: comparePositions(one.position, other.position, this.#holder.plan.query),
			free: (id) => this.#holder.isFree(id),
		});
		this.#show(shown, waiting);
	}

	#show(keys: readonly WindowKey[], waiting: number): void {
		const days = daysOf(keys, this.#holder.plan);
		if (!this.keys || !sameKeys(keys, this.keys)) this.keys = keys;
		if (!sameDays(days, this.days)) this.days = days;
		this.waiting = waiting;
	}

	#tell(answered: boolean): void {
		for (const tell of this.#told.splice(0)) tell(answered);
	}
}

/** Only an order by starts has days; the rows of any other one stand together. */
export function daysOf(keys: readonly RowKey[], { query }: Plan): DayCount[] {
	if (query.sort === 'started') return countDays(keys);
	return keys.length === 0 ? [] : [{ day: '', at: 0, count: keys.length }];
}
