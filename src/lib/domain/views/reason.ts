import { formatUntil } from '../format';
import { RATE_LIMITED, type StatusView } from './status';

/** Why a session waits or failed, with the time it goes on by itself: "Rate-limited until 14:32". */
export function reasonOf(
	{ reason, until }: Pick<StatusView, 'reason' | 'until'>,
	nowMs: number,
): string {
	if (!reason || until === null) return reason;
	// Of a limit it is known when it ends; of everything else only when it is looked at again.
	return reason === RATE_LIMITED
		? `${reason} until ${formatUntil(until, nowMs)}`
		: `${reason}, next try ${formatUntil(until, nowMs)}`;
}
