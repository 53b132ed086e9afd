/**
 * The fold that everything stands on: a log of events → what a session is now.
 *
 * `applyEvent` changes the state it is given and returns it, because a log may hold tens of thousands of events;
 * a state belongs to whoever folded it. Folding the same events gives the same state, on any device, at any time.
 * Events that answer nothing open (a second decision, a result of a dropped call, an event of a lease that has
 * been taken over) change nothing: that is what makes everything count once.
 */
import type { Status } from '../status';
import { statusOf } from '../views/status';
import {
	MAIN,
	type ActorId,
	type By,
	type HoldCode,
	type SessionEvent,
	type TurnId,
	type Usage,
} from './event';
import type { ActorState, CallState, SessionState, TurnPart } from './state';

export type * from './state';

export const noUsage: Usage = {
	input: 0,
	output: 0,
	cacheWrite5m: 0,
	cacheWrite1h: 0,
	cacheRead: 0,
};

export function emptySession(id: string): SessionState {
	return {
		id,
		mode: 'standard',
		agent: null,
		settings: {
			connectionId: '',
			model: '',
			effort: null,
			thinking: false,
			permissionMode: 'ask',
			maxTurns: 50,
			budget: null,
		},
		title: '',
		ticketId: null,
		parent: null,
		createdAt: 0,
		lastAt: 0,
		lease: null,
		actors: new Map(),
		calls: new Map(),
		openCalls: new Set(),
		allowedInRun: new Set(),
		files: new Map(),
		plan: null,
		output: null,
		hold: null,
		paused: false,
		cancelling: false,
		ended: null,
		failure: null,
		usage: { ...noUsage },
		turns: 0,
		cost: 0,
		activeMs: 0,
		runningSince: null,
	};
}

export function foldSession(id: string, events: Iterable<SessionEvent>): SessionState {
	const state = emptySession(id);
	for (const event of events) applyEvent(state, event);
	return state;
}

/** An actor as it is; one that has not been heard of yet is a new one. Changes nothing. */
export function actorState(state: SessionState, id: ActorId): ActorState {
	return state.actors.get(id) ?? newActor(id);
}

function newActor(id: ActorId): ActorState {
	return {
		id,
		items: [],
		open: null,
		queued: [],
		begun: 0,
		turnsSincePerson: 0,
		failedTries: 0,
		retryAt: null,
		failure: null,
		summary: null,
		repairs: 0,
	};
}

function actorOf(state: SessionState, id: ActorId): ActorState {
	const actor = actorState(state, id);
	state.actors.set(id, actor);
	return actor;
}

export function applyEvent(state: SessionState, event: SessionEvent): SessionState {
	if (isSuperseded(state, event.by)) return state;
	if (event.kind === 'lease-taken') closeStretch(state);
	change(state, event);
	state.lastAt = Math.max(state.lastAt, event.at);
	keepTime(state, statusOf(state).status, event.at);
	return state;
}

/** Written by a runner that had already lost the session to another one. */
function isSuperseded(state: SessionState, by: By): boolean {
	return by.kind === 'engine' && state.lease !== null && by.epoch < state.lease.epoch;
}

/** A runner that went away was not running after its last word. */
function closeStretch(state: SessionState): void {
	if (state.runningSince === null) return;
	state.activeMs += Math.max(0, state.lastAt - state.runningSince);
	state.runningSince = null;
}

function keepTime(state: SessionState, status: Status, at: number): void {
	const runs = status === 'running';
	if (runs && state.runningSince === null) state.runningSince = at;
	if (!runs && state.runningSince !== null) {
		state.activeMs += Math.max(0, at - state.runningSince);
		state.runningSince = null;
	}
}

