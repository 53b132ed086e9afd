import type { SessionRow } from '../domain/session-row';
import type { DayGroup } from '../domain/views/day-groups';
import type { RowKey } from '../domain/views/list';
import { everything, sameQuery, type ListQuery } from '../domain/views/list-query';
import type { MusterDb } from '../store/db';
import { idsOf, planOf } from '../store/session-query';
import { app } from './app.svelte';
import { Stretch } from './session-list-stretch.svelte';
import { WINDOW_ROWS } from './session-list-window.svelte';
import { unowned } from './unowned.svelte';

/** Why rows must not move: somebody points at the list, is in it with the keyboard, or reads further down. */
export type HoldReason = 'pointer' | 'focus' | 'scroll';

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
		if (id !== null) this.#stretch?.letGo();
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

	/** Once every row has its place, where places can be known without reading the rows. */
	async measured(): Promise<void> {
		await this.#stretch?.measured();
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
		this.#stretch?.letGo();
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

export const sessionList = new SessionList(() => app.db);
