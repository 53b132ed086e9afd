import fc from 'fast-check';
import { expect, test } from 'vitest';
import { after, atEnd, earlier, FIRST, following, later, MOST } from './thread-window';

test('a thread opens at its end', () => {
	expect(atEnd(10_000)).toEqual({ from: 10_000 - FIRST, to: null });
	expect(atEnd(3)).toEqual({ from: 0, to: null });
});

test('wherever the reader goes, the window is bounded, within the thread, and reaches both ends', () => {
	const steps = fc.array(fc.constantFrom('earlier', 'later'), { maxLength: 120 });
	fc.assert(
		fc.property(fc.nat(2000), steps, (count, ways) => {
			let window = atEnd(count);
			for (const way of ways) {
				window = way === 'earlier' ? earlier(window, count) : later(window, count);
				const end = window.to ?? count;
				expect(window.from).toBeGreaterThanOrEqual(0);
				expect(end).toBeLessThanOrEqual(count);
				expect(end - window.from).toBeLessThanOrEqual(MOST);
				expect(end).toBeGreaterThanOrEqual(Math.min(count, window.from + 1));
			}
			for (let n = 0; n < 200; n++) window = earlier(window, count);
			expect(window.from).toBe(0);
			for (let n = 0; n < 200; n++) window = later(window, count);
			expect(window.to).toBeNull();
		}),
	);
});

test('a long run that is followed does not pile up', () => {
	expect(following(atEnd(40), 1000)).toEqual({ from: 1000 - MOST, to: null });
	const elsewhere = { from: 10, to: 60 };
	expect(following(elsewhere, 1000)).toEqual(elsewhere);
});

test('what comes before all others changes nothing of what is shown', () => {
	expect(after(atEnd(20), 9_980)).toEqual(atEnd(10_000));
	expect(after({ from: 0, to: 12 }, 100)).toEqual({ from: 100, to: 112 });
	expect(after({ from: 4, to: null }, -10)).toEqual({ from: 0, to: null });
});
