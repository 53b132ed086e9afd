/** How tool calls change a session: asked, decided, answered, run, interrupted. */
import type { ActorId, EventOf } from './event';
import { actorOf, type CallState, type SessionState } from './state';
import { addPart, openTurnOf } from './turns';

export function addCall(state: SessionState, event: EventOf<'tool-call'>): void {
	const actor = openTurnOf(state, event.turnId);
	if (!actor?.open || state.calls.has(event.callId)) return;
	addPart(state, event, { type: 'tool-call', callId: event.callId });
	actor.open.callIds.push(event.callId);
	state.calls.set(event.callId, newCall(actor.id, event));
}

export function requestPermission(
	state: SessionState,
	event: EventOf<'permission-requested'>,
): void {
	const call = state.calls.get(event.callId);
	if (!call || call.result || call.request) return;
	call.request = { eventId: event.id, at: event.at, inputHash: event.inputHash };
}

export function decidePermission(state: SessionState, event: EventOf<'permission-decided'>): void {
	const call = state.calls.get(event.callId);
	if (event.by.kind !== 'person' || !call?.request) return;
	if (call.decision || call.result || call.request.inputHash !== event.inputHash) return;
	const { decision, message, input } = event;
	call.decision = { decision, by: event.by, at: event.at, message, input };
	if (decision === 'allow-in-run') state.allowedInRun.add(call.tool);
	personSpoke(state, call.actor);
}

export function askQuestion(state: SessionState, event: EventOf<'question-asked'>): void {
	const call = state.calls.get(event.callId);
	if (call && !call.result) call.questions ??= event.questions;
}

export function answerQuestion(state: SessionState, event: EventOf<'question-answered'>): void {
	const call = state.calls.get(event.callId);
	if (event.by.kind !== 'person' || !call?.questions || call.answers !== undefined) return;
	call.answers = event.answers;
	personSpoke(state, call.actor);
}

export function startTool(state: SessionState, event: EventOf<'tool-started'>): void {
	const call = state.calls.get(event.callId);
	if (!call || call.result) return;
	call.started = true;
	call.interrupted = false;
	call.resolution = null;
}

export function endTool(state: SessionState, event: EventOf<'tool-result'>): void {
	const call = state.calls.get(event.callId);
	if (!call || call.result) return;
	call.result = { content: event.content, isError: event.isError };
	call.started = false;
	call.interrupted = false;
	state.openCalls.delete(event.callId);
	for (const { path, content } of event.files ?? []) {
		if (content === null) state.files.delete(path);
		else state.files.set(path, content);
	}
}

export function resolveInterruption(
	state: SessionState,
	event: EventOf<'interruption-resolved'>,
): void {
	const call = state.calls.get(event.callId);
	if (!call?.interrupted || call.resolution) return;
	call.resolution = event.choice;
	if (state.hold?.callId === event.callId) state.hold = null;
}

function newCall(actor: ActorId, event: EventOf<'tool-call'>): CallState {
	return {
		callId: event.callId,
		actor,
		turnId: event.turnId,
		tool: event.tool,
		input: event.input,
		malformed: event.malformed,
		request: null,
		decision: null,
		questions: null,
		answers: undefined,
		started: false,
		interrupted: false,
		resolution: null,
		result: null,
	};
}

export function personSpoke(state: SessionState, actor: ActorId): void {
	actorOf(state, actor).turnsSincePerson = 0;
}
