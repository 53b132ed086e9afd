/**
 * What stands on the Messages tab, block by block: a transcript seen in a display mode. Extended shows every part;
 * Compact folds a finished stretch of tool calls into one line; Focus keeps what was said to and asked of a person.
 */
import type { ActorId } from '../log/event';
import type {
	FailureItem,
	HoldItem,
	LineItem,
	OtherPart,
	OutputItem,
	PromptItem,
	RedactedPart,
	TextPart,
	ThinkingPart,
	ToolPart,
	TranscriptItem,
	TurnItem,
	WarningItem,
} from './transcript-items';

export type Display = 'extended' | 'compact' | 'focus';

interface PartBlock<P> {
	/** `<turn>:<part index>`. */
	key: string;
	turn: TurnItem;
	part: P;
}
export type WorkBlock =
	| ({ kind: 'thinking' } & PartBlock<ThinkingPart>)
	| ({ kind: 'redacted' } & PartBlock<RedactedPart>)
	| ({ kind: 'other' } & PartBlock<OtherPart>)
	| ({ kind: 'tool' } & PartBlock<ToolPart>)
	| ({ kind: 'text' } & PartBlock<TextPart>)
	| { kind: 'dropped-turn'; key: string; turn: TurnItem };
export type Block =
	| WorkBlock
	| { kind: 'prompt'; key: string; item: PromptItem }
	/** Heads what one actor says and does until someone else speaks. */
	| { kind: 'speaker'; key: string; turn: TurnItem }
	/** A finished stretch of work, folded. */
	| { kind: 'worked'; key: string; blocks: WorkBlock[] }
	/** A call to the model from which nothing has come yet, or that makes room. */
	| { kind: 'pending'; key: string; turn: TurnItem }
	/** Ended by a failure that still stands, or that is about to be tried again. */
	| { kind: 'failed-turn'; key: string; turn: TurnItem }
	| { kind: 'hold'; key: string; item: HoldItem }
	| { kind: 'failure'; key: string; item: FailureItem }
	| { kind: 'warning'; key: string; item: WarningItem }
	| { kind: 'output'; key: string; item: OutputItem }
	| { kind: 'line'; key: string; item: LineItem };

/** Lays transcripts out again and again, and makes again only what changed since the last time. */
export class BlockLayout {
	#display: Display;
	#rounds: { items: TranscriptItem[]; active: boolean; blocks: Block[] }[] = [];

	constructor(display: Display) {
		this.#display = display;
	}

	/** `active`: whether steps are being taken, so that the last stretch of work is not over yet. */
	blocks(items: readonly TranscriptItem[], active: boolean): Block[] {
		const rounds = inRounds(items);
		this.#rounds = rounds.map((round, place) => {
			const last = place === rounds.length - 1;
			const known = this.#rounds[place];
			const live = last && active;
			if (known?.active === live && sameItems(known.items, round)) return known;
			return { items: round, active: live, blocks: layRound(round, this.#display, live) };
		});
		return this.#rounds.flatMap((round) => round.blocks);
	}
}

/** A round begins with each prompt that follows something else. */
function inRounds(items: readonly TranscriptItem[]): TranscriptItem[][] {
	const rounds: TranscriptItem[][] = [];
	let round: TranscriptItem[] = [];
	for (const item of items) {
		if (item.kind === 'prompt' && !item.steering && round.length > 0) {
			rounds.push(round);
			round = [];
		}
		round.push(item);
	}
	if (round.length > 0) rounds.push(round);
	return rounds;
}

function sameItems(a: readonly TranscriptItem[], b: readonly TranscriptItem[]): boolean {
	return a.length === b.length && a.every((item, place) => item === b[place]);
}

function layRound(items: readonly TranscriptItem[], display: Display, active: boolean): Block[] {
	const hidden = outputTexts(items);
	const blocks: Block[] = [];
	let speaker: ActorId | null = null;
	for (const item of items) {
		if (item.kind !== 'turn') {
			if (isShown(item, display)) {
				blocks.push({ kind: item.kind, key: item.id, item } as Block);
				if (item.kind === 'prompt') speaker = null;
			}
			continue;
		}
		const parts = turnBlocks(item, hidden.has(item.id));
		if (parts.length === 0) continue;
		if (speaker !== item.actor)
			blocks.push({ kind: 'speaker', key: `${item.id}:speaker`, turn: item });
		speaker = item.actor;
		blocks.push(...parts);
	}
	return display === 'extended' ? blocks : foldWork(blocks, display, active);
}

