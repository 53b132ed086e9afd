import type { EventKind } from '../log/event';

/** Kinds of a session's events that the workspace's feed tells of: what a person did, and how things ended. */
const feedKinds: ReadonlySet<EventKind> = new Set<EventKind>([
	'created',
	'prompt',
	'permission-requested',
	'permission-decided',
	'question-asked',
	'question-answered',
	'held',
	'cancel-requested',
	'renamed',
	'archived',
	'unarchived',
	'deleted',
	'restored',
	'ticket-linked',
	'ended',
]);

export function isFeedKind(kind: EventKind): boolean {
	return feedKinds.has(kind);
}

/** What a fork inherited happened elsewhere. */
export function feedTime(event: { kind: EventKind; at: number; inherited?: true }): {
	feedAt?: number;
} {
	return isFeedKind(event.kind) && !event.inherited ? { feedAt: event.at } : {};
}
