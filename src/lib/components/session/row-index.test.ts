import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexRows, ROW_CHARS, rowsText } from './row-index';

test('every line is a row, and together they are the text', () => {
	const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', 'é'), maxLength: 200 });
	fc.assert(
		fc.property(text, (value) => {
			const index = indexRows(value);
			const whole = value.endsWith('\n') ? value.slice(0, -1) : value;
			expect(rowsText(value, index, 0, index.rows)).toBe(whole);
			expect(index.rows).toBe(Math.max(1, whole.split('\n').length));
		}),
	);
});

test('an endless line is cut into rows', () => {
	const index = indexRows('x'.repeat(ROW_CHARS * 3 + 1));
	expect(index.rows).toBe(4);
});

test('only the rows asked for are made', () => {
	const text = 'a\nb\nc\nd';
	expect(rowsText(text, indexRows(text), 1, 3)).toBe('b\nc');
	expect(rowsText(text, indexRows(text), 2, 99)).toBe('c\nd');
});

test('five megabytes are indexed in a moment', () => {
	const text = 'const value = 1;\n'.repeat(300_000);
	const start = performance.now();
	expect(indexRows(text).rows).toBe(300_000);
	expect(performance.now() - start).toBeLessThan(250);
});