/** Turns whose text is the output that follows: it is shown as one. */
function outputTexts(items: readonly TranscriptItem[]): Set<string> {
	const hidden = new Set<string>();
	let last: TurnItem | null = null;
	for (const item of items) {
		if (item.kind === 'turn' && item.purpose === 'answer') last = item;
		if (item.kind === 'output' && last && item.problems.length === 0) hidden.add(last.id);
	}
	return hidden;
}

function isShown(item: Exclude<TranscriptItem, TurnItem>, display: Display): boolean {
	// The call that was cut off asks by itself.
	if (item.kind === 'hold' && item.code === 'interrupted-tool') return false;
	// What the budget was raised to is told where it was.
	if (item.kind === 'hold' && item.lifted && (item.code === 'budget' || display === 'focus'))
		return false;
	if (item.kind !== 'line') return display !== 'focus' || item.kind !== 'warning';
	const { what } = item.news;
	// How it ended is said by the status; a title is seen where it stands.
	if (what === 'ended') return false;
	if (what === 'renamed') return false;
	// What a reload cut off is told where it was cut.
	if (what === 'taken-over' && item.news.sameDevice) return false;
	return display !== 'focus';
}

function turnBlocks(turn: TurnItem, outputFollows: boolean): Block[] {
	const { id } = turn;
	if (turn.status === 'failed')
		return [{ kind: turn.past ? 'dropped-turn' : 'failed-turn', key: `${id}:failed`, turn }];
	if (turn.status === 'interrupted')
		return turn.parts.length === 0 ? [] : [{ kind: 'dropped-turn', key: `${id}:failed`, turn }];
	if (turn.purpose === 'compact')
		return turn.status === 'streaming' ? [{ kind: 'pending', key: `${id}:pending`, turn }] : [];
	const parts = turn.parts.filter((part) => !(outputFollows && part.type === 'text'));
	const blocks = parts.map(
		(part): Block => ({ kind: part.type, key: `${id}:${part.index}`, turn, part }) as Block,
	);
	if (turn.status === 'streaming' && parts.every(isQuiet))
		blocks.push({ kind: 'pending', key: `${id}:pending`, turn });
	return blocks;
}

/** Nothing of it moves on the screen. */
function isQuiet(part: TurnItem['parts'][number]): boolean {
	if (part.type === 'tool') return part.callId !== null;
	return !('done' in part) || part.done;
}

function foldWork(blocks: readonly Block[], display: Display, active: boolean): Block[] {
	const folded: Block[] = [];
	let stretch: WorkBlock[] = [];
	const flush = (over: boolean) => {
		const [first] = stretch;
		// One call is as short as the line it would be folded into.
		const works = stretch.length > 1 && stretch.some((block) => block.kind === 'tool');
		const folds = display === 'focus' ? stretch.length > 0 : over && works;
		if (folds && first)
			folded.push({ kind: 'worked', key: `${first.key}:worked`, blocks: stretch });
		else folded.push(...stretch);
		stretch = [];
	};
	for (const block of blocks) {
		if (display === 'compact' && block.kind === 'text' && isNarration(block.turn, block.part)) {
			// A thought goes with the calls it led to, past what is said in between.
			const own = stretch.findIndex(({ turn }) => turn.id === block.turn.id);
			const thoughts = own === -1 ? [] : stretch.splice(own);
			flush(true);
			folded.push(block);
			stretch = thoughts;
			continue;
		}
		if (isFinishedWork(block, display)) {
			stretch.push(block);
			continue;
		}
		flush(endsWork(block));
		folded.push(block);
	}
	flush(!active);
	return folded;
}

function isFinishedWork(block: Block, display: Display): block is WorkBlock {
	switch (block.kind) {
		case 'thinking':
			return block.part.done;
		case 'redacted':
		case 'other':
		case 'dropped-turn':
			return true;
		case 'tool':
			return isFinishedCall(block.part);
		case 'text':
			return display === 'focus' && isNarration(block.turn, block.part);
		default:
			return false;
	}
}

/** What an agent asked a person is part of the talk, whatever the mode. */
function isFinishedCall(call: ToolPart): boolean {
	return (call.result !== undefined || call.status === 'dropped') && !call.questions;
}

/** Said on the way to calls of the same message, all of them over: before, it is why something is asked. */
function isNarration(turn: TurnItem, part: TextPart): boolean {
	const later = turn.parts.filter((other) => other.type === 'tool' && other.index > part.index);
	return later.length > 0 && later.every((call) => call.type === 'tool' && isFinishedCall(call));
}

/** A call that waits or runs belongs to the same work as what came before it. */
function endsWork(block: Block): boolean {
	return block.kind !== 'tool' && block.kind !== 'thinking' && block.kind !== 'pending';
}
