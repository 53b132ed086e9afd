import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blankFields } from './ticket';
import {
	filterWords,
	firstSort,
	openFilter,
	passes,
	readFilter,
	readSort,
	sorted,
	sortKeys,
	written,
} from './filter';
import { ticketPriorities, ticketStatuses, ticketTypes, type Ticket } from './ticket';

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

test('what an address says of filters and order comes back from it, and the rest of it stays', () => {
	fc.assert(
		fc.property(
			fc.string(),
			fc.constantFrom(null, ...ticketTypes),
			fc.constantFrom(null, ...ticketPriorities),
			fc.constantFrom(null, ...ticketStatuses),
			fc.constantFrom(null, 'e1'),
			fc.constantFrom(...sortKeys),
			fc.boolean(),
			(words, type, priority, status, epicId, by, descending) => {
				const filter = { words, type, priority, status, epicId };
				const address = written(new URLSearchParams('view=list'), filter, { by, descending });
				const again = new URLSearchParams(address.toString());
				expect(readFilter(again)).toEqual(filter);
				expect(readSort(again)).toEqual({ by, descending });
				expect(again.get('view')).toBe('list');
			},
		),
	);
	expect(written(new URLSearchParams(), openFilter, firstSort).toString()).toBe('');
});

test('an address that means nothing filters nothing', () => {
	const address = new URLSearchParams('type=nonsense&priority=&sort=-nothing');
	expect([readFilter(address), readSort(address)]).toEqual([openFilter, firstSort]);
});

test('words are looked for in name, title, labels and description, and all must be there', () => {
	const one = ticket(42, { labels: ['iPad'], description: 'The photo is gone' });
	expect(passes(one, { ...openFilter, words: 't-042 ipad PHOTO' })).toBe(true);
	expect(passes(one, { ...openFilter, words: 't-042 android' })).toBe(false);
});

test('an epic filters for itself and what is under it', () => {
	const filter = { ...openFilter, epicId: 'id-1' };
	expect(passes(ticket(1, { type: 'epic' }), filter)).toBe(true);
	expect(passes(ticket(2, { epicId: 'id-1' }), filter)).toBe(true);
	expect(passes(ticket(3), filter)).toBe(false);
	expect(filterWords({ ...filter, priority: 'high' }, 'T-001')).toEqual([
		'Epic: T-001',
		'Priority: High',
	]);
});

test('each order can be turned around, and ties stand by number', () => {
	const tickets = [
		ticket(1, { priority: 'low' }),
		ticket(2, { priority: 'critical' }),
		ticket(3, { priority: 'low' }),
	];
	const order = (descending: boolean) =>
		sorted(tickets, { by: 'priority', descending }, () => '').map(({ number }) => number);
	expect([order(false), order(true)]).toEqual([
		[2, 1, 3],
		[1, 3, 2],
	]);
});
