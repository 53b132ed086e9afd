import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LiveDelta } from '../domain/live';
import { joinDeltas, newLivePart } from './live-deltas';

const whole = 'The whole photo is read into memory first.';
const delta = (from: number, to: number): LiveDelta => ({
	type: 'delta',
	sessionId: 's1',
	turnId: 'main.1',
	index: 0,
	part: 'text',
	from,
	text: whole.slice(from, to),
});
const empty = newLivePart(delta(0, 1));

test('text that overlaps what is known is taken once', () => {
	const part = joinDeltas(empty, '', [delta(0, 9), delta(4, 15), delta(4, 15)]);
	expect(part.text).toBe(whole.slice(0, 15));
});

test('text beyond a gap waits for the store', () => {
	const gap = joinDeltas(empty, '', [delta(0, 4), delta(10, 15)]);
	expect(gap).toMatchObject({ text: whole.slice(0, 4), ahead: [{ from: 10 }] });
	expect(joinDeltas(gap, whole.slice(0, 12), [])).toMatchObject({
		text: whole.slice(0, 15),
		ahead: [],
	});
});

test('a page that opens in the middle shows what is durable until the next word joins', () => {
	const part = joinDeltas(empty, whole.slice(0, 20), [delta(18, 25)]);
	expect(part.text).toBe(whole.slice(0, 25));
});

test('a part that learns nothing new stays the same object', () => {
	const part = joinDeltas(empty, '', [delta(0, 9)]);
	expect(joinDeltas(part, whole.slice(0, 5), [delta(2, 6)])).toBe(part);
});

test('whatever is lost or comes twice, the text is a true beginning, and whole once the store has it', () => {
	const cuts = fc.array(fc.tuple(fc.nat(whole.length), fc.nat(12), fc.nat(whole.length)), {
		maxLength: 20,
	});
	fc.assert(
		fc.property(cuts, (steps) => {
			let part = empty;
			for (const [from, length, durable] of steps) {
				part = joinDeltas(part, whole.slice(0, durable), [delta(from, from + length)]);
				expect(whole.startsWith(part.text)).toBe(true);
				expect(part.text.length).toBeGreaterThanOrEqual(durable);
			}
			expect(joinDeltas(part, whole, []).text).toBe(whole);
			expect(joinDeltas(part, whole, []).ahead).toEqual([]);
		}),
	);
});
