import type { SessionRow } from '../domain/session-row';
import { facet, facetRange } from '../domain/views/facets';
import type { MusterDb } from './db';

/** The `limit` runs that began last of those that came to an end well, newest first. */
export function latestResults(db: MusterDb, limit: number): Promise<SessionRow[]> {
	const { from, before } = facetRange('run', facet('status', 'completed'));
	return db.sessions.where('facets').between(from, before).reverse().limit(limit).toArray();
}
