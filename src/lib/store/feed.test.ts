import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StoredEvent } from '../domain/log/event';
import type { StoredTicketEvent } from '../domain/tickets/ticket';
import { MusterDb } from './db';
import { feedWindow } from './feed';
import { newId } from './ids';

const you = { kind: 'person', name: 'You', device: 'd', deviceName: 'This device' } as const;

/** Sessions' events and tickets' events at these moments, and events the feed does not tell of in between. */
async function filled(sessionsAt: number[], ticketsAt: number[]): Promise<MusterDb> {
	const db = new MusterDb(`feed-${newId()}`);
	await db.events.bulkAdd(
		sessionsAt.flatMap((at, i): StoredEvent[] => {
			const base = { v: 1, sessionId: `s${i % 3}`, at, by: you };
			return [
				{ ...base, id: `e${i}`, seq: 2 * i, kind: 'archived', feedAt: at },
				{ ...base, id: `x${i}`, seq: 2 * i + 1, kind: 'seen' },
			];
		}),
	);
	await db.ticketEvents.bulkAdd(
		ticketsAt.map((at, i): StoredTicketEvent => {
			return { v: 1, id: `t${i}`, ticketId: 't', at, by: you, seq: i, kind: 'ticket-deleted' };
		}),
	);
	return db;
}

test('a window holds the newest of what is wanted, whatever happened at the same moment', async () => {
	const moments = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 12 });
	await fc.assert(
		fc.asyncProperty(
			moments,
			moments,
			fc.integer({ min: 1, max: 20 }),
			async (one, other, limit) => {
				const db = await filled(one, other);
				const ask = { from: 2, wants: () => true, limit, most: 1000 };
				const { entries, more } = await feedWindow(db, ask);
				const all = [...one, ...other].filter((at) => at >= 2).sort((a, b) => b - a);
				expect(entries.map(({ at }) => at)).toEqual(all.slice(0, limit));
				expect(more).toBe(all.length > limit);
				expect(new Set(entries.map(({ event }) => event.id)).size).toBe(entries.length);
				db.close();
			},
		),
		{ numRuns: 25 },
	);
});

test('what is rare is looked for in steps, and how far is told', async () => {
	const db = await filled(
		Array.from({ length: 500 }, (_, i) => 1000 + i),
		[],
	);
	const rare = { from: -Infinity, wants: ({ at }: { at: number }) => at === 1000, limit: 10 };
	expect(await feedWindow(db, { ...rare, most: 300 })).toEqual({
		entries: [],
		more: true,
		lookedTo: 1100,
	});
	const whole = await feedWindow(db, { ...rare, most: 1000 });
	expect(whole.entries.map(({ at }) => at)).toEqual([1000]);
	expect(whole.more).toBe(false);
	db.close();
});
