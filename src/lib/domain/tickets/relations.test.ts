import { expect, test } from 'vitest';
import { blankFields } from './ticket';
import { ticketContext } from './as-text';
import { blockedWords, linkName, progressOf, relatedTo, standing, subtasksOf } from './relations';
import type { Ticket } from './ticket';

const ticket = (number: number, more: Partial<Ticket> = {}): Ticket => ({
	...blankFields,
	v: 1,
	id: `id-${number}`,
	number,
	prefix: 'T',
	title: `Ticket ${number}`,
	status: 'backlog',
	comments: [],
	deletedAt: null,
	createdAt: number,
	updatedAt: number,
	seq: 0,
	...more,
});
const byId = (...tickets: Ticket[]) => new Map(tickets.map((one) => [one.id, one]));

test('a ticket is blocked by what is not settled, and no longer once it is settled itself', () => {
	const blocked = ticket(1, { blockedBy: ['id-2', 'id-3', 'id-4'] });
	const others = [ticket(2), ticket(3, { status: 'done' }), ticket(4, { deletedAt: 5 })] as const;
	expect(blockedWords(blocked, byId(blocked, ...others))).toBe('Blocked by T-002');
	expect(blockedWords({ ...blocked, status: 'done' }, byId(blocked, ...others))).toBe('');
});

test('what was cancelled counts for no progress, and what was deleted is not there', () => {
	const group = [
		ticket(2, { status: 'done' }),
		ticket(3, { status: 'cancelled' }),
		ticket(4, { status: 'in-review' }),
	];
	expect(progressOf(group)).toEqual({ done: 1, all: 2 });
	expect(
		standing(byId(ticket(2), ticket(1), ticket(3, { deletedAt: 1 }))).map((t) => t.id),
	).toEqual(['id-1', 'id-2']);
});

test('related holds both ways, a part knows its whole', () => {
	const tickets = byId(
		ticket(1, { related: ['id-2'] }),
		ticket(2),
		ticket(3, { parentId: 'id-2' }),
	);
	expect(relatedTo(tickets.get('id-2') as Ticket, tickets).map(({ id }) => id)).toEqual(['id-1']);
	expect(subtasksOf('id-2', tickets).map(({ id }) => id)).toEqual(['id-3']);
});

test('a session names the ticket it serves also when it was deleted', () => {
	expect([
		linkName(ticket(42)),
		linkName(ticket(42, { deletedAt: 1 })),
		linkName(undefined),
	]).toEqual(['T-042', 'T-042 (deleted)', 'Ticket not here']);
});

test('the context of a run holds all that is known of the ticket, in bounds', () => {
	const one = ticket(1, {
		description: 'x'.repeat(1_000_000),
		blockedBy: ['id-2'],
		comments: [{ id: 'c', at: 0, by: { kind: 'agent', actor: 'main' }, text: 'Seen' }],
	});
	const { title, text } = ticketContext(one, byId(one, ticket(2)));
	expect(title).toBe('T-001 Ticket 1');
	expect(text).toContain('- Blocked by: T-002 Ticket 2');
	expect(text).toContain('**An agent, 1970-01-01:** Seen');
	expect(text.length).toBeLessThan(61_000);
});
