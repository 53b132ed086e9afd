/**
 * A ticket is what sessions serve. Like a session it is a log: every change is an event, and what a ticket is now
 * is their fold; so two devices that change different things of it both count.
 */
import type { By } from '../log/event';

export const ticketStatuses = [
	'backlog',
	'planned',
	'in-progress',
	'in-review',
	'done',
	'cancelled',
] as const;
export type TicketStatus = (typeof ticketStatuses)[number];

export const statusLabel: Readonly<Record<TicketStatus, string>> = {
	backlog: 'Backlog',
	planned: 'Planned',
	'in-progress': 'In Progress',
	'in-review': 'In Review',
	done: 'Done',
	cancelled: 'Cancelled',
};

export const ticketTypes = [
	'feature',
	'bug',
	'task',
	'research',
	'documentation',
	'refactor',
	'epic',
] as const;
export type TicketType = (typeof ticketTypes)[number];

export const ticketPriorities = ['critical', 'high', 'medium', 'low'] as const;
export type TicketPriority = (typeof ticketPriorities)[number];

/** What a person or an agent writes of a ticket. */
export interface TicketFields {
	title: string;
	/** Markdown. */
	description: string;
	type: TicketType;
	priority: TicketPriority;
	labels: string[];
	/** The epic it belongs to. */
	epicId: string | null;
	/** The ticket it is a part of. */
	parentId: string | null;
	blockedBy: string[];
	related: string[];
}

/** What a ticket has that nobody has said anything about. */
export const blankFields: TicketFields = {
	title: '',
	description: '',
	type: 'task',
	priority: 'medium',
	labels: [],
	epicId: null,
	parentId: null,
	blockedBy: [],
	related: [],
};

export interface TicketComment {
	/** Of its event. */
	id: string;
	at: number;
	by: By;
	/** Markdown. */
	text: string;
}

/** The fold of a ticket's events, which is also its row. */
export interface Ticket extends TicketFields {
	v: 1;
	/** ULID. */
	id: string;
	/** What people call it, with the prefix in front: T-001. */
	number: number;
	prefix: string;
	status: TicketStatus;
	comments: TicketComment[];
	/** Epoch ms; null: it was not deleted. */
	deletedAt: number | null;
	createdAt: number;
	updatedAt: number;
	/** Seq of the last event the fold has seen. */
	seq: number;
}

export interface TicketEventKinds {
	'ticket-created': { number: number; prefix: string; fields: TicketFields; status: TicketStatus };
	/** Only the given fields change. */
	'ticket-changed': { changes: Partial<TicketFields> };
	'ticket-moved': { from: TicketStatus; to: TicketStatus };
	'ticket-commented': { text: string };
	'ticket-deleted': Record<never, never>;
	'ticket-restored': Record<never, never>;
}
export type TicketEventKind = keyof TicketEventKinds;

export interface TicketEventBase {
	v: 1;
	/** ULID. */
	id: string;
	ticketId: string;
	/** Epoch ms. */
	at: number;
	by: By;
	/** The session whose agent did it. */
	sessionId?: string;
}
export type TicketEventOf<K extends TicketEventKind> = TicketEventBase & {
	kind: K;
} & TicketEventKinds[K];
export type TicketEvent = { [K in TicketEventKind]: TicketEventOf<K> }[TicketEventKind];
/** With its place in the ticket's log on this device. */
export type StoredTicketEvent = TicketEvent & { seq: number };

/** T-001: three digits at least. */
export function ticketName({ prefix, number }: Pick<Ticket, 'prefix' | 'number'>): string {
	return `${prefix}-${String(number).padStart(3, '0')}`;
}
