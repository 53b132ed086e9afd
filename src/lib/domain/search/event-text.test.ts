import type { JsonValue } from '../json';
import { expect, it } from 'vitest';
import { jsonText } from './event-text';

it('a value is searched as its names and values, breaks being breaks', () => {
	expect(
		jsonText({ path: 'a.ts', edits: [{ from: 'one\ntwo', n: 3 }, true], none: null, empty: {} }),
	).toBe('path: a.ts\nedits\nfrom: one\ntwo\nn: 3\ntrue\nnone: null\nempty');
});

it('values nested deeper than a stack is are read too', () => {
	let value: JsonValue = 'deep';
	for (let i = 0; i < 50_000; i++) value = [value];
	expect(jsonText(value)).toBe('deep');
});
