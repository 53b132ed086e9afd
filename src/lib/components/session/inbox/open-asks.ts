import type {
	HoldItem,
	ToolPart,
	TranscriptItem,
	TurnItem,
} from '$lib/domain/views/transcript-items';

/** Something a session waits for: a call that asks, or a hold. */
export type OpenAsk =
	{ key: string; turn: TurnItem; part: ToolPart } | { key: string; hold: HoldItem };

/** What waits is at the end; items looked at. */
const LOOK_BACK = 200;

const asks: ReadonlySet<ToolPart['status']> = new Set(['asking', 'asked', 'interrupted']);

/** What a session waits for, in the order it came. */
export function openAsks(items: readonly TranscriptItem[]): OpenAsk[] {
	return items.slice(-LOOK_BACK).flatMap((item): OpenAsk[] => {
		if (item.inherited) return [];
		if (item.kind === 'turn')
			return item.parts.flatMap((part) =>
				part.type === 'tool' && part.callId && asks.has(part.status)
					? [{ key: part.callId, turn: item, part }]
					: [],
			);
		// An interrupted call asks for itself.
		if (item.kind !== 'hold' || item.lifted || item.code === 'interrupted-tool') return [];
		return [{ key: item.id, hold: item }];
	});
}
