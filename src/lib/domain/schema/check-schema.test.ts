import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSchema } from './check-schema';
import { readJson } from './read-json';

describe('checkSchema', () => {
	it('gives the schema of a text that is one', () => {
		expect(checkSchema('{"type": "string"}')).toEqual({ ok: true, schema: { type: 'string' } });
	});

	it.each([
		['', 1, 1, 'The schema is empty.'],
		['[]', 1, 1, 'A schema is an object: it begins with { and ends with }.'],
		['{\n  "type": "strng"\n}', 2, 11, '"type" must be one of'],
		['{\n  "type" "string"\n}', 2, 10, 'A : is missing after "type".'],
		['{\n  "a": 1,\n}', 3, 1, 'There is a , too many before }.'],
		["{'a': 1}", 1, 2, 'A field name in "double quotes" is missing.'],
		['{"a": yes}', 1, 7, 'yes is no JSON value'],
		['{"a": 1} x', 1, 10, 'something after the end'],
		['{"a": 1, "a": 2}', 1, 10, 'there twice'],
		['{"a": "x\n"}', 1, 7, 'over the end of the line'],
		['{"properties": {"a": {\n"$ref": "#/$defs/b"}}}', 2, 9, 'leads nowhere'],
	])('%j: line %i, column %i: %s', (text, line, column, message) => {
		const checked = checkSchema(text);
		expect(checked).toMatchObject({ ok: false, problems: [{ line, column }] });
		expect(checked.ok ? '' : checked.problems[0]?.message).toContain(message);
	});
});

it('reads JSON as the language does, and refuses what it refuses', () => {
	fc.assert(
		fc.property(fc.json(), (text) => {
			expect(readJson(text)).toMatchObject({ ok: true, value: JSON.parse(text) });
		}),
	);
	fc.assert(
		fc.property(
			fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '1', 't', '\\', ' ') }),
			(text) => {
				let valid = true;
				try {
					JSON.parse(text);
				} catch {
					valid = false;
				}
				const read = readJson(text);
				if (read.ok || !read.message.includes('there twice')) expect(read.ok).toBe(valid);
			},
		),
		{ numRuns: 2_000 },
	);
});
