import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Slots } from './slots';

const none = new Set<string>();

test('what stays keeps its element, and what comes takes over that of what has gone', () => {
	const slots = new Slots();
	expect(slots.give(['a', 'b', 'c'], none)).toEqual([0, 1, 2]);
	expect(slots.give(['b', 'c', 'd'], none)).toEqual([1, 2, 0]);
});

test('another list takes over the elements in their order', () => {
	const slots = new Slots();
	slots.give(['a', 'b', 'c'], none);
	expect(slots.give(['x', 'y', 'z', 'new'], none)).toEqual([0, 1, 2, 3]);
});

test('an element with the focus is not passed on', () => {
	const slots = new Slots();
	slots.give(['a', 'b'], none);
	expect(slots.give(['x', 'y'], new Set(['a']))).toEqual([1, 2]);
});

test('however a list changes, no two things have the same element', () => {
	const keys = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 8 });
	fc.assert(
		fc.property(fc.array(fc.tuple(keys, keys), { maxLength: 20 }), (changes) => {
			const slots = new Slots();
			let before = new Map<string, number>();
			for (const [now, bound] of changes) {
				const given = slots.give(now, new Set(bound));
				expect(new Set(given).size).toBe(now.length);
				const after = new Map(now.map((key, i) => [key, given[i] as number]));
				for (const [key, slot] of before) {
					if (after.has(key)) expect(after.get(key)).toBe(slot);
					else if (bound.includes(key)) expect(given).not.toContain(slot);
				}
				before = after;
			}
		}),
	);
});
