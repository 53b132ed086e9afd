/** Turns of a transcript: how one begins, gets its parts and ends. */
import type { EventOf, TurnId } from '../log/event';
import { callsCount } from '../log/turns';
import type { Part, ToolPart, Transcript, TurnItem } from './transcript-items';

export function startTurn(transcript: Transcript, event: EventOf<'turn-started'>): void {
	const { turnId, at, by, inherited, actor, purpose, attempt, model, connectionId, effort } = event;
	transcript.turns.set(turnId, transcript.items.length);
	transcript.unfinished.add(turnId);
	transcript.items.push({
		kind: 'turn',
		id: turnId,
		at,
		by,
		...(inherited && { inherited }),
		actor,
		purpose,
		attempt,
		model,
		connectionId,
		effort,
		status: 'streaming',
		parts: [],
	});
}

export function turnOf(transcript: Transcript, turnId: TurnId): TurnItem | null {
	const item = transcript.items[transcript.turns.get(turnId) ?? -1];
	return item?.kind === 'turn' ? item : null;
}

export function changeTurn(
	transcript: Transcript,
	turnId: TurnId,
	change: (turn: TurnItem) => TurnItem,
): void {
	const place = transcript.turns.get(turnId);
	const turn = turnOf(transcript, turnId);
	if (place === undefined || !turn) return;
	const next = change(turn);
	transcript.items[place] = next;
	if (isFinished(next)) transcript.unfinished.delete(turnId);
	else transcript.unfinished.add(turnId);
}

export function changeOpenTurn(
	transcript: Transcript,
	turnId: TurnId,
	change: (turn: TurnItem) => TurnItem,
): void {
	if (turnOf(transcript, turnId)?.status === 'streaming') changeTurn(transcript, turnId, change);
}

function isFinished(turn: TurnItem): boolean {
	if (turn.status === 'streaming') return false;
	if (turn.status === 'failed') return turn.past === true;
	return turn.parts.every((part) => part.type !== 'tool' || isOver(part));
}

/** Whether nothing more can happen to a call. */
export function isOver(call: ToolPart): boolean {
	return call.result !== undefined || call.status === 'dropped';
}

export function endTurn(transcript: Transcript, event: EventOf<'turn-ended'>): void {
	const { at, ms, stopReason, stopDetails, usage, requestId } = event;
	const usd = event.cost?.usd ?? null;
	changeOpenTurn(transcript, event.turnId, (turn) => ({
		...(callsCount(stopReason) ? turn : dropCalls(turn)),
		status: 'ended',
		end: { at, ms, stopReason, stopDetails, usage, usd, requestId },
	}));
}

export function failTurn(transcript: Transcript, event: EventOf<'turn-failed'>): void {
	const { failure, retryAt } = event;
	changeOpenTurn(transcript, event.turnId, (turn) => ({
		...dropCalls(turn),
		status: 'failed',
		failure,
		retryAt,
	}));
}

/** What was under way when a runner went away: the call is made again, and of a running tool nobody knows. */
export function interruptTurn(turn: TurnItem): TurnItem {
	if (turn.status === 'streaming') return { ...dropCalls(turn), status: 'interrupted' };
	const parts = turn.parts.map((part) =>
		part.type === 'tool' && part.status === 'running'
			? { ...part, status: 'interrupted' as const }
			: part,
	);
	return { ...turn, parts };
}

/** A turn that nothing more will come of. */
export function closeTurn(turn: TurnItem): TurnItem {
	return turn.status === 'streaming' ? { ...interruptTurn(turn), stopped: true } : dropCalls(turn);
}

/** The calls of a message that will not be answered. */
function dropCalls(turn: TurnItem): TurnItem {
	const parts = turn.parts.map((part) =>
		part.type === 'tool' && !isOver(part) ? { ...part, status: 'dropped' as const } : part,
	);
	return { ...turn, parts };
}

/** The turn with a part in its place, by index, instead of whatever stood there. */
export function putPart(turn: TurnItem, part: Part): TurnItem {
	const parts = [...turn.parts];
	const place = parts.findIndex((other) => other.index >= part.index);
	if (place === -1) parts.push(part);
	else parts.splice(place, parts[place]?.index === part.index ? 1 : 0, part);
	return { ...turn, parts };
}

/** The turn after a durable piece of a part that is still streaming. */
export function withDelta(turn: TurnItem, delta: EventOf<'part-delta'>): TurnItem {
	const { index, text } = delta;
	const part = turn.parts.find((other) => other.index === index);
	if (part && isFinal(part)) return turn;
	const at = part?.at ?? delta.at;
	if (delta.part === 'tool-input') {
		const draft = (part?.type === 'tool' ? part.draft : '') + text;
		return putPart(turn, {
			type: 'tool',
			index,
			at,
			status: 'writing',
			callId: null,
			tool: null,
			input: null,
			draft,
		});
	}
	const before = part?.type === delta.part ? part.text : '';
	return putPart(turn, { type: delta.part, index, at, text: before + text, done: false });
}

function isFinal(part: Part): boolean {
	if (part.type === 'text' || part.type === 'thinking') return part.done;
	return part.type !== 'tool' || part.callId !== null;
}