function change(state: SessionState, event: SessionEvent): void {
	switch (event.kind) {
		case 'created':
			state.mode = event.mode;
			state.agent = event.agent;
			state.settings = event.settings;
			state.title = event.title;
			state.ticketId = event.ticketId ?? null;
			state.parent = event.parent ?? null;
			state.createdAt = event.at;
			actorOf(state, MAIN);
			return;
		case 'renamed':
			state.title = event.title;
			return;
		case 'settings-changed':
			state.settings = { ...state.settings, ...event.changes };
			return;
		case 'prompt':
			return hear(state, actorOf(state, event.actor), event.text, event.by);
		case 'turn-started': {
			const actor = actorOf(state, event.actor);
			const { turnId, purpose, model, connectionId } = event;
			actor.open = { turnId, purpose, model, connectionId, parts: [], callIds: [] };
			actor.begun += 1;
			actor.retryAt = null;
			return;
		}
		case 'text':
			return addPart(state, event, { type: 'text', text: event.text });
		case 'thinking':
			return addPart(state, event, {
				type: 'thinking',
				text: event.text,
				signature: event.signature,
			});
		case 'redacted-thinking':
			return addPart(state, event, { type: 'redacted-thinking', data: event.data });
		case 'other-part':
			return addPart(state, event, { type: 'other', raw: event.raw });
		case 'tool-call': {
			const actor = openTurnOf(state, event.turnId);
			if (!actor?.open || state.calls.has(event.callId)) return;
			addPart(state, event, { type: 'tool-call', callId: event.callId });
			actor.open.callIds.push(event.callId);
			state.calls.set(event.callId, newCall(actor.id, event));
			return;
		}
		case 'turn-ended':
			return endTurn(state, event);
		case 'turn-failed': {
			const actor = openTurnOf(state, event.turnId);
			if (!actor) return;
			dropTurn(state, actor);
			actor.failure = event.failure;
			actor.retryAt = event.retryAt ?? null;
			if (event.counts !== false) actor.failedTries += 1;
			return;
		}
		case 'context-compacted':
			return compact(actorOf(state, event.actor), event.through, event.summary);
		case 'permission-requested': {
			const call = state.calls.get(event.callId);
			if (!call || call.result || call.request) return;
			call.request = { eventId: event.id, at: event.at, inputHash: event.inputHash };
			return;
		}
		case 'permission-decided': {
			const call = state.calls.get(event.callId);
			if (event.by.kind !== 'person' || !call?.request) return;
			if (call.decision || call.result || call.request.inputHash !== event.inputHash) return;
			const { decision, message, input } = event;
			call.decision = { decision, by: event.by, at: event.at, message, input };
			if (decision === 'allow-in-run') state.allowedInRun.add(call.tool);
			personSpoke(state, call.actor);
			return;
		}
		case 'question-asked': {
			const call = state.calls.get(event.callId);
			if (call && !call.result) call.questions ??= event.questions;
			return;
		}
		case 'question-answered': {
			const call = state.calls.get(event.callId);
			if (event.by.kind !== 'person' || !call?.questions || call.answers !== undefined) return;
			call.answers = event.answers;
			personSpoke(state, call.actor);
			return;
		}
		case 'tool-started': {
			const call = state.calls.get(event.callId);
			if (!call || call.result) return;
			call.started = true;
			call.interrupted = false;
			call.resolution = null;
			return;
		}
		case 'tool-result': {
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
			return;
		}
		case 'interruption-resolved': {
			const call = state.calls.get(event.callId);
			if (!call?.interrupted || call.resolution) return;
			call.resolution = event.choice;
			if (state.hold?.callId === event.callId) state.hold = null;
			return;
		}
		case 'plan-updated':
			state.plan = event.items;
			return;
		case 'output':
			state.output = { raw: event.raw, value: event.value, problems: event.problems };
			return;
		case 'error':
			state.failure = event.failure;
			return;
		case 'held':
			state.hold = {
				code: event.code,
				message: event.message,
				actor: event.actor,
				callId: event.callId,
			};
			return;
		case 'pause-requested':
			if (!state.ended) state.paused = true;
			return;
		case 'continue-requested':
			return goOn(state);
		case 'cancel-requested':
			if (!state.ended) state.cancelling = true;
			return;
		case 'retry-requested':
			return tryAgain(state);
		case 'lease-taken':
			return takeLease(state, event);
		case 'ended':
			for (const actor of state.actors.values()) dropTurn(state, actor);
			state.ended = { status: event.status };
			state.cancelling = false;
			state.paused = false;
			state.hold = null;
			return;
		case 'part-delta':
		case 'warning':
			return;
		default:
			// A kind of a later version: kept in the log, no effect on this build.
			return event satisfies never;
	}
}

