import { expect, test } from 'vitest';
import { you } from '../../../../tests/fixtures/log-builder';
import type { TicketChange } from '../command';
import { foldTicket } from './fold';
import { allowedMoves, changeTicket, type TicketSurroundings } from './rules';
import {
	ticketName,
	ticketStatuses,
	type Ticket,
	type TicketEvent,
	type TicketFields,
} from './ticket';

const fields: TicketFields = {
	title: 'Avatar upload fails on iPad',
	description: '',
	type: 'bug',
	priority: 'high',
	labels: [],
	epicId: null,
	parentId: null,
	blockedBy: [],
	related: [],
};

/** Tickets with their logs, as a workspace keeps them. */
class Workspace implements TicketSurroundings {
	logs = new Map<string, TicketEvent[]>();
	prefix = 'T';

	get number(): number {
		return this.logs.size + 1;
	}

	ticket(id: string): Ticket | undefined {
		return foldTicket(this.logs.get(id) ?? []) ?? undefined;
	}

	/** Why it was refused; null when it was done. */
	do(id: string, change: TicketChange): string | null {
		const outcome = changeTicket(this.ticket(id) ?? null, change, this);
		if ('refused' in outcome) return outcome.refused;
		const log = this.logs.get(id) ?? [];
		if (outcome.event) {
			const n = log.length;
			const base = { v: 1 as const, id: `${id}-${n}`, ticketId: id, at: n, by: you };
			this.logs.set(id, [...log, { ...base, ...outcome.event }]);
		}
		return null;
	}

	with(id: string, more: Partial<TicketFields> = {}): this {
		expect(
			this.do(id, { do: 'create', fields: { ...fields, ...more }, status: 'backlog' }),
		).toBeNull();
		return this;
	}
}

test('a ticket is numbered, and named by its prefix and number', () => {
	const workspace = new Workspace().with('a').with('b');
	const ticket = workspace.ticket('b') as Ticket;
	expect(ticketName(ticket)).toBe('T-002');
	expect(ticketName({ prefix: 'APP', number: 1234 })).toBe('APP-1234');
});

test.each(ticketStatuses.flatMap((from) => ticketStatuses.map((to) => [from, to] as const)))(
	'from %s to %s it goes only where the map of moves lets it',
	(from, to) => {
		const ticket = { ...(new Workspace().with('a').ticket('a') as Ticket), status: from };
		const outcome = changeTicket(ticket, { do: 'move', to }, new Workspace());
		if (from === to) expect(outcome).toEqual({ event: null });
		else if (allowedMoves[from].includes(to))
			expect(outcome).toEqual({ event: { kind: 'ticket-moved', from, to } });
		else expect(outcome).toHaveProperty('refused');
		// A move that was allowed can be taken back, and no other.
		const moved = { ...ticket, status: to };
		const back = changeTicket(moved, { do: 'move', to: from, back: true }, new Workspace());
		if (from === to) expect(back).toEqual({ event: null });
		else if (allowedMoves[from].includes(to))
			expect(back).toEqual({ event: { kind: 'ticket-moved', from: to, to: from } });
		else expect(back).toHaveProperty('refused');
	},
);

test('changes of different fields both count, and one that changes nothing writes nothing', () => {
	const workspace = new Workspace().with('a');
	workspace.do('a', { do: 'change', changes: { priority: 'low' } });
	workspace.do('a', { do: 'change', changes: { title: 'Uploads stop' } });
	workspace.do('a', { do: 'change', changes: { priority: 'low' } });
	expect(workspace.logs.get('a')).toHaveLength(3);
	expect(workspace.ticket('a')).toMatchObject({ priority: 'low', title: 'Uploads stop' });
});

test('a ticket is no part of itself, waits for itself through nobody, and is under epics only', () => {
	const workspace = new Workspace()
		.with('a')
		.with('b', { parentId: 'a' })
		.with('c', { parentId: 'b' });
	expect(workspace.do('a', { do: 'change', changes: { parentId: 'c' } })).toContain(
		'part of itself',
	);
	workspace.do('b', { do: 'change', changes: { blockedBy: ['a'] } });
	expect(workspace.do('a', { do: 'change', changes: { blockedBy: ['b'] } })).toContain(
		'wait for itself',
	);
	expect(workspace.do('a', { do: 'change', changes: { epicId: 'b' } })).toContain('Only an epic');
	expect(workspace.ticket('a')).toMatchObject({ parentId: null, blockedBy: [], epicId: null });
});

test('a title is one line of text that can be seen', () => {
	const workspace = new Workspace().with('a', { title: ' Up\u202eload\n fails ' });
	expect(workspace.ticket('a')?.title).toBe('Up load fails');
	expect(workspace.do('a', { do: 'change', changes: { title: '\u200b' } })).toContain(
		'needs a title',
	);
});

test('a deleted ticket keeps what it was, and can be restored', () => {
	const workspace = new Workspace().with('a');
	workspace.do('a', { do: 'comment', text: 'Seen on iPadOS 18 ' });
	workspace.do('a', { do: 'delete' });
	expect(workspace.ticket('a')).toMatchObject({ title: fields.title, deletedAt: 2 });
	workspace.do('a', { do: 'restore' });
	expect(workspace.ticket('a')).toMatchObject({
		deletedAt: null,
		comments: [{ text: 'Seen on iPadOS 18', by: you }],
	});
});
