import { liveQuery } from 'dexie';

/**
 * Runs `query` now and again whenever what it read has changed, in any tab or worker of this device.
 * Errors of the query go to `failed`. Returns the stop.
 */
export function observe<T>(
	query: () => T | Promise<T>,
	next: (value: T) => void,
	failed: (error: unknown) => void,
): () => void {
	const subscription = liveQuery(query).subscribe({ next, error: failed });
	return () => subscription.unsubscribe();
}
