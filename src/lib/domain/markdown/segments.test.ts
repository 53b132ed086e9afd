import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentsOf } from './segments';

const limits = { soft: 10, hard: 20, hardest: 40 };

describe('segments of a long paragraph', () => {
	it('are the paragraph, and none but one without spaces is much too long', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('ab', ' ', 'cde', '**', '`', '[', '](', ')', '😀', '\\', '\n')),
				(parts) => {
					const text = parts.join('');
					const segments = segmentsOf(text, limits);
					expect(segments.join('')).toBe(text);
					for (const segment of segments) expect(segment.isWellFormed()).toBe(true);
				},
			),
		);
	});

	it('end where nothing is open', () => {
		expect(segmentsOf('one **two three four** five six', limits)).toEqual([
			'one **two three four** ',
			'five six',
		]);
		expect(segmentsOf('one two three four five', limits)).toEqual(['one two three ', 'four five']);
	});

	it('end in the middle of what is open for too long', () => {
		expect(segmentsOf('one **two three four five six seven', limits)).toEqual([
			'one **two three four ',
			'five six seven',
		]);
	});
});
