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
	// Written as async: only then does Dexie follow a query through steps that read nothing.
	const subscription = liveQuery(async () => query()).subscribe({ next, error: failed });
	return () => subscription.unsubscribe();
}
