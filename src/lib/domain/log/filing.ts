/**
 * How a session is filed: its title, its ticket, its labels, whether it is put away. A person's acts, which touch
 * nothing of what the session does, so that they need no more of it than is filed: the state and the row of a list
 * take them alike.
 *
 * Several devices file a session without hearing of each other. So every act has a {@link stampOf stamp}, and of all acts
 * about one thing the one with the highest stamp holds, in whatever order they come. docs/sync.md [6.7]
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

/** What acts of filing are about; each label by itself. */
export type FilingSubject = 'title' | 'archive' | 'delete' | 'ticket' | `label ${string}`;

/** By subject; what nobody has filed has none. */
export type Stamps = Readonly<Partial<Record<FilingSubject, string>>>;

/** What of a session is filed. */
export interface Filed {
	title: string;
	ticketId: string | null;
	labels: string[];
	/** Epoch ms; null: it is not archived, not deleted. */
	archivedAt: number | null;
	deletedAt: number | null;
	/** Something came out, or someone is asked, that no person has looked at yet. */
	unread: boolean;
	/** The highest stamp so far, by subject. */
	stamps: Stamps;
	/** What happened by then, epoch ms by the clocks that the log was written with, a person has looked at. */
	seenUpTo: number;
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

/** What an event is about; of `seen`, nothing: it adds to what was seen before. */
export function subjectsOf(event: FilingEvent): FilingSubject[] {
	switch (event.kind) {
		case 'renamed':
			return ['title'];
		case 'archived':
		case 'unarchived':
			return ['archive'];
		case 'deleted':
		case 'restored':
			return ['delete'];
		case 'ticket-linked':
			return ['ticket'];
		case 'labels-changed':
			return [...event.add, ...event.remove].map((label) => `label ${label}` as const);
		case 'seen':
			return [];
	}
}

const TURN_DIGITS = 7;
const TIME_DIGITS = 9;

/**
 * The rank of an act, ordered as text: its turn, then its time, then its id. The clock decides only between acts whose
 * writers knew nothing of each other, and between those of before there were turns.
 */
export function stampOf({ turn = 0, at, id }: FilingEvent): string {
	const digits = (n: number, length: number) => n.toString(36).padStart(length, '0');
	return `${digits(turn, TURN_DIGITS)}${digits(at, TIME_DIGITS)}${id}`;
}

/** The turn of an act by somebody who knows of all these. */
export function nextTurn({ stamps }: Pick<Filed, 'stamps'>): number {
	const turns = Object.values(stamps).map((stamp = '0') =>
		parseInt(stamp.slice(0, TURN_DIGITS), 36),
	);
	return Math.max(0, ...turns) + 1;
}

/** Changes what it is given. `lastAt`: when the session's last event happened, epoch ms. */
export function changeFiling(filed: Filed, event: FilingEvent, lastAt: number): void {
	if (event.kind === 'seen') return see(filed, event.upTo, lastAt);
	const stamp = stampOf(event);
	const won = subjectsOf(event).filter((subject) => stamp > (filed.stamps[subject] ?? ''));
	if (won.length === 0) return;
	filed.stamps = { ...filed.stamps, ...Object.fromEntries(won.map((subject) => [subject, stamp])) };
	switch (event.kind) {
		case 'renamed':
			filed.title = event.title;
			return;
		case 'archived':
			filed.archivedAt = event.at;
			return;
		case 'unarchived':
			filed.archivedAt = null;
			return;
		case 'deleted':
			filed.deletedAt = event.at;
			return;
		case 'restored':
			filed.deletedAt = null;
			return;
		case 'ticket-linked':
			filed.ticketId = event.ticketId;
			return;
		case 'labels-changed': {
			const about = new Set(won);
			const kept = filed.labels.filter((label) => !about.has(`label ${label}`));
			// A label both taken off and put on is on.
			const put = event.add.filter((label) => about.has(`label ${label}`));
			filed.labels = [...new Set([...kept, ...put])].sort();
		}
	}
}

/** How a session is filed from its beginning; what was said of it before its beginning came holds. */
export function beginFiling(
	filed: Filed,
	{
		title,
		ticketId,
		labels,
	}: { title: string; ticketId: string | null; labels: readonly string[] },
): void {
	if (filed.stamps.title === undefined) filed.title = title;
	if (filed.stamps.ticket === undefined) filed.ticketId = ticketId;
	const open = labels.filter((label) => filed.stamps[`label ${label}`] === undefined);
	filed.labels = [...new Set([...filed.labels, ...open])].sort();
}

function see(filed: Filed, upTo: number | undefined, lastAt: number): void {
	// Of before there was `upTo`: all that stood before it in the log.
	filed.seenUpTo = Math.max(filed.seenUpTo, upTo ?? lastAt);
	if (lastAt <= filed.seenUpTo) filed.unread = false;
}

/** Whoever acts in a session has seen what it had to say. */
export function lookedAt({ by }: SessionEvent): boolean {
	return by.kind === 'person';
}
