import { describe, expect, test } from 'vitest';
import { sessionRows } from '../../../../tests/fixtures/session-rows';
import type { StoredEvent } from '../log/event';
import type { SessionRow } from '../session-row';
import type { Ticket, TicketEvent } from '../tickets/ticket';
import {
	feedLine,
	feedQueryParams,
	inFeed,
	parseFeedQuery,
	type FeedEntry,
	type FeedQuery,
} from './feed';

const you = { kind: 'person', name: 'You', device: 'd', deviceName: 'This device' } as const;
const engine = { kind: 'engine', device: 'd', epoch: 1 } as const;
const at = Date.UTC(2026, 10, 26, 14);
const everything: FeedQuery = { type: null, time: 'all', actor: null };

const row: SessionRow = {
	...(sessionRows(1, at)[0] as SessionRow),
	id: 's',
	place: 'run',
	agentId: 'reviewer',
	agentName: 'Code Reviewer',
	agentIcon: 'code',
	title: 'Fix it',
};
const tickets = new Map([
	['t', { id: 't', prefix: 'T', number: 1, title: 'Upload', deletedAt: null } as Ticket],
]);

function session(kind: StoredEvent['kind'], more: object = {}, by: object = engine): FeedEntry {
	const event = { v: 1, id: 'e', sessionId: 's', seq: 9, at, by, kind, ...more };
	return { of: 'session', at, event: event as unknown as StoredEvent, row };
}

function ticket(kind: TicketEvent['kind'], more: object = {}): FeedEntry {
	const event = { v: 1, id: 'e', ticketId: 't', at, by: you, kind, ...more };
	return { of: 'ticket', at, event: event as unknown as TicketEvent, row: null };
}

describe('a line', () => {
	test('says who did what to which session, and leads there', () => {
		expect(feedLine(session('permission-requested', { tool: 'write_file' }), tickets)).toEqual({
			id: 'e',
			at,
			who: 'Code Reviewer',
			agentIcon: 'code',
			what: 'asked to use write_file in',
			subject: 'Fix it',
			href: '/runs/s',
			detail: '',
		});
		expect(feedLine(session('archived', {}, you), tickets)).toMatchObject({
			who: 'You',
			agentIcon: null,
			what: 'archived',
		});
	});
	test('leads to the chat where the session is one', () => {
		const entry = { ...session('ended', { status: 'completed' }), row: { ...row, place: 'chat' } };
		expect(feedLine(entry as FeedEntry, tickets)).toMatchObject({ href: '/chat/s' });
	});
	test('tells of tickets by their names', () => {
		expect(
			feedLine(ticket('ticket-moved', { from: 'planned', to: 'done' }), tickets),
		).toMatchObject({
			what: 'moved',
			subject: 'T-001 Upload',
			href: '/tickets/t',
			detail: 'from Planned to Done',
		});
		expect(feedLine(session('ticket-linked', { ticketId: 't' }, you), tickets)).toMatchObject({
			what: 'linked',
			detail: 'to T-001',
		});
	});
	test('is none for an event of a later version', () => {
		expect(feedLine(session('teleported' as StoredEvent['kind']), tickets)).toBeNull();
	});
});

describe('what is asked for', () => {
	const asks = (entry: FeedEntry, query: Partial<FeedQuery>) =>
		inFeed(entry, { ...everything, ...query });

	test('narrows by type', () => {
		expect(asks(session('archived', {}, you), { type: 'filing' })).toBe(true);
		expect(asks(session('archived', {}, you), { type: 'requests' })).toBe(false);
		expect(asks(ticket('ticket-deleted'), { type: 'tickets' })).toBe(true);
		expect(asks(session('held', { message: '' }), { type: 'sessions' })).toBe(true);
	});
	test('narrows by who did it: people, agents, or one agent', () => {
		const ended = session('ended', { status: 'completed' });
		expect(asks(ended, { actor: 'agents' })).toBe(true);
		expect(asks(ended, { actor: 'reviewer' })).toBe(true);
		expect(asks(ended, { actor: 'someone-else' })).toBe(false);
		expect(asks(ended, { actor: 'people' })).toBe(false);
		expect(asks(session('archived', {}, you), { actor: 'reviewer' })).toBe(false);
	});
	test('leaves out the prompt that a session began with', () => {
		expect(asks(session('prompt', { text: 'Go', seq: 1 }, you), {})).toBe(false);
		expect(asks(session('prompt', { text: 'And then' }, you), {})).toBe(true);
	});
	test('stands in the address, and nothing else does', () => {
		const query: FeedQuery = { type: 'tickets', time: 'week', actor: 'people' };
		expect(parseFeedQuery(feedQueryParams(query))).toEqual(query);
		expect(feedQueryParams(everything).toString()).toBe('');
		expect(parseFeedQuery(new URLSearchParams('type=x&time=y'))).toEqual(everything);
	});
});
