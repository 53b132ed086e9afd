/** Where in a thread an event stands. */
import type { SessionEvent } from '../log/event';
import type { Block, WorkBlock } from './transcript-blocks';
import type { Transcript, TranscriptItem } from './transcript-items';

/** Key of the block that tells of an event, in the terms of `transcript-blocks`; null: no block does. */
export function blockKeyOf(
	event: SessionEvent,
	transcript: Pick<Transcript, 'calls' | 'items' | 'turns'>,
): string | null {
	switch (event.kind) {
		case 'text':
		case 'thinking':
		case 'tool-call':
			return `${event.turnId}:${event.index}`;
		case 'tool-result':
		case 'permission-decided':
		case 'question-asked':
		case 'question-answered': {
			const turnId = transcript.calls.get(event.callId);
			const turn = transcript.items[transcript.turns.get(turnId ?? '') ?? -1];
			if (turn?.kind !== 'turn') return null;
			const call = turn.parts.find((part) => part.type === 'tool' && part.callId === event.callId);
			return call ? `${turn.id}:${call.index}` : null;
		}
		case 'prompt':
		case 'output':
			return event.id;
		default:
			return null;
	}
}

export interface Located {
	/** Place among the blocks. */
	index: number;
	/** What has to stand open for it to be seen: a stretch of work, a tool card, … */
	opens: string[];
}

/**
 * The block with a key, or the nearest that stands for it: the output in place of the text it was made of, the
 * agent's name in place of what a way of display leaves out.
 */
export function locateBlock(
	key: string,
	blocks: readonly Block[],
	items: readonly TranscriptItem[],
): Located | null {
	for (const [index, block] of blocks.entries()) {
		if (block.key === key) return { index, opens: [key] };
		if (block.kind !== 'worked') continue;
		if (block.blocks.some((inside) => inside.key === key))
			return { index, opens: [block.key, key] };
		const turn = block.blocks.find((inside) => turnIn(key, inside));
		if (turn?.kind === 'dropped-turn') return { index, opens: [block.key, turn.key] };
	}
	const turnId = key.slice(0, key.lastIndexOf(':'));
	const place = items.findIndex((item) => item.id === turnId);
	const output = items.slice(place).find((item) => place >= 0 && item.kind === 'output');
	const instead = blocks.findLastIndex(
		(block) => ('turn' in block && block.turn.id === turnId) || block.key === output?.id,
	);
	const block = blocks[instead];
	return block ? { index: instead, opens: [block.key] } : null;
}

function turnIn(key: string, block: WorkBlock): boolean {
	return key.startsWith(`${block.turn.id}:`);
}
