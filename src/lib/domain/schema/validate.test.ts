import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { JsonSchema, JsonValue } from '../json';
import { toolCatalogue } from '../tools/catalogue';
import { schemaProblems } from './schema-problems';
import { validate } from './validate';

vi.setConfig({ testTimeout: 60_000 });

const person: JsonSchema = {
	type: 'object',
	properties: {
		name: { type: 'string', minLength: 2 },
		age: { type: 'integer', minimum: 0, maximum: 150 },
		email: { type: 'string', format: 'email' },
		tags: { type: 'array', items: { type: 'string', enum: ['a', 'b'] }, maxItems: 2 },
	},
	required: ['name'],
	additionalProperties: false,
};

describe('validate', () => {
	it('says nothing of a value that fits', () => {
		expect(validate(person, { name: 'Ada', age: 36, email: 'a@b.org', tags: ['a'] })).toEqual([]);
	});

	it('names every mistake once, where it is, in words', () => {
		expect(validate(person, { age: 1.5, email: 'no', tags: ['a', 'c', 'b'], extra: true })).toEqual(
			[
				{ at: '', message: 'lacks the field "name"' },
				{ at: '/age', message: 'must be a whole number, but is a number' },
				{ at: '/email', message: 'is not a valid email, like name@example.com' },
				{ at: '/tags', message: 'must have at most 2 items' },
				{ at: '/tags/1', message: 'must be one of "a","b"' },
				{ at: '/extra', message: 'is not a field of this object' },
			],
		);
	});

	it.each<[JsonSchema, JsonValue, string]>([
		[{ type: 'string' }, 3, 'must be a string, but is a number'],
		[{ type: ['string', 'null'] }, [], 'must be a string or null, but is a list'],
		[{ type: 'boolean' }, 'x', 'must be true or false, but is a string'],
		[{ type: 'string' }, false, 'must be a string, but is false'],
		[{ const: 'x' }, 'y', 'must be "x"'],
		[{ minLength: 3 }, 'ab', 'must have at least 3 characters'],
		[{ maxLength: 3 }, 'abcd', 'must have at most 3 characters'],
		[{ minimum: 3 }, 2, 'must be 3 or more'],
		[{ maximum: 3 }, 4, 'must be 3 or less'],
		[{ exclusiveMinimum: 3 }, 3, 'must be more than 3'],
		[{ exclusiveMaximum: 3 }, 3, 'must be less than 3'],
		[{ multipleOf: 0.5 }, 0.7, 'must be a multiple of 0.5'],
		[{ minItems: 1 }, [], 'must have at least 1 items'],
		[{ uniqueItems: true }, [1, 1], 'has the same item twice'],
		[{ contains: { const: 1 } }, [2], 'has none of the items it must have'],
		[{ pattern: '^[a-z]+$' }, 'A', 'does not match the pattern ^[a-z]+$'],
		[{ not: { type: 'null' } }, null, 'has a form that is not allowed'],
		[
			{ anyOf: [{ type: 'string' }, { type: 'null' }] },
			1,
			'must be a string or null, but is a number',
		],
		[
			{ oneOf: [{ type: 'number' }, { type: 'integer' }] },
			1,
			'fits 2 of the forms, but must fit exactly one',
		],
		[{ minProperties: 1 }, {}, 'must have at least 1 fields'],
		[
			{ propertyNames: { maxLength: 1 } },
			{ ab: 1 },
			'has a field with a name that is not allowed: "ab"',
		],
		[
			{ dependentRequired: { a: ['b'] } },
			{ a: 1 },
			'has "a", which is not complete without another field: "b"',
		],
	])('%j of %j: %s', (schema, value, message) => {
		expect(validate(schema, value)).toEqual([{ at: '', message }]);
	});

	it('speaks of the nearest form where a value fits none', () => {
		const shape: JsonSchema = {
			oneOf: [
				{ properties: { kind: { const: 'a' }, n: { type: 'number' } }, required: ['kind', 'n'] },
				{ properties: { kind: { const: 'b' } }, required: ['kind', 'x', 'y'] },
			],
		};
		expect(validate(shape, { kind: 'a' })).toEqual([
			{ at: '', message: 'fits none of the 2 forms it may have' },
			{ at: '', message: 'lacks the field "n"' },
		]);
	});

	it('follows references within the schema, also recursive ones', () => {
		const tree: JsonSchema = {
			$ref: '#/$defs/node',
			$defs: {
				node: {
					type: 'object',
					properties: { children: { type: 'array', items: { $ref: '#/$defs/node' } } },
				},
			},
		};
		expect(validate(tree, { children: [{ children: [] }] })).toEqual([]);
		expect(validate(tree, { children: [{ children: [1] }] })).toEqual([
			{ at: '/children/0/children/0', message: 'must be an object, but is a number' },
		]);
	});

	it('leaves the schema as it was, frozen or not', () => {
		const schema = Object.freeze({ type: 'string', pattern: 'a', $id: 'https://x.test/s' });
		const before = JSON.stringify(schema);
		validate(schema, 'b');
		expect(JSON.stringify(schema)).toBe(before);
		expect(Object.getOwnPropertyNames(schema)).toEqual(['type', 'pattern', '$id']);
	});

	it('treats field names of any kind as data', () => {
		const value: JsonValue = JSON.parse('{"__proto__":1,"constructor":2,"a/b~c %":3}');
		expect(validate({ additionalProperties: { type: 'number' } }, value)).toEqual([]);
		expect(validate({ additionalProperties: { type: 'string' } }, value).map((p) => p.at)).toEqual([
			'/__proto__',
			'/constructor',
			'/a~1b~0c %',
		]);
		expect(validate({ additionalProperties: false }, { '\ud800': 1 })).toEqual([
			{ at: '', message: 'A field name contains half a character.' },
		]);
	});
});

