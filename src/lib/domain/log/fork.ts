/** What a fork takes over from its parent: a copy of the conversation up to a point, and nothing that was under way. */
import type { EventKind, Parent, SessionEvent, StoredEvent } from './event';
import { isFiling } from './filing';
import type { SessionState } from './state';
import { dropTurn, forgetFailure } from './turns';

/** Up to and without a prompt, which the fork says otherwise; or up to the end of a turn and its tools. */
export type ForkPoint = { before: string } | { after: string };

/** Kinds that say what the parent is, or how it was recorded, not what was said in it. */
const ownKinds: ReadonlySet<EventKind> = new Set<EventKind>([
	'created',
	'forked',
	'settings-changed',
	'part-delta',
	'imported',
	'noted',
]);

/**
 * The events a fork at `point` inherits, in log order; null when the log has no such place. `before` names the
 * event of a prompt, `after` a turn. A turn that has not ended yet gives what was said before it.
 */
export function inheritedEvents(
	events: readonly StoredEvent[],
	point: ForkPoint,
): StoredEvent[] | null {
	const end = 'before' in point ? endBefore(events, point.before) : endAfter(events, point.after);
	if (end === null) return null;
	return events.slice(0, end).filter((event) => !ownKinds.has(event.kind) && !isFiling(event));
}

function endBefore(events: readonly StoredEvent[], eventId: string): number | null {
	const at = events.findIndex(({ id }) => id === eventId);
	return at < 0 ? null : at;
}

/** The next thing said or asked by the same actor ends what belongs to a turn. */
function endAfter(events: readonly StoredEvent[], turnId: string): number | null {
	const began = events.findIndex(
		(event) => event.kind === 'turn-started' && event.turnId === turnId,
	);
	const start = events[began];
	if (start?.kind !== 'turn-started') return null;
	const ended = events.some((event) => event.kind === 'turn-ended' && event.turnId === turnId);
	if (!ended) return began;
	const next = events.findIndex(
		(event, i) =>
			i > began &&
			(event.kind === 'turn-started' || event.kind === 'prompt') &&
			event.actor === start.actor,
	);
	return next < 0 ? events.length : next;
}

export type CopiedEvent = SessionEvent & { inherited: true };

/**
 * Copies events into the log of another session. Ids are new, and what they answer is renamed with them. `from` is
 * what the session they are copied from was itself forked from. What another app recorded stays with the original.
 */
export function copiedEvents(
	events: readonly StoredEvent[],
	sessionId: string,
	newId: () => string,
	from: Parent | null = null,
): CopiedEvent[] {
	const first = from?.instead === undefined ? undefined : firstWords(events);
	const ids = new Map(events.map(({ id }) => [id, newId()]));
	return events.map(({ seq: _, feedAt: __, recorded: ___, cause, ...event }) => ({
		...event,
		id: ids.get(event.id) ?? newId(),
		sessionId,
		inherited: true,
		origin: event.origin ?? {
			sessionId: event.sessionId,
			eventId: event.id,
			...(event.id === first?.id && { instead: from?.instead }),
		},
		...(cause !== undefined && { cause: ids.get(cause) ?? cause }),
	}));
}

/** What a session says first that it did not inherit. */
export function firstWords(events: readonly SessionEvent[]): SessionEvent | undefined {
	return events.find((event) => event.kind === 'prompt' && !event.inherited);
}

/** The parent may have been in the middle of anything: here nothing is under way, and nobody is asked. */
export function endInheritance(state: SessionState): void {
	for (const actor of state.actors.values()) {
		dropTurn(state, actor);
		forgetFailure(actor);
		actor.turnsSincePerson = 0;
		actor.repairs = 0;
	}
	for (const callId of state.openCalls) {
		const call = state.calls.get(callId);
		if (call) call.result = { content: NOT_RUN, isError: true };
	}
	state.openCalls.clear();
	// What was allowed was allowed in that run.
	state.allowedInRun.clear();
	state.hold = null;
	state.paused = false;
	state.cancelling = false;
	state.imported = false;
	state.ended = null;
	state.failure = null;
	state.unread = false;
}

const NOT_RUN = 'Not run: the conversation was forked before this call had a result.';
