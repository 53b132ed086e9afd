/** Comparing more than this takes longer than a page may stand still, UTF-16 units. */
const MOST_CHARS = 400_000;

/** Whether two texts are compared only when that is asked for. */
export function isLarge(before: string | null, after: string | null): boolean {
	return (before?.length ?? 0) + (after?.length ?? 0) > MOST_CHARS;
}
