import type { Failure, PartType, TurnId } from './log/event';

/** BroadcastChannel on which a workspace's active worker tells every page that shows it what is streaming. */
export const liveChannel = (database: string): string => `${database}-live`;

/**
 * Text that has just arrived from a model and is not yet in the store, sent about once a frame. `from` is the
 * position (UTF-16 code units) of `text` in its part, so a page that missed one sees the gap and waits for the
 * durable delta.
 */
export interface LiveDelta {
	type: 'delta';
	sessionId: string;
	turnId: TurnId;
	index: number;
	part: PartType;
	/** For `tool-input`: the tool whose input it is. */
	tool?: string;
	from: number;
	text: string;
}

/** Something stands in the engine's way on this device as a whole (no room left); null: no longer. */
export interface LiveTrouble {
	type: 'trouble';
	failure: Failure | null;
}
export type LiveMessage = LiveDelta | LiveTrouble;