function newCall(actor: ActorId, event: Extract<SessionEvent, { kind: 'tool-call' }>): CallState {
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

function openTurnOf(state: SessionState, turnId: TurnId): ActorState | null {
	for (const actor of state.actors.values()) if (actor.open?.turnId === turnId) return actor;
	return null;
}

function addPart(
	state: SessionState,
	event: { turnId: TurnId; index: number },
	part: TurnPart,
): void {
	const open = openTurnOf(state, event.turnId)?.open;
	if (open) open.parts[event.index] = part;
}

function hear(state: SessionState, actor: ActorState, text: string, by: By): void {
	if (by.kind === 'person') {
		reopen(state);
		personSpoke(state, actor.id);
		actor.repairs = 0;
		// A word from a person lifts every hold but the one that needs its own answer.
		if (state.hold?.code !== 'interrupted-tool' && state.hold?.code !== 'budget') state.hold = null;
		state.paused = false;
	} else {
		actor.repairs += 1;
	}
	if (actor.open) actor.queued.push(text);
	else actor.items.push({ type: 'prompt', text });
	if (actor.retryAt === null) forgetFailure(actor);
}

/** A session at rest goes on. */
function reopen(state: SessionState): void {
	state.ended = null;
	state.failure = null;
}

function personSpoke(state: SessionState, actor: ActorId): void {
	actorOf(state, actor).turnsSincePerson = 0;
}

function forgetFailure(actor: ActorState): void {
	actor.failure = null;
	actor.retryAt = null;
	actor.failedTries = 0;
}

/** Whether the calls of a message may be run: only those of one that was finished. */
export function callsCount(stopReason: string): boolean {
	// Some compatible servers close a message with tool calls by end_turn.
	return stopReason === 'tool_use' || stopReason === 'end_turn';
}

function endTurn(state: SessionState, event: Extract<SessionEvent, { kind: 'turn-ended' }>): void {
	const actor = openTurnOf(state, event.turnId);
	const open = actor?.open;
	if (!actor || !open) return;
	state.turns += 1;
	if (event.usage)
		for (const key of Object.keys(noUsage) as (keyof Usage)[]) state.usage[key] += event.usage[key];
	state.cost = state.cost === null || !event.cost ? null : state.cost + event.cost.usd;
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

/** A call that never became a message: what arrived of it is history, not conversation. */
function dropTurn(state: SessionState, actor: ActorState): void {
	for (const callId of actor.open?.callIds ?? []) state.calls.delete(callId);
	actor.open = null;
	hearQueued(actor);
}

function hearQueued(actor: ActorState): void {
	for (const text of actor.queued) actor.items.push({ type: 'prompt', text });
	actor.queued = [];
}

function compact(actor: ActorState, through: TurnId, summary: string): void {
	const last = actor.items.findIndex((item) => item.type === 'turn' && item.turnId === through);
	actor.items = [{ type: 'summary', text: summary }, ...actor.items.slice(last + 1)];
	actor.summary = null;
	forgetFailure(actor);
}

/** What a person's Continue says to a model that had stopped, by why it had stopped. */
const nudges: Partial<Record<HoldCode, string>> = {
	'output-limit':
		'Your last message was cut off at the output limit, and no tool call in it was run. Go on from where it stopped.',
	'unknown-stop': 'Go on.',
};

function goOn(state: SessionState): void {
	const stopped = actorOf(state, state.hold?.actor ?? MAIN);
	const done = state.ended !== null && state.ended.status !== 'failed';
	const nudge = state.hold ? nudges[state.hold.code] : done ? 'Continue.' : undefined;
	reopen(state);
	state.paused = false;
	if (state.hold?.code !== 'interrupted-tool') state.hold = null;
	for (const actor of state.actors.values()) {
		actor.turnsSincePerson = 0;
		forgetFailure(actor);
	}
	if (nudge) stopped.items.push({ type: 'prompt', text: nudge });
}

/** The failed step once more: a refused answer is asked for again, a wrong output may be mended again. */
function tryAgain(state: SessionState): void {
	reopen(state);
	for (const actor of state.actors.values()) {
		forgetFailure(actor);
		actor.repairs = 0;
		actor.turnsSincePerson = 0;
		const last = actor.items.at(-1);
		if (last?.type === 'turn' && last.stopReason === 'refusal') actor.items.pop();
	}
}

function takeLease(
	state: SessionState,
	event: Extract<SessionEvent, { kind: 'lease-taken' }>,
): void {
	if (state.lease && event.epoch <= state.lease.epoch) return;
	const { device, deviceName, epoch } = event;
	state.lease = { device, deviceName, epoch };
	for (const actor of state.actors.values()) dropTurn(state, actor);
	for (const callId of state.openCalls) {
		const call = state.calls.get(callId);
		if (!call?.started) continue;
		call.started = false;
		call.interrupted = true;
	}
}

export function textOf(parts: readonly TurnPart[]): string {
	return parts
		.filter((part) => part.type === 'text')
		.map((part) => part.text)
		.join('');
}
