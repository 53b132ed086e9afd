/** How a person's words and a runner's lease change a session: it is steered, goes on, is taken over, ends. */
import { isLax } from '../settings';
import { MAIN, type EventOf, type HoldCode } from './event';
import { personSpoke } from './calls';
import { actorState, type ActorState, type Heard, type SessionState } from './state';
import { dropTurn, forgetFailure } from './turns';

export function hear(
	state: SessionState,
	actor: ActorState,
	{ by, text, context, attachments }: EventOf<'prompt'>,
): void {
	if (by.kind === 'person') {
		reopen(state);
		personSpoke(state, actor.id);
		actor.repairs = 0;
		// A word from a person lifts every hold but the one that needs its own answer.
		if (state.hold?.code !== 'interrupted-tool' && state.hold?.code !== 'budget') state.hold = null;
		state.paused = false;
		state.imported = false;
	} else {
		actor.repairs += 1;
	}
	const heard: Heard = {
		type: 'prompt',
		text: [...(context ?? []).map((piece) => piece.text), text].join('\n\n'),
		...(attachments && { attachments }),
	};
	if (actor.open) actor.queued.push(heard);
	else actor.items.push(heard);
	if (actor.retryAt === null) forgetFailure(actor);
}

/** A session at rest goes on. */
function reopen(state: SessionState): void {
	state.ended = null;
	state.failure = null;
}

/** What a person's Continue says to a model that had stopped, by why it had stopped. */
const nudges: Partial<Record<HoldCode, string>> = {
	'output-limit':
		'Your last message was cut off at the output limit, and no tool call in it was run. Go on from where it stopped.',
	'unknown-stop': 'Go on.',
};

export function goOn(state: SessionState): void {
	const stopped = actorState(state, state.hold?.actor ?? MAIN);
	const done = state.ended !== null && state.ended.status !== 'failed';
	const nudge = state.hold ? nudges[state.hold.code] : done ? 'Continue.' : undefined;
	reopen(state);
	state.paused = false;
	state.imported = false;
	if (state.hold?.code !== 'interrupted-tool') state.hold = null;
	for (const actor of state.actors.values()) {
		actor.turnsSincePerson = 0;
		forgetFailure(actor);
	}
	if (nudge) stopped.items.push({ type: 'prompt', text: nudge });
}

/** The failed step once more: a refused answer is asked for again, a wrong output may be mended again. */
export function tryAgain(state: SessionState): void {
	reopen(state);
	state.imported = false;
	for (const actor of state.actors.values()) {
		forgetFailure(actor);
		actor.repairs = 0;
		actor.turnsSincePerson = 0;
		const last = actor.items.at(-1);
		if (last?.type === 'turn' && last.stopReason === 'refusal') actor.items.pop();
	}
}

export function takeLease(state: SessionState, event: EventOf<'lease-taken'>): void {
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

/** What was allowed, and what was being done, was so elsewhere. */
export function standStill(state: SessionState): void {
	// What somebody allowed elsewhere is not allowed here.
	if (isLax(state.settings)) state.settings = { ...state.settings, permissionMode: 'ask' };
	if (state.ended) return;
	state.imported = true;
	state.cancelling = false;
	state.allowedInRun.clear();
}

export function end(state: SessionState, event: EventOf<'ended'>): void {
	for (const actor of state.actors.values()) dropTurn(state, actor);
	state.ended = { status: event.status };
	state.cancelling = false;
	state.paused = false;
	state.imported = false;
	state.hold = null;
}
