/**
 * What a log from elsewhere adds to the one that is here. Logs of one session agree up to where they part: the longer
 * one is the session as it went on. How a session is filed parts nothing, since it is the same session however it is
 * filed; and neither do marks of an import.
 */
import type { SessionEvent, StoredEvent } from '../log/event';
import { isFiling, nextTurn, stampOf, subjectsOf, type FilingSubject } from '../log/filing';
import { foldSession } from '../log/session-state';
import { stableId } from './stable-id';

export type SessionMerge =
	/** Not here yet. */
	| { is: 'new' }
	/** Nothing to add: the same is here, or more. */
	| { is: 'same' }
	/** Filed otherwise there, later than here. */
	| { is: 'refiled'; add: SessionEvent[] }
	/** It went on there. `replaces`: seqs of pieces of streaming text that are whole now. */
	| { is: 'longer'; add: SessionEvent[]; replaces: number[] }
	/** It went on here and there, from the event `at` of theirs. */
	| { is: 'parted'; at: string };

/** `ours`: the log that is here, empty where there is none. */
export function mergeSession(
	ours: readonly StoredEvent[],
	theirs: readonly SessionEvent[],
): SessionMerge {
	if (ours.length === 0) return { is: 'new' };
	const [here, there] = [ours.filter(isOfItsCourse), theirs.filter(isOfItsCourse)];
	const common = here.findIndex(({ id }, i) => there[i]?.id !== id);
	if (common >= 0 && common < there.length) return { is: 'parted', at: there[common]?.id ?? '' };
	const known = new Set(ours.map(({ id }) => id));
	const added = theirs.filter(({ id, kind }) => !known.has(id) && kind !== 'imported');
	if (there.length > here.length) {
		const whole = new Set(theirs.map(partKey).filter((key) => key !== null));
		const isReplaced = (event: SessionEvent) =>
			event.kind === 'part-delta' && whole.has(`${event.turnId}/${event.index}`);
		return {
			is: 'longer',
			add: added.filter((event) => !isReplaced(event) && !isOverruled(event, ours)),
			replaces: ours.filter(isReplaced).map(({ seq }) => seq),
		};
	}
	const add = added.filter((event) => isFiling(event) && !isOverruled(event, ours));
	return add.length === 0 ? { is: 'same' } : { is: 'refiled', add };
}

/**
 * The same of a log made from what another app recorded: once that has grown, there may be more of it anywhere. Where
 * nothing happened here, all that is new is appended.
 */
export function mergeGrown(
	ours: readonly StoredEvent[],
	theirs: readonly SessionEvent[],
): SessionMerge {
	if (ours.length === 0) return { is: 'new' };
	const known = new Set(ours.map(({ id }) => id));
	const added = theirs.filter((event) => !known.has(event.id) && !isOverruled(event, ours));
	const [first] = added;
	if (!first) return { is: 'same' };
	const recorded = new Set(theirs.map(({ id }) => id));
	// Where the record broke off before, it is said to have ended; that is no longer so, and nothing that was done.
	const happenedHere = (event: SessionEvent) =>
		isOfItsCourse(event) && event.kind !== 'ended' && !recorded.has(event.id);
	if (ours.some(happenedHere)) return { is: 'parted', at: first.id };
	return { is: 'longer', add: added, replaces: [] };
}

/** What happened in a session, beside how it was filed, what is still streaming, and imports. */
function isOfItsCourse(event: SessionEvent): boolean {
	return !isFiling(event) && event.kind !== 'part-delta' && event.kind !== 'imported';
}

/** The part of a message that an event has whole. */
function partKey(event: SessionEvent): string | null {
	switch (event.kind) {
		case 'text':
		case 'thinking':
		case 'tool-call':
			return `${event.turnId}/${event.index}`;
		default:
			return null;
	}
}

/** Whether the same was filed otherwise here later: it would change nothing. */
function isOverruled(event: SessionEvent, ours: readonly SessionEvent[]): boolean {
	if (!isFiling(event)) return false;
	const stamp = stampOf(event);
	const about = subjectsOf(event);
	const overrules = (subject: FilingSubject) =>
		ours.some((one) => isFiling(one) && stampOf(one) > stamp && subjectsOf(one).includes(subject));
	return about.length > 0 && about.every(overrules);
}

/**
 * Their log as a session of its own, since it parts from ours at `at`. Ids follow from theirs, so that bringing in
 * the same log again finds the same copy.
 */
export function copyOfSession(
	theirs: readonly SessionEvent[],
	at: string,
): { sessionId: string; events: SessionEvent[] } {
	const sessionId = stableId(theirs[0]?.sessionId ?? '', at);
	const idOf = (id: string) => stableId(sessionId, id);
	const ids = new Map(theirs.map(({ id }) => [id, idOf(id)]));
	const copies = theirs.map((event) => ({
		...event,
		id: ids.get(event.id) ?? idOf(event.id),
		sessionId,
		...(event.cause !== undefined && { cause: ids.get(event.cause) ?? event.cause }),
	})) as SessionEvent[];
	return { sessionId, events: [...copies, named(theirs, sessionId, idOf('renamed'))] };
}

/** The name that tells the copy from what it is a copy of. */
function named(theirs: readonly SessionEvent[], sessionId: string, id: string): SessionEvent {
	const { title, stamps } = foldSession(sessionId, theirs);
	const first = theirs[0];
	return {
		v: 1,
		id,
		sessionId,
		at: first?.at ?? 0,
		by: first?.by ?? { kind: 'engine', device: '', epoch: 0 },
		kind: 'renamed',
		title: `${title} (imported copy)`,
		turn: nextTurn({ stamps }),
	};
}
