/** What came out of a session: its structured outputs, and the answer that stands. */
import type { ActorId } from '../log/event';
import type { OutputItem, TranscriptItem, TurnItem } from './transcript-items';

export interface Answered {
	turnId: string;
	actor: ActorId;
	at: number;
	/** Markdown. */
	text: string;
}
export interface Outcome {
	/** Newest first. */
	outputs: OutputItem[];
	/** The last message that ended a stretch of work; null until there is one. */
	answer: Answered | null;
}

export function outcomeOf(items: readonly TranscriptItem[]): Outcome {
	const outputs = items.filter((item) => item.kind === 'output').reverse();
	const turn = items.findLast((item): item is TurnItem => item.kind === 'turn' && isAnswer(item));
	return { outputs, answer: turn ? answered(turn) : null };
}

/** How many there are, for the tab's label. With outputs, the answer is one of them. */
export function outcomeCount({ outputs, answer }: Outcome): number {
	return outputs.length > 0 ? outputs.length : answer ? 1 : 0;
}

function isAnswer(turn: TurnItem): boolean {
	const stop = turn.end?.stopReason;
	if (turn.purpose !== 'answer' || (stop !== 'end_turn' && stop !== 'stop_sequence')) return false;
	return turn.parts.some((part) => part.type === 'text') && !turn.parts.some(isCall);
}

function isCall(part: TurnItem['parts'][number]): boolean {
	return part.type === 'tool';
}

function answered(turn: TurnItem): Answered {
	const text = turn.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
	return { turnId: turn.id, actor: turn.actor, at: turn.end?.at ?? turn.at, text };
}
