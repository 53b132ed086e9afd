import type { SessionRow } from '../domain/session-row';
import { dayOf, joinDays } from '../domain/views/day-groups';
import type { RowKey } from '../domain/views/list';
import { sameQuery, type ListQuery } from '../domain/views/list-query';
import type { MusterDb } from '../store/db';
import { observe } from '../store/live';
import { keptCount, measure, planOf, type Plan } from '../store/session-query';
import { countsOf } from '../store/session-rows';
import {
	daysOf,
	ListWindow,
	MOST_ROWS,
	WINDOW_ROWS,
	type Holder,
} from './session-list-window.svelte';

/** Rows beyond what is looked at that are read as well. */
const NEAR_ROWS = 50;
/** Days whose rows are counted between two frames. */
const MEASURED_DAYS = 100;
/** Whoever goes from list to list need not wait for their lengths: they are found out once somebody stays, ms. */
const STAYS_MS = 400;

interface StretchParts {
	db: MusterDb;
	held: () => boolean;
	isFree: (id: string) => boolean;
	failed: (error: unknown) => void;
	/** Called once: its first rows are there. */
	ready: () => void;
}

/** One list as far as it is known: windows one below the other, which together leave nothing out. */
export class Stretch {
	readonly asked: ListQuery;
	plan: Plan | null = null;

	#parts: StretchParts;
	#windows = $state.raw<readonly ListWindow[]>([]);
	#ended = $state(false);
	#kept = $state<number | null>(null);
	#near: { from: number; to: number } = { from: 0, to: WINDOW_ROWS };
	#active: ListWindow | null = null;
	#running: AbortController | null = null;
	#stopCount: (() => void) | null = null;
	#measuring = false;
	#measured: Promise<void> | null = null;
	/** Has the rest measured now, and not once the reader stays. */
	#hurry: (() => void) | null = null;
	#auditing = false;

