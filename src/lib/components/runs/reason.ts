import { formatUntil } from '$lib/domain/format';
import type { SessionRow } from '$lib/domain/session-row';

/** Why a row waits or failed, with the time it goes on by itself: "Rate-limited until 14:32". */
export function reasonOf(
	{ reason, until }: Pick<SessionRow, 'reason' | 'until'>,
	nowMs: number,
): string {
	return reason && until !== null ? `${reason} until ${formatUntil(until, nowMs)}` : reason;
}
