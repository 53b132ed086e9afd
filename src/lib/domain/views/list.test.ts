import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKeys, holdOrder, runningMs, sameKeys, type RowKey } from './list';

const key = (id: string, startedAt: number): RowKey => ({ id, startedAt });
const keys = fc
	.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 9 })), {
		selector: ([id]) => id,
		maxLength: 40,
	})
	.map((pairs) => pairs.map(([id, at]) => key(String(id).padStart(2, '0'), at)).sort(compareKeys));

describe('order', () => {
	it('is newest first, and by id within a millisecond', () => {
		expect([key('a', 1), key('b', 2), key('c', 1)].sort(compareKeys)).toEqual([
			key('b', 2),
			key('c', 1),
			key('a', 1),
		]);
	});

	it('is the same when every id stands where it stood', () => {
		expect(sameKeys([key('a', 1)], [key('a', 1)])).toBe(true);
		expect(sameKeys([key('a', 1)], [key('b', 1)])).toBe(false);
		expect(sameKeys([], [key('b', 1)])).toBe(false);
	});
});

describe('holdOrder', () => {
	it('lets newer rows wait, and older ones follow below', () => {
		const held = [key('c', 30), key('b', 20)];
		const fresh = [key('e', 50), key('d', 40), key('c', 30), key('b', 20), key('a', 10)];
		expect(holdOrder(held, fresh)).toEqual({
			shown: [key('c', 30), key('b', 20), key('a', 10)],
			waiting: 2,
			left: [],
		});
	});

	it('keeps a row that has left its view, and says so', () => {
		const held = [key('c', 30), key('b', 20), key('a', 10)];
		expect(holdOrder(held, [key('b', 20)])).toEqual({ shown: held, waiting: 0, left: ['c', 'a'] });
	});

	it('holds nothing when nothing stood there', () => {
		expect(holdOrder([], [key('a', 10)])).toEqual({
			shown: [key('a', 10)],
			waiting: 0,
			left: [],
		});
	});

	it('lets a row come or go at once that somebody has asked for', () => {
		const held = [key('c', 30), key('b', 20), key('a', 10)];
		const fresh = [key('d', 40), key('c', 30), key('a', 10)];
		expect(holdOrder(held, fresh, { free: (id) => id === 'b' })).toEqual({
			shown: [key('c', 30), key('a', 10)],
			waiting: 1,
			left: [],
		});
		expect(holdOrder(held, fresh, { free: (id) => id === 'd' }).shown).toEqual(fresh);
	});

	it('never moves a held row, loses a fresh one or breaks the order below', () => {
		fc.assert(
			fc.property(keys, keys, (held, fresh) => {
				fc.pre(held.length > 0);
				const { shown, waiting } = holdOrder(held, fresh);
				expect(shown.slice(0, held.length)).toEqual(held);
				const below = shown.slice(held.length);
				expect(below).toEqual([...below].sort(compareKeys));
				const known = new Set(held.map(({ id }) => id));
				expect(below.length + waiting).toBe(fresh.filter(({ id }) => !known.has(id)).length);
			}),
		);
	});

	it('is settled after one step: holding on to what it shows changes nothing', () => {
		fc.assert(
			fc.property(keys, keys, (held, fresh) => {
				const once = holdOrder(held, fresh);
				expect(holdOrder(once.shown, fresh)).toEqual(once);
			}),
		);
	});
});

describe('runningMs', () => {
	it('counts the present stretch, and no wait', () => {
		expect(runningMs({ activeMs: 5000, runningSince: 100_000 }, 102_000)).toBe(7000);
		expect(runningMs({ activeMs: 5000, runningSince: null }, 102_000)).toBe(5000);
	});

	it('does not go back when a clock does', () => {
		expect(runningMs({ activeMs: 5000, runningSince: 100_000 }, 99_000)).toBe(5000);
	});
});
