import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clipEnd, clipForModel } from './clip';

const whole = (text: string) => !/\p{Cs}/u.test(text);
const texts = fc.string({
	unit: fc.constantFrom('a', '😀', 'é', '\n'),
	maxLength: 2_000,
	size: 'max',
});

it('a short text stays as it is', () => {
	expect(clipForModel('abc', 3)).toBe('abc');
});

it('a long text keeps its two ends and says what is missing', () => {
	const clipped = clipForModel(`start${'x'.repeat(200_000)}end`);
	expect(clipped.length).toBeLessThanOrEqual(100_000);
	expect(clipped).toMatch(/^startx+\n\n\[… (\d+) characters left out here.*\]\n\nx+end$/s);
	const left = Number(/… (\d+)/.exec(clipped)?.[1]);
	const notice = /\n\n\[.*\]\n\n/s.exec(clipped)?.[0].length ?? 0;
	expect(clipped.length - notice + left).toBe(200_008);
});

it('never grows past the limit, and never splits a character', () => {
	fc.assert(
		fc.property(texts, fc.integer({ min: 120, max: 2_000 }), (text, max) => {
			const clipped = clipForModel(text, max);
			expect(clipped.length).toBeLessThanOrEqual(Math.max(max, 0));
			expect(whole(clipped)).toBe(true);
			expect(clipEnd(text, max).length).toBeLessThanOrEqual(max);
			expect(whole(clipEnd(text, max))).toBe(true);
		}),
	);
});
