import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../domain/json';
import { formFields } from '../domain/schema/form-fields';
import { readInput, shownIn, type Filled } from './new-run-input';

const schema: JsonSchema = {
	type: 'object',
	required: ['report'],
	additionalProperties: false,
	properties: {
		report: { type: 'string', title: 'Report', minLength: 3 },
		count: { type: 'integer', minimum: 1 },
		regression: { type: 'boolean' },
		affected: { enum: ['one', 'all'], default: 'all' },
		tags: { type: 'array', items: { type: 'string' } },
		meta: { type: 'object' },
	},
};
const fields = formFields(schema);
const read = (filled: Filled) => readInput(schema, fields, filled);
const problems = (filled: Filled) => Object.fromEntries(read(filled).problems);

describe('a filled form', () => {
	it('stands for a value, without what was left empty', () => {
		expect(
			read({ report: 'It stops', count: ' 3 ', tags: 'ios\n\nupload', meta: '{"a": [1]}' }),
		).toEqual({
			value: {
				report: 'It stops',
				count: 3,
				regression: false,
				affected: 'all',
				tags: ['ios', 'upload'],
				meta: { a: [1] },
			},
			problems: new Map(),
		});
	});

	it('shows the defaults of the schema until something is filled in', () => {
		const affected = fields.find(({ name }) => name === 'affected');
		if (!affected) throw new Error('no field');
		expect(shownIn(affected, {})).toBe('1');
		expect(shownIn(affected, { affected: '' })).toBe('');
	});

	it('is not filled in by what every object has', () => {
		const types = ['constructor', '__proto__', 'toString'].map((name) => [
			name,
			{ type: 'number' },
		]);
		const odd = { type: 'object', properties: Object.fromEntries(types) as JsonSchema };
		expect(readInput(odd, formFields(odd), {})).toEqual({ value: {}, problems: new Map() });
		const filled = Object.fromEntries([['__proto__', '1']]) as Filled;
		expect(JSON.stringify(readInput(odd, formFields(odd), filled).value)).toBe('{"__proto__":1}');
	});

	it('says what is missing, and what breaks the schema, where it is', () => {
		expect(problems({})).toEqual({ report: 'Fill this in.' });
		expect(problems({ report: 'ab', count: '0' })).toEqual({
			report: 'Report must have at least 3 characters.',
			count: 'Count must be 1 or more.',
		});
	});

	it('says what cannot be read at all', () => {
		expect(problems({ report: 'abc', count: 'many', meta: '{' })).toEqual({
			count: 'Count must be a number.',
			meta: 'Meta cannot be read as JSON. It ends too early.',
		});
		expect(read({ report: 'abc', count: 'many' }).value).toBeNull();
	});

	it('is one field of JSON where the schema wants no object', () => {
		const list: JsonSchema = { type: 'array', items: { type: 'number' } };
		const one = formFields(list);
		expect(readInput(list, one, { '': '[1, 2]' }).value).toEqual([1, 2]);
		expect(Object.fromEntries(readInput(list, one, { '': '[1, "x"]' }).problems)).toEqual({
			'': 'The input must be a number, but is a string.',
		});
	});
});
