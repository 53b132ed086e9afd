import type { LiveDelta } from '../domain/live';
import type { PartType, TurnId } from '../domain/log/event';

/** Text of one part that is streaming, ahead of the store. */
export interface LivePart {
	turnId: TurnId;
	index: number;
	part: PartType;
	/** For `tool-input`. */
	tool?: string;
	/** Everything known of the part, from its start. */
	text: string;
	/** Deltas beyond a gap; they wait until the store has caught up. */
	ahead: readonly LiveDelta[];
}

export function newLivePart({ turnId, index, part, tool }: LiveDelta): LivePart {
	return { turnId, index, part, tool, text: '', ahead: [] };
}

/**
 * The part after more of its text has come, live (`deltas`, in any order, overlapping or twice) or through the
 * store (`durable`, from the part's start). What is known already is not taken again, and nothing is taken
 * beyond a gap.
 */
export function joinDeltas(
	part: LivePart,
	durable: string,
	deltas: readonly LiveDelta[],
): LivePart {
	let text = durable.length > part.text.length ? durable : part.text;
	const ahead: LiveDelta[] = [];
	const waiting = [...part.ahead, ...deltas].sort((a, b) => a.from - b.from);
	for (const delta of waiting) {
		if (delta.from > text.length) ahead.push(delta);
		else if (delta.from + delta.text.length > text.length)
			text += delta.text.slice(text.length - delta.from);
	}
	if (text === part.text && ahead.length === part.ahead.length) return part;
	return { ...part, text, ahead };
}

export const partKey = (turnId: TurnId, index: number): string => `${turnId}:${index}`;

/** Deltas of each part, in the order they came. */
export function deltasByPart(deltas: readonly LiveDelta[]): Map<string, LiveDelta[]> {
	const parts = new Map<string, LiveDelta[]>();
	for (const delta of deltas) {
		const key = partKey(delta.turnId, delta.index);
		const known = parts.get(key);
		if (known) known.push(delta);
		else parts.set(key, [delta]);
	}
	return parts;
}
