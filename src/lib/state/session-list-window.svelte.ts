import type { SessionRow } from '../domain/session-row';
import { byId, sameKeys, type RowKey } from '../domain/views/list';
import type { MusterDb } from '../store/db';
import type { LiveQuery } from './live-query.svelte';

/** Rows read at once. */
export const WINDOW_ROWS = 100;
/** Rows a window may grow to, as new ones come, before it hands its oldest on to the next window. */
const MOST_ROWS = 4 * WINDOW_ROWS;

/** Makes a live query of the store. */
export type Live = <T>(query: (db: MusterDb) => Promise<T>) => LiveQuery<T>;

/** The newest `limit` rows that start in [from, before), epoch ms, newest first. */
export type ReadRows = (
	db: MusterDb,
	from: number,
	before: number,
	limit: number,
) => Promise<SessionRow[]>;

interface WindowAnswer {
	rows: SessionRow[];
	/** Start of the oldest row; -Infinity when nothing older is left. */
	from: number;
}

/**
 * One stretch of a list: all rows between two moments, kept up to date. Its first read decides where it ends;
 * the end moves only when the window has grown too long.
 */
export class ListWindow {
	#above: ListWindow | null;
	#read: ReadRows;
	#live: Live;
	#from = -Infinity;
	#settled = false;
	#lastAnswer: WindowAnswer | null = null;
	#lastKeys: readonly RowKey[] = [];

	#query = $derived.by(() => {
		const before = this.#above ? this.#above.from : Infinity;
		return this.#live((db) => this.#rowsBefore(db, before));
	});
	// While a moved window is being read again, what it held is better than nothing.
	#answer = $derived.by(() => (this.#lastAnswer = this.#query.current ?? this.#lastAnswer));

	readonly byId = $derived(byId(this.#answer?.rows ?? []));
	/** The same array as long as the same rows stand in the same order. */
	readonly keys = $derived.by((): readonly RowKey[] => {
		const keys = (this.#answer?.rows ?? []).map(({ id, startedAt }) => ({ id, startedAt }));
		return sameKeys(keys, this.#lastKeys) ? this.#lastKeys : (this.#lastKeys = keys);
	});

	constructor(above: ListWindow | null, read: ReadRows, live: Live) {
		this.#above = above;
		this.#read = read;
		this.#live = live;
	}

	get loaded(): boolean {
		return this.#answer !== null;
	}

	/** Start of the oldest row, epoch ms; -Infinity when nothing older is left. */
	get from(): number {
		return this.#answer?.from ?? -Infinity;
	}

	get error(): unknown {
		return this.#query.error;
	}

	async #rowsBefore(db: MusterDb, before: number): Promise<WindowAnswer> {
		const limit = this.#settled ? MOST_ROWS : WINDOW_ROWS;
		let rows = await this.#read(db, this.#from, before, limit + 1);
		if (rows.length > limit) {
			// Rows of one millisecond stay together, since a window ends at a moment.
			const edge = rows.at(-1)?.startedAt ?? before;
			rows = rows.filter(({ startedAt }) => startedAt > edge);
			if (rows.length === 0) rows = await this.#read(db, edge, before, Infinity);
			this.#from = rows.at(-1)?.startedAt ?? edge;
		}
		this.#settled = true;
		return { rows, from: this.#from };
	}
}

/** A whole list as far as it has been looked at: windows one below the other. */
export class ListWindows {
	#read: ReadRows;
	#live: Live;
	#windows = $state.raw<readonly ListWindow[]>([]);

	readonly keys = $derived(this.#windows.flatMap((window) => window.keys));

	constructor(read: ReadRows, live: Live) {
		this.#read = read;
		this.#live = live;
		this.#windows = [new ListWindow(null, read, live)];
	}

	/** Whether the first rows have been read. */
	get loaded(): boolean {
		return this.#windows[0]?.loaded ?? false;
	}

	/** Whether older rows are left to read. */
	get more(): boolean {
		const last = this.#windows.at(-1);
		return last !== undefined && last.loaded && last.from > -Infinity;
	}

	get error(): unknown {
		return this.#windows.find((window) => window.error !== undefined)?.error;
	}

	row(id: string): SessionRow | undefined {
		for (const window of this.#windows) {
			const row = window.byId.get(id);
			if (row) return row;
		}
		return undefined;
	}

	/** Reads the next window, unless one is under way or nothing is left. */
	loadMore(): void {
		const last = this.#windows.at(-1);
		if (!last || !this.more) return;
		this.#windows = [...this.#windows, new ListWindow(last, this.#read, this.#live)];
	}
}
