/** When a room's batches are replaced by one snapshot. docs/sync.md [6.2] */

/** More batches than this are worth a snapshot. */
export const MOST_BATCHES = 64;

/** A batch that was opened and applied; `bytes` is its length. */
export interface AppliedBatch {
	bytes: number;
	/** The relay has confirmed it. */
	confirmed: boolean;
}

/**
 * Whether those of the applied batches that may go should go: `snapshotBytes` is about what the snapshot would have.
 * A single batch is never replaced.
 */
export function worthCompacting(batches: readonly AppliedBatch[], snapshotBytes: number): boolean {
	const free = batches.filter(({ confirmed }) => confirmed);
	if (free.length < 2) return false;
	const bytes = free.reduce((sum, batch) => sum + batch.bytes, 0);
	return free.length > MOST_BATCHES || (free.length > 8 && bytes > 2 * snapshotBytes);
}
