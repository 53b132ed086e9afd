/** What led to a call: why it was made, in the agent's words, and the steps before it. */
import type { ToolPart, TranscriptItem, TurnItem } from './transcript-items';

/** The text an agent wrote just before a call, in the same message; empty when it wrote none. */
export function reasonFor(turn: TurnItem, call: ToolPart): string {
	const text = turn.parts.findLast((part) => part.type === 'text' && part.index < call.index);
	return text?.type === 'text' ? text.text.trim() : '';
}

/** Up to `most` finished calls of the same actor before this one, oldest first. */
export function stepsBefore(
	items: readonly TranscriptItem[],
	turn: TurnItem,
	call: ToolPart,
	most = 3,
): ToolPart[] {
	const steps: ToolPart[] = [];
	let place = items.findLastIndex((item) => item.kind === 'turn' && item.id === turn.id);
	for (; place >= 0 && steps.length < most; place--) {
		const item = items[place];
		if (item?.kind !== 'turn' || item.actor !== turn.actor) continue;
		for (const part of item.parts.toReversed()) {
			if (part.type !== 'tool' || !part.result) continue;
			if (item.id === turn.id && part.index >= call.index) continue;
			if (steps.length < most) steps.unshift(part);
		}
	}
	return steps;
}
