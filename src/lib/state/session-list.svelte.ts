import type { SessionRow } from '../domain/session-row';
import { dayOf, joinDays, type DayGroup } from '../domain/views/day-groups';
import type { RowKey } from '../domain/views/list';
import { everything, sameQuery, type ListQuery } from '../domain/views/list-query';
import type { MusterDb } from '../store/db';
import { observe } from '../store/live';
import { idsOf, keptCount, measure, planOf, type Plan } from '../store/session-query';
import { countsOf } from '../store/session-rows';
import { app } from './app.svelte';
import { unowned } from './unowned.svelte';
import {
	daysOf,
	ListWindow,
	MOST_ROWS,
	WINDOW_ROWS,
	type Holder,
} from './session-list-window.svelte';

/** Why rows must not move: somebody points at the list, is in it with the keyboard, or reads further down. */
export type HoldReason = 'pointer' | 'focus' | 'scroll';

/** Rows beyond what is looked at that are read as well. */
const NEAR_ROWS = 50;
/** Days whose rows are counted between two frames. */
const MEASURED_DAYS = 100;
/** Whoever goes from list to list need not wait for their lengths: they are found out once somebody stays, ms. */
const STAYS_MS = 400;
/** Lists whose lengths stay known, for whoever comes back. */
const RECENT = 6;

/**
 * A list of sessions in windows: those near what is looked at are awake, the others are known by their size, so
 * that a list costs what is seen of it, however long it is. Rows stay where they are while they are looked at.
 */
export class SessionList {
	/** Where the reader was, for when the list comes back: CSS px, and the row that has or had the focus. */
	scrollTop = 0;
	/** Of the window it was last seen through, CSS px. */
	height = 0;
	#database: () => MusterDb;
	#query = $state.raw<ListQuery>(everything);
	#stretch = $state.raw<Stretch | null>(null);
	#next: Stretch | null = null;
	/** Lists that were shown before, the last one first. */
	#recent: readonly Stretch[] = [];
	#screens = 0;
	#activeId = $state<string | null>(null);
	#openedId: string | null = null;
	#error = $state.raw<unknown>(null);
	#holds: Record<HoldReason, boolean> = { pointer: false, focus: false, scroll: false };
	#mine: ReadonlySet<string> = new Set();

