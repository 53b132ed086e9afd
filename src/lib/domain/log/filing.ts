/**
 * How a session is filed: its title, its ticket, its labels, whether it is put away. A person's acts, which touch
 * nothing of what the session does, so that they need no more of it than is filed: the state and the row of a list
 * take them alike.
 */
import type { EventOf, SessionEvent } from './event';

export type FilingKind =
	| 'renamed'
	| 'archived'
	| 'unarchived'
	| 'deleted'
	| 'restored'
	| 'ticket-linked'
	| 'labels-changed'
	| 'seen';
export type FilingEvent = { [K in FilingKind]: EventOf<K> }[FilingKind];

/** What of a session is filed. */
export interface Filed {
	title: string;
	ticketId: string | null;
	labels: string[];
	/** Epoch ms; null: it is not archived, not deleted. */
	archivedAt: number | null;
	deletedAt: number | null;
	unread: boolean;
}

const kinds: ReadonlySet<string> = new Set<FilingKind>([
	'renamed',
	'archived',
	'unarchived',
	'deleted',
	'restored',
	'ticket-linked',
	'labels-changed',
	'seen',
]);

export function isFiling(event: SessionEvent): event is FilingEvent {
	return kinds.has(event.kind);
}

/** Changes what it is given. The first of two equal acts gives the time. */
export function changeFiling(filed: Filed, event: FilingEvent): void {
	switch (event.kind) {
		case 'renamed':
			filed.title = event.title;
			return;
		case 'archived':
			filed.archivedAt ??= event.at;
			return;
		case 'unarchived':
			filed.archivedAt = null;
			return;
		case 'deleted':
			filed.deletedAt ??= event.at;
			return;
		case 'restored':
			filed.deletedAt = null;
			return;
		case 'ticket-linked':
			filed.ticketId = event.ticketId;
			return;
		case 'labels-changed': {
			const kept = filed.labels.filter((label) => !event.remove.includes(label));
			filed.labels = [...new Set([...kept, ...event.add])];
			return;
		}
		case 'seen':
			filed.unread = false;
	}
}

/** Whoever acts in a session has seen what it had to say. */
export function lookedAt({ by }: SessionEvent): boolean {
	return by.kind === 'person';
}
