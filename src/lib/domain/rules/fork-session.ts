import { attachmentsProblem } from '../attachment';
import type { SessionCommand } from '../command';
import type { Connection } from '../connection';
import { MAIN, type EventDraft, type Parent, type Person, type StoredEvent } from '../log/event';
import {
	copiedEvents,
	firstWords,
	inheritedEvents,
	type CopiedEvent,
	type ForkPoint,
} from '../log/fork';
import { foldSession } from '../log/session-state';
import type { SessionState } from '../log/state';
import { titleFrom } from '../views/title';
import { handedAlong, settingsFor } from './start-session';

/**
 * The first events of a fork, or why there can be none: its own beginning, what it inherits, and what is said in
 * it. `parent` is the parent's whole log; `connections` as for a new run.
 */
export function forkSession(
	command: Extract<SessionCommand, { kind: 'fork' }>,
	sessionId: string,
	parent: readonly StoredEvent[],
	connections: readonly Connection[],
	by: Person,
	newId: () => string,
): { events: (EventDraft | CopiedEvent)[] } | { refused: string } {
	if (!command.prompt.trim()) return { refused: 'A fork begins with a message.' };
	const problem = attachmentsProblem(command.attachments ?? []);
	if (problem) return { refused: problem };
	const inherited = inheritedEvents(parent, command.point);
	if (!inherited) return { refused: 'The message to fork from is no longer there.' };
	const then = foldSession(command.parentId, parent);
	const settings = settingsFor(then.settings, connections, command.overrides ?? {});
	if ('refused' in settings) return settings;
	return {
		events: [
			{
				kind: 'created',
				by,
				mode: then.mode,
				agent: then.agent,
				settings,
				title: command.branch ? then.title : titleFrom(command.prompt),
				parent: parentOf(command, parent, then),
				...(then.ticketId !== null && { ticketId: then.ticketId }),
			},
			...copiedEvents(inherited, sessionId, newId, then.parent),
			{ kind: 'forked', by },
			{
				kind: 'prompt',
				by,
				actor: MAIN,
				text: command.prompt,
				...handedAlong(command),
			},
		],
	};
}

function parentOf(
	{ parentId, point, branch }: Extract<SessionCommand, { kind: 'fork' }>,
	events: readonly StoredEvent[],
	{ parent }: SessionState,
): Parent {
	const sessionId = parentId;
	const eventId = eventOf(point, events);
	if (!branch) return { sessionId, eventId };
	return {
		sessionId,
		eventId,
		branch: true,
		chatId: parent?.branch ? (parent.chatId ?? parent.sessionId) : parentId,
		instead: messageOf(eventId, events, parent),
	};
}

/** Versions of a message go by the one that was there first, in whichever branch it is said otherwise. */
function messageOf(eventId: string, events: readonly StoredEvent[], parent: Parent | null): string {
	if (parent?.instead !== undefined && firstWords(events)?.id === eventId) return parent.instead;
	const origin = events.find(({ id }) => id === eventId)?.origin;
	return origin?.instead ?? origin?.eventId ?? eventId;
}

/** The event of the parent where the two part. */
function eventOf(point: ForkPoint, parent: readonly StoredEvent[]): string {
	if ('before' in point) return point.before;
	const turn = parent.find(
		(event) => event.kind === 'turn-started' && event.turnId === point.after,
	);
	return turn?.id ?? '';
}
