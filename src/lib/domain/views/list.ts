import type { SessionRow } from '../session-row';

/** A row's place in a list: newest first, and by id (descending) within a millisecond. */
export interface RowKey {
	id: string;
	/** Epoch ms. */
	startedAt: number;
}

/** Negative when `one` stands above `other`. */
export function compareKeys(one: RowKey, other: RowKey): number {
	if (one.startedAt !== other.startedAt) return other.startedAt - one.startedAt;
	return one.id === other.id ? 0 : one.id > other.id ? -1 : 1;
}

export function byId(rows: readonly SessionRow[]): ReadonlyMap<string, SessionRow> {
	return new Map(rows.map((row) => [row.id, row]));
}

export function sameKeys(one: readonly RowKey[], other: readonly RowKey[]): boolean {
	return one.length === other.length && one.every((key, i) => key.id === other[i]?.id);
}

/** Time a session has been running, without its waits, as of `now`. Milliseconds. */
export function runningMs(row: Pick<SessionRow, 'activeMs' | 'runningSince'>, now: number): number {
	return row.activeMs + (row.runningSince === null ? 0 : Math.max(0, now - row.runningSince));
}

export interface HeldOrder<Key extends RowKey = RowKey> {
	/** What stands on the screen. */
	shown: Key[];
	/** Rows that would have moved others down, and wait. */
	waiting: number;
	/** Rows that stay in their place although the view no longer has them. */
	left: string[];
}

/**
 * Keeps rows in their place while somebody points at them. `held` is what stands there, `fresh` what the store
 * says now. Rows that come after all held ones follow below, where they move nothing; every other new row waits.
 * Rows that are `free` come and go all the same: somebody has just asked for it.
 */
export function holdOrder<Key extends RowKey>(
	held: readonly Key[],
	fresh: readonly Key[],
	{
		compare = compareKeys,
		free = () => false,
	}: { compare?: (one: Key, other: Key) => number; free?: (id: string) => boolean } = {},
): HeldOrder<Key> {
	const last = held.at(-1);
	const heldIds = new Set(held.map(({ id }) => id));
	const added = fresh.filter(({ id }) => !heldIds.has(id));
	if (!last || added.some(({ id }) => free(id))) return { shown: [...fresh], waiting: 0, left: [] };
	const freshIds = new Set(fresh.map(({ id }) => id));
	const below = added.filter((key) => compare(last, key) < 0);
	const stay = held.filter(({ id }) => freshIds.has(id) || !free(id));
	return {
		shown: [...stay, ...below],
		waiting: added.length - below.length,
		left: stay.filter(({ id }) => !freshIds.has(id)).map(({ id }) => id),
	};
}
