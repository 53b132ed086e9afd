import type { SessionList } from './session-list.svelte';
import { sessionList } from './session-list.svelte';

/** The sessions that are selected, on the screen or not. Nothing of it outlives the list that is shown. */
export class SessionSelection {
	#list: SessionList;
	#ids = $state.raw<ReadonlySet<string>>(new Set());
	/** Where a range begins: the row that was selected last by itself. */
	#anchor: string | null = null;
	#reading = new AbortController();
	/** What is on its way into it. */
	#coming: Promise<unknown> = Promise.resolve();

	constructor(list: SessionList) {
		this.#list = list;
	}

	get size(): number {
		return this.#ids.size;
	}

	get ids(): string[] {
		return [...this.#ids];
	}

	has(id: string): boolean {
		return this.#ids.has(id);
	}

	/** Whether every row of the list is selected, as far as anybody knows how many there are. */
	get all(): boolean {
		return this.size > 0 && this.size === this.#list.total;
	}

	toggle(id: string): void {
		const next = new Set(this.#ids);
		if (!next.delete(id)) next.add(id);
		this.#ids = next;
		this.#anchor = id;
	}

	/** The ids once everything asked for so far is among them: what is done to rows may be pressed before that. */
	async settled(): Promise<string[]> {
		for (let seen; seen !== this.#coming; await seen) seen = this.#coming;
		return this.ids;
	}

	/** Takes in what selects by and by. */
	follow(work: Promise<unknown>): void {
		this.#coming = Promise.all([this.#coming, work]);
	}

	/** Selects the rows from the one selected last to this one, in addition. */
	extendTo(id: string): void {
		const to = this.#list.indexOf(id);
		const from = this.#anchor === null ? -1 : this.#list.indexOf(this.#anchor);
		if (to < 0) return;
		this.#anchor ??= id;
		this.#read(async (signal) => {
			const ids = from < 0 ? [id] : await this.#list.idsBetween(from, to);
			if (!signal.aborted) this.#ids = new Set([...this.#ids, ...ids]);
		});
	}

	/** Every row of the list, whether it has been looked at or not. */
	selectAll(): void {
		this.#stopReading();
		this.#read(async (signal) => {
			const ids = await this.#list.allIds(signal);
			if (!signal.aborted) this.#ids = new Set(ids);
		});
	}

	#read(work: (signal: AbortSignal) => Promise<void>): void {
		this.follow(work(this.#reading.signal));
	}

	#stopReading(): void {
		this.#reading.abort();
		this.#reading = new AbortController();
		this.#coming = Promise.resolve();
	}

	clear(): void {
		this.#stopReading();
		this.#anchor = null;
		if (this.size > 0) this.#ids = new Set();
	}
}

export const selection = new SessionSelection(sessionList);
