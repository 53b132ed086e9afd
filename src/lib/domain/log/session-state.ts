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
	addCall,
	answerQuestion,
	askQuestion,
	decidePermission,
	endTool,
	requestPermission,
	resolveInterruption,
	startTool,
} from './calls';
import { end, goOn, hear, standStill, takeLease, tryAgain } from './control';
import { MAIN, type SessionEvent } from './event';
import { beginFiling, changeFiling, isFiling, lookedAt } from './filing';
import { endInheritance } from './fork';
import { actorOf, emptySession, type SessionState } from './state';
import { addPart, beginTurn, compact, endTurn, failTurn } from './turns';

export function foldSession(id: string, events: Iterable<SessionEvent>): SessionState {
	const state = emptySession(id);
	for (const event of events) applyEvent(state, event);
	return state;
}

export function applyEvent(state: SessionState, event: SessionEvent): SessionState {
	if (isSuperseded(state, event)) return state;
	if (event.kind === 'lease-taken' || event.kind === 'imported') closeStretch(state);
	change(state, event);
	// Filing a session, or its parent's past, is no time of its own.
	if (isFiling(event) || event.inherited) return state;
	// That it was brought in is nothing that happened in it.
	if (event.kind !== 'imported') state.lastAt = Math.max(state.lastAt, event.at);
	const { status, needsYou } = statusOf(state);
	keepTime(state, status, event.at);
	const isNews = event.at > state.seenUpTo && (needsYou || hasResult(event));
	state.unread = !lookedAt(event) && (state.unread || isNews);
	return state;
}

/**
 * Written by a runner that had already lost the session to another one. Of two that took it over at once, the one that
 * comes first in the log has it. An import is nobody's run.
 */
export function isSuperseded({ lease }: SessionState, { by, kind }: SessionEvent): boolean {
	if (by.kind !== 'engine' || lease === null || kind === 'imported') return false;
	// A lease says itself which one it is.
	if (kind === 'lease-taken') return false;
	return by.epoch < lease.epoch || (by.epoch === lease.epoch && by.device !== lease.device);
}

/** A cancelled session says nothing that whoever cancelled it does not know. */
function hasResult(event: SessionEvent): boolean {
	return event.kind === 'ended' && event.status !== 'cancelled';
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
			state.parent = event.parent ?? null;
			beginFiling(state, {
				title: event.title,
				ticketId: event.ticketId ?? null,
				labels: event.agent?.labels ?? [],
			});
			state.createdAt = event.at;
			actorOf(state, MAIN);
			return;
		case 'settings-changed':
			state.settings = { ...state.settings, ...event.changes };
			return;
		case 'prompt':
			return hear(state, actorOf(state, event.actor), event);
		case 'turn-started':
			return beginTurn(actorOf(state, event.actor), event);
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
		case 'tool-call':
			return addCall(state, event);
		case 'turn-ended':
			return endTurn(state, event);
		case 'turn-failed':
			return failTurn(state, event);
		case 'context-compacted':
			return compact(actorOf(state, event.actor), event.through, event.summary);
		case 'permission-requested':
			return requestPermission(state, event);
		case 'permission-decided':
			return decidePermission(state, event);
		case 'question-asked':
			return askQuestion(state, event);
		case 'question-answered':
			return answerQuestion(state, event);
		case 'tool-started':
			return startTool(state, event);
		case 'tool-result':
			return endTool(state, event);
		case 'interruption-resolved':
			return resolveInterruption(state, event);
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
			return end(state, event);
		case 'imported':
			return standStill(state);
		case 'forked':
			return endInheritance(state);
		case 'renamed':
		case 'archived':
		case 'unarchived':
		case 'deleted':
		case 'restored':
		case 'ticket-linked':
		case 'labels-changed':
		case 'seen':
			return changeFiling(state, event, state.lastAt);
		case 'part-delta':
		case 'warning':
		case 'noted':
			return;
		default:
			// A kind of a later version: kept in the log, no effect on this build.
			return event satisfies never;
	}
}
