import { lookupsOf, parseQuery, type Lookup, type SearchQuery } from '$lib/domain/search/query';
import type { SearchAnswer, SearchAsk, SearchHit } from '$lib/domain/search/results';
import type { MusterDb } from '$lib/store/db';
import {
	BLOCK,
	blockOf,
	blockRange,
	countTasks,
	documentsByNumber,
	newestTasks,
	postingsOf,
	postingsUnder,
} from '$lib/store/search-index';
import { rowsById } from '$lib/store/session-windows';
import { lookInto } from './look-into';

/** An answer is given after this long, with what was found by then, ms. */
const SLICE_MS = 60;
/** Blocks whose words are asked for in one go. */
const BLOCKS_AT_ONCE = 16;
/** Candidates whose rows are read in one go. */
const ROWS_AT_ONCE = 8;
/** Sessions that have changed and are read although the index does not know the change yet. */
const UNINDEXED = 16;

/**
 * Looks for words in every session that is not in Deleted. The index names candidates; a session is a hit once its
 * log was read and holds all of the query, so that what is shown is always true.
 */
export async function search(db: MusterDb, ask: SearchAsk): Promise<SearchAnswer> {
	const { query, after, limit } = ask;
	const parsed = parseQuery(query);
	const indexing = await countTasks(db);
	if (parsed.terms.length === 0) return { hits: [], next: null, indexing };
	const until = performance.now() + SLICE_MS;
	const hits = after === null && indexing > 0 ? await unindexedHits(db, parsed) : [];
	for await (const { n, sessionId } of candidates(db, parsed, after)) {
		if (sessionId !== null) {
			const [row] = await rowsById(db, [sessionId]);
			const hit = row && row.deletedAt === null ? await lookInto(db, row, parsed) : null;
			if (hit) hits.push(hit);
		}
		if (hits.length >= limit || performance.now() > until) return { hits, next: n, indexing };
	}
	return { hits, next: null, indexing };
}

/** Sessions that the index has yet to read (again), as far as there are few. */
async function unindexedHits(db: MusterDb, query: SearchQuery): Promise<SearchHit[]> {
	const tasks = await newestTasks(db, UNINDEXED * 4);
	const ids = [...new Set(tasks.map(({ sessionId }) => sessionId))].slice(0, UNINDEXED);
	const hits: SearchHit[] = [];
	for (const row of await rowsById(db, ids)) {
		const hit = row && row.deletedAt === null ? await lookInto(db, row, query) : null;
		if (hit) hits.push(hit);
	}
	return hits;
}

/** A place to stop and go on from; with `sessionId`, a session that may hold the query. */
interface Step {
	n: number;
	sessionId: string | null;
}

/** From the highest number below `after` downwards. */
async function* candidates(
	db: MusterDb,
	query: SearchQuery,
	after: number | null,
): AsyncGenerator<Step> {
	const range = await blockRange(db);
	if (!range) return;
	const below = after ?? Infinity;
	const lookups = query.terms.flatMap(lookupsOf);
	for (
		let block = Math.min(range.last, blockOf(below - 1));
		block >= range.first;
		block -= BLOCKS_AT_ONCE
	) {
		const blocks = Array.from({ length: BLOCKS_AT_ONCE }, (_, i) => block - i).filter(
			(one) => one >= range.first,
		);
		for await (const [one, places] of placesIn(db, blocks, lookups)) {
			const numbers = places.map((place) => one * BLOCK + place).filter((n) => n < below);
			for (let at = 0; at < numbers.length; at += ROWS_AT_ONCE) {
				const some = numbers.slice(at, at + ROWS_AT_ONCE);
				const documents = await documentsByNumber(db, some);
				for (const [i, n] of some.entries()) {
					const document = documents[i];
					if (document && !document.gone) yield { n, sessionId: document.sessionId };
				}
			}
			yield { n: one * BLOCK, sessionId: null };
		}
	}
}

/** Places with every word, falling, block by block. */
async function* placesIn(
	db: MusterDb,
	blocks: readonly number[],
	lookups: readonly Lookup[],
): AsyncGenerator<[block: number, places: number[]]> {
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
		yield [block, [...(places ?? [])].sort((a, b) => b - a)];
	}
}

/** Those of `places` (null: all) that are in any of the postings. */
function narrowed(places: Set<number> | null, postings: readonly Uint16Array[]): Set<number> {
	const next = new Set<number>();
	for (const posting of postings)
		for (const place of posting) if (!places || places.has(place)) next.add(place);
	return next;
}
