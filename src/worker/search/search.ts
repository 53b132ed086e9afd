import { parseQuery } from '$lib/domain/search/query';
import type { SearchAnswer, SearchAsk, SearchHit, SearchPlace } from '$lib/domain/search/results';
import type { MusterDb } from '$lib/store/db';
import { countTasks, newestFirst } from '$lib/store/search-index';
import { rowsById } from '$lib/store/session-windows';
import { lookInto } from './look-into';
import { NEWEST, Walk } from './walk';

/** An answer is given after this long, with what was found by then, ms. */
const SLICE_MS = 60;
/** Candidates whose rows are read in one go. */
const ROWS_AT_ONCE = 8;
/** Walks that are kept for the next ask: one for each field one can search in, and some that were typed over. */
const KEPT = 4;

/** Walks that have not come to their end, the one asked for last at the end. */
const kept = new Map<number, Walk>();
let walks = 0;

/**
 * Looks for words in every session that is not in Deleted. The index names candidates; a session is a hit once its
 * log was read and holds all of the query, so that what is shown is always true.
 */
export async function search(db: MusterDb, ask: SearchAsk): Promise<SearchAnswer> {
	const { query, after, limit } = ask;
	const parsed = parseQuery(query);
	const now = await countTasks(db);
	if (parsed.terms.length === 0) return { hits: [], next: null, indexing: now };
	const until = performance.now() + SLICE_MS;
	const id = after?.walk ?? ++walks;
	const walk = takeUp(db, query, after) ?? new Walk(db, query, after ?? NEWEST, now);
	const indexing = Math.max(now, walk.indexing);
	const hits: SearchHit[] = [];
	const stop = (): SearchAnswer => {
		if (walk.ended) return { hits, next: null, indexing };
		kept.set(id, walk);
		for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest);
		return { hits, next: { ...walk.at, walk: id }, indexing };
	};
	while (!walk.ended) {
		const candidates = walk.candidates(ROWS_AT_ONCE);
		if (candidates.length === 0) await walk.read();
		const rows = await rowsById(
			db,
			candidates.map(({ id }) => id),
		);
		for (const [i, candidate] of candidates.entries()) {
			const row = rows[i];
			const hit = row && row.deletedAt === null ? await lookInto(db, row, parsed) : null;
			if (hit) hits.push(hit);
			walk.pass(candidate);
			if (hits.length >= limit || performance.now() > until) return stop();
		}
		if (performance.now() > until) break;
	}
	return stop();
}

/** The walk that stopped at `place`. Nobody else goes on with it meanwhile. */
function takeUp(db: MusterDb, query: string, place: SearchPlace | null): Walk | null {
	const walk = place && kept.get(place.walk);
	if (!walk) return null;
	kept.delete(place.walk);
	// A worker that was started anew counts from the beginning.
	const same = walk.db === db && walk.query === query && newestFirst(walk.at, place) === 0;
	return same ? walk : null;
}