	readonly groups: readonly DayGroup[] = $derived(this.#stretch?.groups ?? []);

	constructor(database: () => MusterDb) {
		this.#database = database;
	}

	/** What it is to show. While that is being read, what it showed before stays. */
	get query(): ListQuery {
		return this.#query;
	}

	/** What stands on the screen now. */
	get shown(): ListQuery | null {
		return this.#stretch?.asked ?? null;
	}

	get activeId(): string | null {
		return this.#activeId;
	}
	set activeId(id: string | null) {
		this.#activeId = id;
		this.#stretch?.stayWith(id);
	}

	/** The run opened last: it is let in whatever holds the rows, since somebody asked for it. */
	get openedId(): string | null {
		return this.#openedId;
	}
	set openedId(id: string | null) {
		this.#openedId = id;
		if (id !== null) this.#stretch?.letIn(id);
	}

	get loaded(): boolean {
		return this.#stretch !== null;
	}

	get error(): unknown {
		return this.#error;
	}

	/** Rows whose places are known. */
	get length(): number {
		return this.#stretch?.length ?? 0;
	}

	/** All rows of the list; null as long as nobody can say without reading them. */
	get total(): number | null {
		return this.#stretch?.total ?? null;
	}

	get more(): boolean {
		return this.#stretch?.more ?? true;
	}

	/** Rows that wait for the reader to let them in. */
	get waiting(): number {
		return this.#stretch?.waiting ?? 0;
	}

	/**
	 * Reads while it is open anywhere: a screen may come before the one it replaces has gone. Returns the stop; what
	 * is known stays for the next time.
	 */
	open(): () => void {
		this.#screens++;
		if (this.#screens === 1) {
			if (this.#stretch && sameQuery(this.#stretch.asked, this.#query)) this.#stretch.start();
			else this.#begin();
		}
		return () => {
			this.#screens--;
			if (this.#screens > 0) return;
			this.#stretch?.stop();
			this.#next?.stop();
			this.#next = null;
		};
	}

	show(query: ListQuery): void {
		if (sameQuery(query, this.#query)) return;
		this.#query = query;
		if (this.#screens > 0) this.#begin();
	}

	/** Reads the list anew: the day has changed. */
	again(): void {
		this.#recent = [];
		if (this.#screens > 0) this.#begin();
	}

	key(index: number): RowKey | undefined {
		return this.#stretch?.key(index);
	}

	/** The key of a row that may have to be read first. */
	keyOnce(index: number): Promise<RowKey | undefined> {
		return this.#stretch?.keyOnce(index) ?? Promise.resolve(undefined);
	}

	/** Ids of the rows from one place to another, both included. */
	idsBetween(one: number, other: number): Promise<string[]> {
		return (
			this.#stretch?.idsBetween(Math.min(one, other), Math.max(one, other)) ?? Promise.resolve([])
		);
	}

	/** Ids of every row of the list, on the screen or not. */
	async allIds(signal?: AbortSignal): Promise<string[]> {
		const db = this.#database();
		return idsOf(db, this.#stretch?.plan ?? (await planOf(db, this.#query, Date.now())), signal);
	}

	/** Where a row is, if it is near what is looked at; else -1. */
	indexOf(id: string | null): number {
		return id === null ? -1 : (this.#stretch?.indexOf(id) ?? -1);
	}

	row(id: string): SessionRow | undefined {
		return this.#stretch?.row(id);
	}

	/** Says which rows are looked at: these are read, others are let go. */
	look(from: number, to: number): void {
		this.#stretch?.look(from, to);
	}

	hold(reason: HoldReason): void {
		this.#holds[reason] = true;
	}

	release(reason: HoldReason): void {
		if (!this.#holds[reason]) return;
		this.#holds[reason] = false;
		if (!this.#held) this.#stretch?.settle();
	}

	/** Lets the rows in that wait. */
	showWaiting(): void {
		this.#stretch?.settle();
	}

	/** These rows are about to be filed by hand: they come and go whatever holds the others. */
	letGo(ids: readonly string[]): void {
		this.#mine = new Set(ids);
	}

	get #held(): boolean {
		return this.#holds.pointer || this.#holds.focus || this.#holds.scroll;
	}

	#begin(): void {
		this.#next?.stop();
		const db = this.#database();
		const known = this.#recent.find((one) => one.db === db && one.stillSays(this.#query));
		known?.look(0, WINDOW_ROWS);
		const next: Stretch =
			known ??
			unowned(
				() =>
					new Stretch(this.#query, {
						db,
						held: () => this.#held && next === this.#stretch,
						isFree: (id) => id === this.#openedId || this.#mine.has(id),
						failed: (error) => (this.#error = error),
						ready: () => this.#swap(next),
					}),
			);
		this.#next = next;
		next.start();
	}

	#swap(next: Stretch): void {
		if (this.#next !== next) return;
		this.#next = null;
		const before = this.#stretch;
		before?.stop();
		if (before && !sameQuery(before.asked, next.asked)) {
			this.scrollTop = 0;
			this.#activeId = null;
		}
		this.#error = null;
		this.#stretch = next;
		const others = this.#recent.filter((one) => one !== next && one !== before);
		this.#recent = (before && before !== next ? [before, ...others] : others).slice(0, RECENT);
	}
}

/** Once what is known now is on the screen; in time, where nothing is painted. */
const painted = () =>
	new Promise<void>((done) => {
		if (typeof requestAnimationFrame === 'function' && document.visibilityState === 'visible')
			requestAnimationFrame(() => setTimeout(done));
		else setTimeout(done);
	});

interface StretchParts {
	db: MusterDb;
	held: () => boolean;
	isFree: (id: string) => boolean;
	failed: (error: unknown) => void;
	/** Called once: its first rows are there. */
	ready: () => void;
}

/** One list as far as it is known: windows one below the other, which together leave nothing out. */
class Stretch {
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
		await this.#measure(signal);
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

	/** A row that waits may have been asked for since. */
	letIn(id: string): void {
		for (const window of this.#windows)
			if (window.awake && window.waiting > 0 && window.fresh.some((key) => key.id === id))
				window.settle();
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

export const sessionList = new SessionList(() => app.db);
