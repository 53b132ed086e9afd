import { formatDuration } from '../format';
import type { Failure } from '../log/event';

/** Tries of one model call, the first included. */
export const MAX_TRIES = 8;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** While this device is offline, look again this often; coming back online ends the wait at once. */
export const OFFLINE_WAIT_MS = 30_000;
/** An endpoint may ask for more patience than this; then a person should decide. */
export const LONGEST_RETRY_AFTER_MS = 60 * 60_000;

export interface FailedCall {
	failure: Failure;
	retryable: boolean;
	/** The endpoint's own wish, ms from now. */
	retryAfterMs?: number;
	/** It was made before its time, because this device said that it is back online. */
	early?: boolean;
}

/** What to do about a call that is not made again, although it might work later. `tries`: the failed ones. */
export function adviceAtEnd({ failure, retryAfterMs = 0 }: FailedCall, tries: number): string {
	if (retryAfterMs > LONGEST_RETRY_AFTER_MS)
		return `The endpoint asks to wait ${formatDuration(retryAfterMs)}. Retry after that, or choose another model.`;
	const times = tries === 1 ? 'once' : `${tries} times`;
	const where = ownAdvice.has(failure.code)
		? failure.advice
		: 'Retry later, or choose another model.';
	return `It was tried ${times}. ${where ?? ''}`.trim();
}

/** Their advice says what to look at, and nothing of another try. */
const ownAdvice = new Set(['network']);

/** Whether the call only waits for the network: a device that is back online need not wait any longer. */
export function waitsForNetwork(failure: Failure | null): boolean {
	return failure?.code === 'offline' || failure?.code === 'network';
}

/**
 * When a failed model call is made again: after the endpoint's own wish, else after 1, 2, 4 … 60 seconds, each
 * lengthened by up to a quarter so that many runs do not come back in one wave ("full jitter" spreads wider, but
 * a wait shorter than announced helps nobody). Null: never.
 * `tries` counts the failed ones, this one included; `random` in [0, 1).
 */
export function retryPlan(
	failed: FailedCall,
	tries: number,
	now: number,
	random: number,
): { retryAt: number; counts: boolean } | null {
	if (failed.failure.code === 'offline') return { retryAt: now + OFFLINE_WAIT_MS, counts: false };
	if (!failed.retryable || tries >= MAX_TRIES) return null;
	if (failed.retryAfterMs !== undefined) {
		if (failed.retryAfterMs > LONGEST_RETRY_AFTER_MS) return null;
		return { retryAt: now + failed.retryAfterMs, counts: true };
	}
	const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
	// A network that comes and goes must not use up the tries: each time it comes, a call is made before its time.
	const counts = !(failed.early && waitsForNetwork(failed.failure));
	return { retryAt: now + Math.round(wait * (1 + random / 4)), counts };
}
