import { describe, expect, test } from 'vitest';
import type { JsonValue } from './json';
import { isTextTooDeep, isTooDeep, MOST_LEVELS, textOfDeep } from './json-depth';

const nested = (levels: number): string => `${'['.repeat(levels)}1${']'.repeat(levels)}`;
const parsed = (text: string): JsonValue => JSON.parse(text) as JsonValue;

describe('JSON that is nested too deeply', () => {
	test.each([
		[0, false],
		[MOST_LEVELS, false],
		[MOST_LEVELS + 1, true],
		[5_000, true],
	])('of %i levels: %s', (levels, refused) => {
		const text = nested(levels);
		expect([isTooDeep(parsed(text)), isTextTooDeep(text)]).toEqual([refused, refused]);
	});

	test('is told by objects as by lists', () => {
		const text = '{"a":'.repeat(MOST_LEVELS) + '{}' + '}'.repeat(MOST_LEVELS);
		expect([isTooDeep(parsed(text)), isTextTooDeep(text)]).toEqual([true, true]);
	});

	test('is not told by brackets in strings, nor by what stands side by side', () => {
		const text = JSON.stringify(['['.repeat(999), '"{', ...Array<object>(999).fill({ a: [1] })]);
		expect([isTooDeep(parsed(text)), isTextTooDeep(text)]).toEqual([false, false]);
	});

	test('has a text that is too deep as well, and hardly deeper', () => {
		const text = textOfDeep(parsed(nested(5_000)));
		expect(isTextTooDeep(text)).toBe(true);
		expect(text.length).toBeLessThan(3 * MOST_LEVELS);
	});
});
