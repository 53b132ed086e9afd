import type { Failure } from '$lib/domain/log/event';
import { StorageFullError } from '$lib/store/log';

/** Times a session may break without having got any further; the last one ends it. */
const MOST_BREAKS = 2;

/** What was done for a session before it broke. */
export interface Attempt {
	/** Whether a model call was made, which somebody pays for. */
	calledModel: boolean;
	/** Model calls that had ended; undefined where nobody knows. */
	turns?: number;
}

/** Counts how often sessions broke because what happened could not be written down. */
export class Breaks {
	#seen = new Map<string, { turns: number; times: number }>();

	/** Counts one more; anew where more model calls had ended than before. */
	tooMany(sessionId: string, turns?: number): boolean {
		const before = this.#seen.get(sessionId);
		const isFurther = before && turns !== undefined && turns > before.turns;
		const times = before && !isFurther ? before.times + 1 : 1;
		this.#seen.set(sessionId, { turns: turns ?? before?.turns ?? 0, times });
		return times >= MOST_BREAKS;
	}

	forget(sessionId: string): void {
		this.#seen.delete(sessionId);
	}
}

/** Why a session was ended that could not be written down. */
export function notWritten(error: unknown): Failure {
	if (error instanceof StorageFullError)
		return {
			code: 'storage-full',
			message: 'There was no room left on this device to write down what happened.',
			advice: 'Free some space (Settings, Storage shows what is used), then retry.',
		};
	const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
	return {
		code: 'not-written',
		message: `What happened could not be written down on this device, twice in a row (${what.slice(0, 200)}).`,
		advice:
			'Retry, or choose another model. If it happens again, export the session and report it.',
	};
}
