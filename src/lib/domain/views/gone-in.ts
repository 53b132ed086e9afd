const DAY_MS = 86_400_000;

/** How long what was deleted can be brought back, ms. */
export const DELETED_KEPT_MS = 30 * DAY_MS;

/** "Gone for good in 12 days": what is left of that time, for a session deleted at a moment. Both epoch ms. */
export function goneIn(deletedAt: number, now: number): string {
	const days = Math.ceil((deletedAt + DELETED_KEPT_MS - now) / DAY_MS);
	if (days <= 0) return 'Gone for good today';
	return days === 1 ? 'Gone for good in a day' : `Gone for good in ${days} days`;
}
