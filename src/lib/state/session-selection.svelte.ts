import type { SessionList } from './session-list.svelte';
import { sessionList } from './session-list.svelte';

/** The sessions that are selected, on the screen or not. Nothing of it outlives the list that is shown. */
export class SessionSelection {
	#list: SessionList;
	#ids = $state.raw<ReadonlySet<string>>(new Set());
	/** Where a range begins: the row that was selected last by itself. */
	#anchor: string | null = null;
	#reading: AbortController | null = null;

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

	/** Selects the rows from the one selected last to this one, in addition. */
	async extendTo(id: string): Promise<void> {
		const to = this.#list.indexOf(id);
		const from = this.#anchor === null ? -1 : this.#list.indexOf(this.#anchor);
		if (to < 0) return;
		this.#anchor ??= id;
		const ids = from < 0 ? [id] : await this.#list.idsBetween(from, to);
		this.#ids = new Set([...this.#ids, ...ids]);
	}

	/** Every row of the list, whether it has been looked at or not. */
	async selectAll(): Promise<void> {
		this.#reading?.abort();
		const reading = (this.#reading = new AbortController());
		const ids = await this.#list.allIds(reading.signal);
		if (!reading.signal.aborted) this.#ids = new Set(ids);
	}

	clear(): void {
		this.#reading?.abort();
		this.#anchor = null;
		if (this.size > 0) this.#ids = new Set();
	}
}

export const selection = new SessionSelection(sessionList);
