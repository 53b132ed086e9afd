/** When a room's batches are replaced by one snapshot. docs/sync.md [6.2] */

/** More batches than this are worth a snapshot. */
export const MOST_BATCHES = 64;

/** A batch that was opened and applied; `bytes` is its length. */
export interface AppliedBatch {
	bytes: number;
	/** The relay has confirmed it. */
	confirmed: boolean;
}

/** Fewer than this are left alone, whatever they weigh. */
const FEWEST_BATCHES = 9;

/**
 * Whether those of the applied batches that may go should go: `snapshotBytes` gives about what the snapshot would have,
 * and is asked only where that decides.
 */
export function worthCompacting(
	batches: readonly AppliedBatch[],
	snapshotBytes: () => number,
): boolean {
	const free = batches.filter(({ confirmed }) => confirmed);
	if (free.length < FEWEST_BATCHES) return false;
	if (free.length > MOST_BATCHES) return true;
	return free.reduce((sum, { bytes }) => sum + bytes, 0) > 2 * snapshotBytes();
}
