/**
 * The rows of a list in windows of key ranges: what is read grows with what is shown, never with what is stored.
 */
import type { SessionRow } from '../domain/session-row';
import { facet, facetRange, type Facet } from '../domain/views/facets';
import type { ListView } from '../domain/views/list';
import type { MusterDb } from './db';

/** Epoch ms: from `from` on, and before `before`. */
export interface TimeRange {
	from: number;
	before: number;
}

const facetOf: Record<ListView, Facet> = {
	all: 'all',
	'needs-you': 'needs-you',
	running: facet('status', 'running'),
	failed: facet('status', 'failed'),
};

/** The newest `limit` rows of a view whose start lies in `range`, newest first. */
export function rowsBetween(
	db: MusterDb,
	view: ListView,
	range: TimeRange,
	limit: number,
): Promise<SessionRow[]> {
	const { from, before } = facetRange('run', facetOf[view], range);
	return db.sessions.where('facets').between(from, before).reverse().limit(limit).toArray();
}

/** These rows, in the order of the ids; undefined for those that are gone. */
export function rowsById(db: MusterDb, ids: string[]): Promise<(SessionRow | undefined)[]> {
	return db.sessions.bulkGet(ids);
}