	/** Index of the first row of each window, and of what comes after the last. */
	#firsts = $derived.by(() => {
		const firsts = [0];
		for (const { count } of this.#windows) firsts.push((firsts.at(-1) ?? 0) + count);
		return firsts;
	});
	readonly groups = $derived.by(() => joinDays(this.#windows.map(({ days }) => days)));

	constructor(asked: ListQuery, parts: StretchParts) {
		this.asked = asked;
		this.#parts = parts;
	}

	get db(): MusterDb {
		return this.#parts.db;
	}

	/** Whether it is the answer to a query, and was not made for a moment that has gone: what runs takes ever longer. */
	stillSays(query: ListQuery): boolean {
		return sameQuery(this.asked, query) && this.asked.sort !== 'duration';
	}

	get length(): number {
		return this.#firsts.at(-1) ?? 0;
	}

	get more(): boolean {
		return !this.#ended;
	}

	get total(): number | null {
		if (this.#ended) return this.length;
		return this.#kept === null ? null : Math.max(this.#kept, this.length);
	}

	get waiting(): number {
		return this.#windows.reduce((sum, { waiting }) => sum + waiting, 0);
	}

	start(): void {
		if (this.#running) return;
		const abort = (this.#running = new AbortController());
		void this.#start(abort.signal).catch((error: unknown) => {
			if (!abort.signal.aborted) this.#parts.failed(error);
		});
	}

	stop(): void {
		this.#running?.abort();
		this.#running = null;
		this.#stopCount?.();
		this.#stopCount = null;
		for (const window of this.#windows) if (window.awake) window.sleep();
	}

	async #start(signal: AbortSignal): Promise<void> {
		const { db } = this.#parts;
		const plan = (this.plan ??= await planOf(db, this.asked, Date.now()));
		if (signal.aborted) return;
		const kept = keptCount(plan);
		if (kept !== null)
			this.#stopCount = observe(
				() => countsOf(db, [kept]),
				([n]) => {
					this.#kept = n ?? 0;
					void this.#audit();
				},
				(error) => this.#parts.failed(error),
			);
		const [known] = this.#windows;
		if (known) {
			this.#wakeNear();
			if (!(await known.wake()) || signal.aborted) return;
			this.#parts.ready();
		} else {
			const first = new ListWindow(this.#holder(db, plan), { after: null, upTo: null }, null);
			if (!(await first.wake()) || signal.aborted) return first.sleep();
			this.#windows = [first];
			this.#ended = first.between.upTo === null;
			this.#parts.ready();
		}
		this.#measured = this.#measure(signal);
		await this.#measured;
	}

	#holder(db: MusterDb, plan: Plan): Holder {
		const { held, isFree, failed } = this.#parts;
		return {
			db,
			plan,
			get held() {
				return held();
			},
			isFree,
			failed,
			answered: (window) => this.#cut(window),
		};
	}

	async measured(): Promise<void> {
		this.#hurry?.();
		await this.#measured;
	}

	key(index: number): RowKey | undefined {
		const at = this.#windowAt(index);
		return this.#windows[at]?.keys?.[index - (this.#firsts[at] ?? 0)];
	}

	async keyOnce(index: number): Promise<RowKey | undefined> {
		await this.#windows[this.#windowAt(index)]?.wake();
		return this.key(index);
	}

	async idsBetween(from: number, to: number): Promise<string[]> {
		const ids: string[] = [];
		const [first, last] = [this.#windowAt(from), this.#windowAt(to)];
		const starts = this.#firsts;
		for (const [i, window] of this.#windows.slice(first, last + 1).entries()) {
			const slept = !window.awake;
			await window.wake();
			const start = starts[first + i] ?? 0;
			for (const { id } of (window.keys ?? []).slice(Math.max(0, from - start), to - start + 1))
				ids.push(id);
			if (slept && !this.#isNear(first + i)) window.sleep();
		}
		return ids;
	}

	indexOf(id: string): number {
		for (const [i, { keys }] of this.#windows.entries()) {
			const at = keys?.findIndex((key) => key.id === id) ?? -1;
			if (at >= 0) return (this.#firsts[i] ?? 0) + at;
		}
		return -1;
	}

	row(id: string): SessionRow | undefined {
		for (const window of this.#windows) {
			const row = window.row(id);
			if (row) return row;
		}
		return undefined;
	}

	look(from: number, to: number): void {
		this.#near = { from, to };
		if (!this.#running) return;
		if (from > 0) this.#hurry?.();
		this.#wakeNear();
		if (to + NEAR_ROWS >= this.length) void this.#readOn();
	}

	/** The window with the row that has the focus stays awake, wherever the reader is. */
	stayWith(id: string | null): void {
		if (id === null) this.#active = null;
		else
			this.#active =
				this.#windows.find(({ keys }) => keys?.some((key) => key.id === id)) ?? this.#active;
	}

	settle(): void {
		for (const window of this.#windows) if (window.awake) window.settle();
	}

	/** Rows that are held, or wait, may be free since. */
	letGo(): void {
		for (const window of this.#windows) if (window.awake) window.letGo();
	}

	/** Position of the window that holds a row; of the last one for rows after all. */
	#windowAt(index: number): number {
		const firsts = this.#firsts;
		let low = 0;
		let high = this.#windows.length - 1;
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			if ((firsts[middle] ?? 0) <= index) low = middle;
			else high = middle - 1;
		}
		return low;
	}

	#isNear(at: number): boolean {
		const [first, after] = [this.#firsts[at] ?? 0, this.#firsts[at + 1] ?? 0];
		return first < this.#near.to + NEAR_ROWS && after >= this.#near.from - NEAR_ROWS;
	}

	#wakeNear(): void {
		for (const [i, window] of this.#windows.entries()) {
			// The first one hears of what is new.
			const wanted = i === 0 || window === this.#active || this.#isNear(i);
			if (wanted && !window.awake) void window.wake();
			else if (!wanted && window.awake) window.sleep();
		}
	}

	/** Reads the next window, unless one is under way, nothing is left, or all is being measured. */
	async #readOn(): Promise<void> {
		const { plan } = this;
		const last = this.#windows.at(-1);
		if (!plan || !last || this.#ended || this.#measuring) return;
		this.#measuring = true;
		try {
			const next = new ListWindow(
				this.#holder(this.#parts.db, plan),
				{ after: last.between.upTo, upTo: null },
				null,
			);
			if (!(await next.wake()) || !this.#running) return next.sleep();
			this.#windows = [...this.#windows, next];
			this.#ended = next.between.upTo === null;
		} finally {
			this.#measuring = false;
		}
		if (this.#near.to + NEAR_ROWS >= this.length) void this.#readOn();
	}

	/** Finds out how long the rest of the list is, where that can be known without reading it. */
	async #measure(signal: AbortSignal): Promise<void> {
		const { plan } = this;
		if (!plan?.exact || plan.query.sort !== 'started' || this.#ended) return;
		this.#measuring = true;
		try {
			// Counting takes nothing from the rows that can be shown now.
			await painted();
			await this.#untilStays();
			while (!signal.aborted && !this.#ended) await this.#measureSome(plan, signal);
		} finally {
			this.#measuring = false;
		}
	}

	#untilStays(): Promise<void> {
		return new Promise((done) => {
			const timer = setTimeout(done, STAYS_MS);
			this.#hurry = () => {
				clearTimeout(timer);
				done();
			};
		});
	}

	async #measureSome(plan: Plan, signal: AbortSignal): Promise<void> {
		const { db } = this.#parts;
		let after = this.#windows.at(-1)?.between.upTo ?? null;
		const parts = await measure(
			db,
			plan,
			{ after, upTo: null },
			{ rows: WINDOW_ROWS, most: MEASURED_DAYS, dayOf },
		);
		const found = parts.map(({ upTo, days }) => {
			const window = new ListWindow(this.#holder(db, plan), { after, upTo }, days);
			after = upTo;
			return window;
		});
		const ended = parts.length === 0;
		if (signal.aborted) return;
		this.#windows = [...this.#windows, ...found];
		this.#ended = ended;
		if (ended) this.#windows.at(-1)?.openEnd();
		this.#wakeNear();
	}

	/** Counts what sleeps anew when the numbers no longer agree with what is kept. */
	async #audit(): Promise<void> {
		const { plan } = this;
		if (!plan || this.#auditing || this.#measuring || !this.#ended) return;
		if (this.#kept === null || this.#kept === this.length + this.waiting) return;
		const { db } = this.#parts;
		this.#auditing = true;
		try {
			for (const window of this.#windows)
				if (!window.awake && plan.query.sort === 'started') {
					const wanted = { rows: Infinity, most: Infinity, dayOf };
					window.recount((await measure(db, plan, window.between, wanted))[0]?.days ?? []);
				}
		} finally {
			this.#auditing = false;
		}
	}

	/** A window that has grown too long becomes several. */
	#cut(window: ListWindow): void {
		const at = this.#windows.indexOf(window);
		const { plan } = this;
		if (at < 0 || !plan || plan.whole || window.fresh.length <= MOST_ROWS) return;
		const keys = window.fresh;
		const parts: ListWindow[] = [];
		let { after } = window.between;
		for (let from = 0; from < keys.length; from += WINDOW_ROWS) {
			const some = keys.slice(from, from + WINDOW_ROWS);
			const isLast = from + WINDOW_ROWS >= keys.length;
			const upTo = isLast ? window.between.upTo : (some.at(-1)?.position ?? null);
			const part = new ListWindow(
				this.#holder(this.#parts.db, plan),
				{ after, upTo },
				daysOf(some, plan),
			);
			parts.push(part);
			after = upTo;
		}
		window.sleep();
		this.#windows = this.#windows.toSpliced(at, 1, ...parts);
		this.#wakeNear();
	}
}

/** Once what is known now is on the screen; in time, where nothing is painted. */
const painted = () =>
	new Promise<void>((done) => {
		if (typeof requestAnimationFrame === 'function' && document.visibilityState === 'visible')
			requestAnimationFrame(() => setTimeout(done));
		else setTimeout(done);
	});
