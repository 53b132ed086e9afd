import type { SessionRow } from '../domain/session-row';
import { facetKeysOf } from '../domain/views/facets';

/** A row with the keys of the index of facets. */
export interface StoredRow extends SessionRow {
	facets: string[];
}

export function stored(row: SessionRow): StoredRow {
	return { ...row, facets: facetKeysOf(row) };
}

/** How many rows there are behind a key of `countKey`, or what was spent on a day (`spendKey`). Absent: none. */
export interface CountRecord {
	key: string;
	n: number;
}
