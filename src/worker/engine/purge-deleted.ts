import { DELETED_KEPT_MS } from '$lib/domain/views/gone-in';
import { deletedBefore, purgeSessions } from '$lib/store/filing';
import type { Journal } from '../journal/journal';

const DAY_MS = 86_400_000;
/** Sessions taken away in one transaction. */
const AT_ONCE = 50;

/** Takes away for good what has been in Deleted for 30 days. Resolves with how many sessions that were. */
export async function purgeDeleted(journal: Pick<Journal, 'parts' | 'close'>): Promise<number> {
	const { db, now } = journal.parts;
	const ids = await deletedBefore(db, now() - DELETED_KEPT_MS);
	let gone = 0;
	for (let at = 0; at < ids.length; at += AT_ONCE) {
		const some = ids.slice(at, at + AT_ONCE);
		for (const id of some) journal.close(id);
		gone += await purgeSessions(db, some);
	}
	return gone;
}

/** Does so now and every day. `failed` hears of what went wrong; the next day is another try. Returns the stop. */
export function purgeDaily(
	journal: Pick<Journal, 'parts' | 'close'>,
	failed: (error: unknown) => void,
): () => void {
	const purge = () => void purgeDeleted(journal).catch(failed);
	purge();
	const timer = setInterval(purge, DAY_MS);
	return () => clearInterval(timer);
}
