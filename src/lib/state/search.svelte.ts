import type { EngineApi } from '../domain/rpc';
import { parseQuery } from '../domain/search/query';
import type { SearchAnswer, SearchHit, SearchPlace } from '../domain/search/results';
import { app } from './app.svelte';

/** While sessions are still being indexed, the same query is asked again this often, ms. */
const AGAIN_MS = 2000;
/** Hits of one answer. */
const PAGE = 12;

type Ask = (value: EngineApi['search']['ask']) => Promise<SearchAnswer>;

/**
 * A search of all sessions: hits come in as they are found, and what is typed meanwhile takes their place. Asks
 * nothing while `query` has no words.
 */
export class SessionSearch {
	#query = $state('');
	#hits = $state.raw<readonly SearchHit[]>([]);
	#next = $state.raw<SearchPlace | null>(null);
	#busy = $state(false);
	#failed = $state(false);
	/** The query that `hits` are of: the hits of the last one stay until the first of the next. */
	#shown = '';
	#indexing = $state(0);
	#wanted: number;
	#turn = 0;
	#again: ReturnType<typeof setTimeout> | null = null;
	/** What is shown is being looked for again. */
	#refreshing = false;

	/** `first`: hits asked for before anybody wants more. */
	constructor(
		private readonly first = 24,
		private readonly ask: Ask = (value) => app.ask('search', value),
	) {
		this.#wanted = first;
	}

	get query(): string {
		return this.#query;
	}
	set query(typed: string) {
		if (typed === this.#query) return;
		this.#query = typed;
		this.#wanted = this.first;
		void this.#run();
	}

	/** Whether there is something to look for. */
	get active(): boolean {
		return parseQuery(this.#query).terms.length > 0;
	}

	/** Newest sessions first. */
	get hits(): readonly SearchHit[] {
		return this.#hits;
	}

	/** Whether there is, or may be, more than {@link hits}. */
	get more(): boolean {
		return this.#next !== null;
	}

	get busy(): boolean {
		return this.#busy;
	}

	get failed(): boolean {
		return this.#failed;
	}

	/** Sessions whose latest words may be missing. */
	get indexing(): number {
		return this.#indexing;
	}

	loadMore(): void {
		if (this.#next === null || (this.#busy && !this.#refreshing)) return;
		this.#wanted = this.#hits.length + this.first;
		// What is being looked for again goes on until it has as many.
		if (!this.#busy) void this.#run(this.#next);
	}

	/** Asks nothing any more, as when what shows the hits has gone. */
	stop(): void {
		this.#turn++;
		this.#busy = false;
		if (this.#again !== null) clearTimeout(this.#again);
		this.#again = null;
	}

	async #run(after: SearchPlace | null = null): Promise<void> {
		this.stop();
		const turn = this.#turn;
		const query = this.#query;
		if (!this.active) {
			this.#hits = [];
			this.#next = null;
			this.#failed = false;
			this.#shown = query;
			return;
		}
		this.#busy = true;
		let hits = after === null ? [] : this.#hits;
		this.#refreshing = after === null && this.#shown === query && this.#hits.length > 0;
		try {
			for (let from = after; ;) {
				const answer = await this.ask({ query, after: from, limit: PAGE });
				if (turn !== this.#turn) return;
				hits = merged(hits, answer.hits);
				from = answer.next;
				const enough = from === null || hits.length >= this.#wanted;
				// Until there is something to show instead, what was found last keeps its place; what is looked for
				// again keeps it until there is as much of it, or the list would shrink and grow.
				if (enough || (hits.length > 0 && !this.#refreshing)) {
					this.#hits = hits;
					this.#next = from;
					this.#shown = query;
				}
				this.#indexing = answer.indexing;
				if (enough) break;
			}
			this.#failed = false;
			if (this.#indexing > 0) this.#again = setTimeout(() => void this.#run(), AGAIN_MS);
		} catch {
			if (turn !== this.#turn) return;
			this.#failed = true;
			if (this.#shown !== query) {
				this.#hits = [];
				this.#next = null;
			}
		}
		this.#busy = false;
	}
}

/** A session has one hit: the one heard of last. */
function merged(known: readonly SearchHit[], more: readonly SearchHit[]): readonly SearchHit[] {
	if (more.length === 0) return known;
	const byId = new Map([...known, ...more].map((hit) => [hit.row.id, hit]));
	return [...byId.values()].sort(
		(a, b) => b.row.startedAt - a.row.startedAt || (a.row.id < b.row.id ? 1 : -1),
	);
}

/** The search of the list of runs; the address of the list says what is looked for. */
export const runSearch = new SessionSearch();
