import { lookupsOf, parseQuery, type Lookup } from '$lib/domain/search/query';
import type { MusterDb } from '$lib/store/db';
import {
	blockOf,
	blockRange,
	documentsAt,
	documentsOf,
	newestFirst,
	newestTasks,
	placeOf,
	postingsOf,
	postingsUnder,
	startsBelow,
	type SessionStart,
} from '$lib/store/search-index';
import { rowsById } from '$lib/store/session-windows';

/** Before the newest session. */
export const NEWEST: SessionStart = { startedAt: Infinity, id: '' };

/** Sessions that are looked up in the index in one go: few at first, for a quick answer. */
const FIRST_BITE = 64;
const BITE = 256;
/** Going through all sessions pays while at least one of so many is a candidate. */
const WORTH = 64;
/** Blocks whose words are asked for in one go. */
const BLOCKS_AT_ONCE = 16;
/** Sessions that have changed and are candidates although the index does not know the change yet. */
const UNINDEXED = 16;

/**
 * Candidates of one query, newest session first. Numbers of the index say little about when a session began: an
 * import, or another device, brings older ones at any time. So sessions are taken in their own order and looked up in
 * the index, while many of them are candidates; where few are, the postings of all blocks name them, to be sorted.
 */
export class Walk {
	#at: SessionStart;
	#candidates: SessionStart[] = [];
	#reading: AsyncGenerator<void>;
	#read = false;
	#lookups: Lookup[];
	/** Places of candidates, of every block that was opened. */
	#blocks = new Map<number, ReadonlySet<number>>();

	/** `indexing`: sessions that the index did not know when the walk began. */
	constructor(
		readonly db: MusterDb,
		readonly query: string,
		after: SessionStart,
		readonly indexing: number,
	) {
		this.#at = { startedAt: after.startedAt, id: after.id };
		this.#lookups = parseQuery(query).terms.flatMap(lookupsOf);
		this.#reading = this.#readAll();
	}

	/** The last session that is settled, and with it all that are newer. */
	get at(): SessionStart {
		return this.#at;
	}

	get ended(): boolean {
		return this.#read && this.#candidates.length === 0;
	}

	/** The next ones of those that are known; none: {@link read}. */
	candidates(most: number): SessionStart[] {
		return this.#candidates.slice(0, most);
	}

	/** The first of the candidates is settled. */
	pass(candidate: SessionStart): void {
		this.#candidates.shift();
		this.#at = candidate;
	}

	/** Reads a piece of the index, after which there may be candidates. */
	async read(): Promise<void> {
		this.#read = (await this.#reading.next()).done === true;
	}

	async *#readAll(): AsyncGenerator<void> {
		const unindexed = await this.#unindexed();
		for (let bite = FIRST_BITE; ; bite = BITE) {
			const starts = await startsBelow(this.db, this.#at, bite);
			const documents = await documentsOf(
				this.db,
				starts.map(({ id }) => id),
			);
			yield* this.#open([...documents.values()].map(({ n }) => blockOf(n)));
			const known = new Set(unindexed.map(({ id }) => id));
			for (const { n, sessionId } of documents.values())
				if (this.#blocks.get(blockOf(n))?.has(placeOf(n))) known.add(sessionId);
			const found = starts.filter(({ id }) => known.has(id));
			this.#candidates = found;
			if (starts.length < bite) return;
			yield;
			this.#at = starts.at(-1) ?? this.#at;
			if (found.length * WORTH < bite) break;
		}
		const range = await blockRange(this.db);
		const blocks = range
			? Array.from({ length: range.last - range.first + 1 }, (_, i) => range.last - i)
			: [];
		yield* this.#open(blocks);
		const found = new Map(unindexed.map((start) => [start.id, start]));
		for (const block of blocks) {
			const places = this.#blocks.get(block);
			if (!places?.size) continue;
			for (const { sessionId, startedAt } of await documentsAt(this.db, block, places))
				if (!found.has(sessionId)) found.set(sessionId, { startedAt, id: sessionId });
			yield;
		}
		this.#candidates = [...found.values()]
			.filter((start) => newestFirst(this.#at, start) < 0)
			.sort(newestFirst);
	}

	/** Sessions that the index has yet to read (again), as far as there are few. */
	async #unindexed(): Promise<SessionStart[]> {
		const tasks = await newestTasks(this.db, UNINDEXED * 4);
		const ids = [...new Set(tasks.map(({ sessionId }) => sessionId))].slice(0, UNINDEXED);
		const rows = await rowsById(this.db, ids);
		return rows.flatMap((row) => (row ? [{ startedAt: row.startedAt, id: row.id }] : []));
	}

	/** Finds the candidates in blocks that were not opened yet. */
	async *#open(blocks: readonly number[]): AsyncGenerator<void> {
		const closed = [...new Set(blocks)].filter((block) => !this.#blocks.has(block));
		for (let at = 0; at < closed.length; at += BLOCKS_AT_ONCE) {
			const some = closed.slice(at, at + BLOCKS_AT_ONCE);
			for await (const [block, places] of placesIn(this.db, some, this.#lookups)) {
				this.#blocks.set(block, places);
				yield;
			}
		}
	}
}

/** Places with every word, block by block. */
async function* placesIn(
	db: MusterDb,
	blocks: readonly number[],
	lookups: readonly Lookup[],
): AsyncGenerator<[block: number, places: ReadonlySet<number>]> {
	const words = lookups.filter(({ open }) => !open).map(({ word }) => word);
	const beginnings = lookups.filter(({ open }) => open).map(({ word }) => word);
	const known = await postingsOf(
		db,
		blocks.flatMap((block) => words.map((word): [number, string] => [block, word])),
	);
	for (const [i, block] of blocks.entries()) {
		const postings = known.slice(i * words.length, (i + 1) * words.length);
		const whole = postings.filter((posting) => posting !== undefined);
		let places: Set<number> | null = null;
		if (whole.length === words.length) {
			for (const posting of whole) places = narrowed(places, [posting]);
			for (const beginning of beginnings) {
				if (places?.size === 0) break;
				places = narrowed(places, await postingsUnder(db, block, beginning));
			}
		}
		yield [block, places ?? new Set()];
	}
}

/** Those of `places` (null: all) that are in any of the postings. */
function narrowed(places: Set<number> | null, postings: readonly Uint16Array[]): Set<number> {
	const next = new Set<number>();
	for (const posting of postings)
		for (const place of posting) if (!places || places.has(place)) next.add(place);
	return next;
}
