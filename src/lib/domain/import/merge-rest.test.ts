import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newAgent } from '../agents/new-agent';
import type { Agent } from '../agent';
import type { TicketEvent } from '../tickets/ticket';
import { mergeAgent } from './merge-agent';
import { mergeSettings } from './merge-settings';
import { mergeTicket } from './merge-ticket';

function comment(id: string, at: number): TicketEvent {
	const by = { kind: 'person', name: 'Mara', device: 'd', deviceName: 'iPad' } as const;
	return { v: 1, id, ticketId: 't', at, by, kind: 'ticket-commented', text: id };
}

const tail = (side: string) =>
	fc
		.array(fc.integer({ min: 10, max: 20 }), { maxLength: 6 })
		.map((times) => times.sort((a, b) => a - b).map((at, i) => comment(`${side}${i}`, at)));

describe('mergeTicket', () => {
	const common = [comment('c0', 1), comment('c1', 2)];

	test('comes to the same log on either side, with everything in it once', () =>
		fc.assert(
			fc.property(tail('a'), tail('b'), (a, b) => {
				const [ours, theirs] = [
					[...common, ...a],
					[...common, ...b],
				];
				const here = mergeTicket(ours, theirs) ?? ours;
				const there = mergeTicket(theirs, ours) ?? theirs;
				expect(here).toEqual(there);
				expect(here).toHaveLength(common.length + a.length + b.length);
				expect(mergeTicket(here, theirs)).toBeNull();
			}),
		));
});

describe('mergeAgent', () => {
	const ours: Agent = { ...newAgent('a1', 1), name: 'Critic' };

	test('the same agent is here, whatever it is connected to', () => {
		const known = new Map([['a1', { ...ours, connectionId: 'c1' }]]);
		expect(mergeAgent({ ...ours, updatedAt: 9 }, known)).toBeNull();
	});

	test('one that differs is kept beside ours, once', () => {
		const known = new Map([['a1', ours]]);
		const merged = mergeAgent({ ...ours, systemPrompt: 'Be kind' }, known);
		expect(merged).toMatchObject({ copy: true, agent: { name: 'Critic (imported)' } });
		const copy = merged?.agent as Agent;
		known.set(copy.id, copy);
		expect(mergeAgent({ ...ours, systemPrompt: 'Be kind' }, known)).toBeNull();
	});
});

describe('mergeSettings', () => {
	test('what was set here stays; views are added, none twice', () => {
		const ours = { ticketPrefix: 'T', savedViews: [{ name: 'Mine', search: '?a' }] };
		const views = [
			{ name: 'Same', search: '?a' },
			{ name: 'Mine', search: '?b' },
		];
		expect(
			mergeSettings(ours, { ticketPrefix: 'X', workspaceName: 'Work', savedViews: views }),
		).toEqual({
			workspaceName: 'Work',
			savedViews: [...ours.savedViews, { name: 'Mine (imported)', search: '?b' }],
		});
		expect(mergeSettings(ours, { savedViews: ours.savedViews })).toEqual({});
	});
});
