/** How model calls change a session: what is streaming, what was said, what was dropped. */
import type { EventBase, EventOf, TurnCost, TurnId, Usage } from './event';
import { noUsage, type ActorState, type SessionState, type TurnPart } from './state';

export function beginTurn(actor: ActorState, event: EventOf<'turn-started'>): void {
	const { turnId, purpose, model, connectionId } = event;
	actor.open = { turnId, purpose, model, connectionId, parts: [], callIds: [] };
	actor.begun += 1;
	actor.retryAt = null;
}

export function openTurnOf(state: SessionState, turnId: TurnId): ActorState | null {
	for (const actor of state.actors.values()) if (actor.open?.turnId === turnId) return actor;
	return null;
}

export function addPart(
	state: SessionState,
	event: { turnId: TurnId; index: number },
	part: TurnPart,
): void {
	const open = openTurnOf(state, event.turnId)?.open;
	if (open) open.parts[event.index] = part;
}

export function endTurn(state: SessionState, event: EventOf<'turn-ended'>): void {
	const actor = openTurnOf(state, event.turnId);
	const open = actor?.open;
	if (!actor || !open) return;
	if (!event.inherited) state.turns += 1;
	countUsage(state, event);
	forgetFailure(actor);
	actor.open = null;
	const parts = open.parts.filter((part) => part !== undefined);
	if (open.purpose === 'compact') {
		actor.summary = textOf(parts);
	} else {
		actor.turnsSincePerson += 1;
		const { turnId, model, connectionId, callIds } = open;
		const { stopReason, stopDetails } = event;
		const runs = callsCount(stopReason) ? callIds : [];
		for (const callId of callIds) {
			if (callsCount(stopReason)) state.openCalls.add(callId);
			else state.calls.delete(callId);
		}
		actor.items.push({
			type: 'turn',
			turnId,
			model,
			connectionId,
			stopReason,
			stopDetails,
			parts,
			callIds: runs,
		});
	}
	hearQueued(actor);
}

export function failTurn(state: SessionState, event: EventOf<'turn-failed'>): void {
	const actor = openTurnOf(state, event.turnId);
	if (actor) {
		dropTurn(state, actor);
		actor.failure = event.failure;
		actor.retryAt = event.retryAt ?? null;
		if (event.counts !== false) actor.failedTries += 1;
	}
	if (state.uncounted.delete(event.turnId) && event.usage) countUsage(state, event);
}

/** What a fork inherited was paid for by its parent. */
function countUsage(
	state: SessionState,
	{
		usage,
		cost,
		inherited,
	}: Pick<EventBase, 'inherited'> & { usage?: Usage | null; cost?: TurnCost },
): void {
	if (inherited) return;
	if (usage)
		for (const key of Object.keys(noUsage) as (keyof Usage)[]) state.usage[key] += usage[key];
	state.cost = state.cost === null || !cost ? null : state.cost + cost.usd;
}

/** A call that never became a message: what arrived of it is history, not conversation. */
export function dropTurn(state: SessionState, actor: ActorState): void {
	if (actor.open) state.uncounted.add(actor.open.turnId);
	for (const callId of actor.open?.callIds ?? []) state.calls.delete(callId);
	actor.open = null;
	hearQueued(actor);
}

function hearQueued(actor: ActorState): void {
	actor.items.push(...actor.queued);
	actor.queued = [];
}

export function compact(actor: ActorState, through: TurnId, summary: string): void {
	const last = actor.items.findIndex((item) => item.type === 'turn' && item.turnId === through);
	actor.items = [{ type: 'summary', text: summary }, ...actor.items.slice(last + 1)];
	actor.summary = null;
	forgetFailure(actor);
}

export function forgetFailure(actor: ActorState): void {
	actor.failure = null;
	actor.retryAt = null;
	actor.failedTries = 0;
}

/** Whether the calls of a message may be run: only those of one that was finished. */
export function callsCount(stopReason: string): boolean {
	// Some compatible servers close a message with tool calls by end_turn.
	return stopReason === 'tool_use' || stopReason === 'end_turn';
}

export function textOf(parts: readonly TurnPart[]): string {
	return parts
		.filter((part) => part.type === 'text')
		.map((part) => part.text)
		.join('');
}