describe('hostile schemas and values', () => {
	it('a pattern that would backtrack for ever is answered at once', () => {
		expect(validate({ pattern: '^(a+)+$' }, `${'a'.repeat(9_000)}!`)).toHaveLength(1);
	});

	it('a string too long for its pattern fails it', () => {
		expect(validate({ pattern: 'a' }, 'a'.repeat(10_001))).toEqual([
			{ at: '', message: 'is longer than 10000 characters, too long to be checked' },
		]);
	});

	it('references that multiply are cut off', () => {
		const $defs: JsonSchema = { d0: { type: 'string' } };
		for (let n = 1; n <= 30; n++)
			$defs[`d${n}`] = { anyOf: [{ $ref: `#/$defs/d${n - 1}` }, { $ref: `#/$defs/d${n - 1}` }] };
		expect(validate({ $ref: '#/$defs/d30', $defs }, 1)).toHaveLength(1);
	});

	it('a schema that refers to itself without end cannot be used', () => {
		expect(validate({ allOf: [{ $ref: '#' }] }, 1)[0]?.message).toContain('without end');
	});

	it('a value nested without measure is refused', () => {
		const deep: JsonValue = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
		expect(validate({ items: { $ref: '#' } }, deep)[0]?.message).toContain('levels deep');
	});

	it('a long list of mistakes is cut short', () => {
		const list = Array.from({ length: 150_000 }, () => 'x');
		expect(validate({ items: { type: 'number' } }, list).length).toBeLessThanOrEqual(50);
	});

	it('a large text is no problem', () => {
		const write = toolCatalogue.find((tool) => tool.name === 'write_file');
		expect(
			validate(write?.inputSchema ?? {}, { path: 'a.txt', content: 'x'.repeat(5_000_000) }),
		).toEqual([]);
	});

	it.each<[JsonSchema, string, string]>([
		[{ type: 'text' }, '/type', 'must be one of string'],
		[{ properties: { a: 1 } }, '/properties', 'schemas by name'],
		[{ required: 'a' }, '/required', 'list of field names'],
		[{ enum: [] }, '/enum', 'not empty'],
		[{ minLength: -1 }, '/minLength', '0 or more'],
		[{ pattern: '(?=a)b' }, '/pattern', 'Look-around'],
		[{ patternProperties: { '^(a+)+$': true } }, '/patternProperties', 'repeats too much'],
		[{ $ref: 'https://example.com/s.json' }, '/$ref', 'leads out of the schema'],
		[{ items: { $ref: '#/$defs/a' } }, '/items/$ref', 'leads nowhere'],
		[{ $dynamicRef: '#a' }, '/$dynamicRef', 'not supported'],
	])('%j cannot be used', (schema, at, words) => {
		const [problem] = schemaProblems(schema);
		expect(problem?.at).toBe(at);
		expect(problem?.message).toContain(words);
		expect(validate(schema, 1)[0]?.message).toContain('The schema cannot be used');
	});

	it('no schema and no value make it throw', () => {
		const keyword = fc.constantFrom(
			'type',
			'enum',
			'const',
			'properties',
			'items',
			'anyOf',
			'allOf',
			'not',
			'$ref',
			'pattern',
			'format',
			'required',
			'minimum',
			'additionalProperties',
			'$defs',
			'uniqueItems',
			'$id',
			'if',
			'then',
			'prefixItems',
		);
		const plain = fc.oneof(
			fc.constantFrom('string', '#', '#/$defs/a', 'object', '(', 'date', 'constructor'),
			fc.jsonValue({ maxDepth: 1 }),
		);
		const schema = fc.letrec<{ schema: Record<string, unknown> }>((tie) => ({
			schema: fc.dictionary(
				keyword,
				fc.oneof(
					{ maxDepth: 3, depthIdentifier: 'schema' },
					plain,
					tie('schema'),
					fc.array(tie('schema'), { maxLength: 2 }),
					fc.dictionary(fc.constantFrom('a', 'b'), tie('schema'), { maxKeys: 2 }),
				),
				{ maxKeys: 4 },
			),
		})).schema;
		fc.assert(
			fc.property(schema, fc.jsonValue({ maxDepth: 3 }), (s, v) => {
				expect(Array.isArray(validate(s as JsonSchema, v as JsonValue))).toBe(true);
			}),
			{ numRuns: 500 },
		);
	});
});

it('the schemas of the tools can be used', () => {
	for (const tool of toolCatalogue) expect(schemaProblems(tool.inputSchema)).toEqual([]);
});
