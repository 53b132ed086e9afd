/**
 * The workspace's feed: who did what to which session or ticket. Its lines are made from events that are read by time,
 * of sessions (`feedAt`) and of tickets, with the rows of the sessions they belong to.
 */
import type { By, EventKind, StoredEvent } from '../log/event';
import type { SessionRow } from '../session-row';
import { linkName, type TicketsById } from '../tickets/relations';
import { changeWords } from '../tickets/history';
import { statusLabel, type TicketEvent } from '../tickets/ticket';
import { firstLine } from './activity-words';
import { listTimes, type ListTime } from './list-query';
import { sessionAddress } from './session-address';

export const feedTypes = ['sessions', 'requests', 'filing', 'tickets'] as const;
export type FeedType = (typeof feedTypes)[number];

/** What the feed is narrowed to. `actor`: all people, all agents, or one agent by its id. */
export interface FeedQuery {
	type: FeedType | null;
	time: ListTime;
	actor: 'people' | 'agents' | (string & {}) | null;
}

/** What an address asks for; what it does not say, or says wrongly, narrows nothing. */
export function parseFeedQuery(params: URLSearchParams): FeedQuery {
	const [type, time] = [params.get('type'), params.get('time')];
	return {
		type: feedTypes.find((known) => known === type) ?? null,
		time: listTimes.find((known) => known === time) ?? 'all',
		actor: params.get('actor') || null,
	};
}

/** The shortest parameters that are read as this query. */
export function feedQueryParams({ type, time, actor }: FeedQuery): URLSearchParams {
	const params = new URLSearchParams();
	if (type) params.set('type', type);
	if (time !== 'all') params.set('time', time);
	if (actor) params.set('actor', actor);
	return params;
}

export type FeedEntry =
	| { of: 'session'; at: number; event: StoredEvent; row: SessionRow | null }
	/** `row`: of the session whose agent did it; null: a person did. */
	| { of: 'ticket'; at: number; event: TicketEvent; row: SessionRow | null };

export interface FeedLine {
	/** Of the event. */
	id: string;
	at: number;
	who: string;
	/** Null: a person. Otherwise the icon of the agent. */
	agentIcon: string | null;
	/** Between who did it and what it was done to: "archived". */
	what: string;
	/** What it was done to: a session's title, a ticket's name. Untrusted, as are the details. */
	subject: string;
	href: string;
	/** After the subject; empty: nothing more to say. */
	detail: string;
}

const typeOfKind: Partial<Record<EventKind, FeedType>> = {
	created: 'sessions',
	prompt: 'sessions',
	held: 'sessions',
	'cancel-requested': 'sessions',
	ended: 'sessions',
	'permission-requested': 'requests',
	'permission-decided': 'requests',
	'question-asked': 'requests',
	'question-answered': 'requests',
};

/** Whether an entry is among what is asked for, apart from its time. */
export function inFeed(entry: FeedEntry, { type, actor }: FeedQuery): boolean {
	if (entry.of === 'session' && isTold(entry.event) === false) return false;
	if (type !== null && typeOf(entry) !== type) return false;
	if (actor === null) return true;
	const person = entry.event.by.kind === 'person';
	if (actor === 'people') return person;
	if (person) return false;
	return actor === 'agents' || entry.row?.agentId === actor;
}

function typeOf(entry: FeedEntry): FeedType {
	return entry.of === 'ticket' ? 'tickets' : (typeOfKind[entry.event.kind] ?? 'filing');
}

/** The prompt a session begins with is told by its beginning, and what the engine says by itself is not news. */
function isTold({ kind, seq, by }: StoredEvent): boolean {
	return kind !== 'prompt' || (seq > 1 && by.kind === 'person');
}

/** Null: an event of a later version, which has no words yet. */
export function feedLine(entry: FeedEntry, tickets: TicketsById): FeedLine | null {
	const { id, at, by } = entry.event;
	const base = { id, at, ...doer(by, entry.row) };
	if (entry.of === 'ticket') {
		const { ticketId } = entry.event;
		const ticket = tickets.get(ticketId);
		const subject = ticket ? `${linkName(ticket)} ${ticket.title}` : 'a ticket that is gone';
		return { ...base, ...ticketWords(entry.event, tickets), subject, href: `/tickets/${ticketId}` };
	}
	const said = sessionWords(entry.event, tickets);
	if (!said) return null;
	const { row, event } = entry;
	const subject = row?.title ?? 'a session that is gone';
	return {
		...base,
		...said,
		subject,
		href: row ? sessionAddress(row) : `/runs/${event.sessionId}`,
	};
}

function doer(by: By, row: SessionRow | null): Pick<FeedLine, 'who' | 'agentIcon'> {
	if (by.kind === 'person') return { who: by.name, agentIcon: null };
	return { who: row?.agentName || row?.model || 'Muster', agentIcon: row?.agentIcon ?? 'agent' };
}

type Words = Pick<FeedLine, 'what' | 'detail'>;

const said = (what: string, detail = ''): Words => ({ what, detail });

function sessionWords(event: StoredEvent, tickets: TicketsById): Words | null {
	switch (event.kind) {
		case 'created':
			if (event.source) return said('imported');
			if (event.parent) return said(event.parent.branch ? 'began another version of' : 'forked');
			return said('started');
		case 'prompt':
			return said('wrote in', firstLine(event.text));
		case 'permission-requested':
			return said(`asked to use ${firstLine(event.tool, 60)} in`);
		case 'permission-decided':
			return said(decided[event.decision], event.message ? firstLine(event.message) : '');
		case 'question-asked':
			return said('asked a question in', firstLine(event.questions[0]?.text ?? ''));
		case 'question-answered':
			return said(event.answers === null ? 'skipped a question in' : 'answered a question in');
		case 'held':
			return said('waits in', firstLine(event.message));
		case 'cancel-requested':
			return said('cancelled');
		case 'renamed':
			return said('renamed', `to “${firstLine(event.title)}”`);
		case 'archived':
			return said('archived');
		case 'unarchived':
			return said('unarchived');
		case 'deleted':
			return said('deleted');
		case 'restored':
			return said('restored');
		case 'ticket-linked': {
			if (event.ticketId === null) return said('unlinked', 'from its ticket');
			return said('linked', `to ${linkName(tickets.get(event.ticketId))}`);
		}
		case 'ended':
			return said(endings[event.status]);
		default:
			return null;
	}
}

const decided = {
	'allow-once': 'allowed a call once in',
	'allow-in-run': 'always allowed a tool in',
	deny: 'denied a call in',
} as const;

const endings = { completed: 'finished', failed: 'failed in', cancelled: 'stopped in' } as const;

function ticketWords(event: TicketEvent, tickets: TicketsById): Words {
	switch (event.kind) {
		case 'ticket-created':
			return said('created', `in ${statusLabel[event.status]}`);
		case 'ticket-changed':
			return said(
				'changed',
				changeWords(event.changes, tickets)
					.map((one) => firstLine(one))
					.join(', '),
			);
		case 'ticket-moved':
			return said('moved', `from ${statusLabel[event.from]} to ${statusLabel[event.to]}`);
		case 'ticket-commented':
			return said('commented on', firstLine(event.text));
		case 'ticket-deleted':
			return said('deleted');
		case 'ticket-restored':
			return said('restored');
		default:
			event satisfies never;
			return said('changed');
	}
}
