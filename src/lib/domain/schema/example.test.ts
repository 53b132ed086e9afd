import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonSchema, JsonValue } from '../json';
import { toolCatalogue } from '../tools/catalogue';
import { exampleOf } from './example';
import { validate } from './validate';

describe('exampleOf', () => {
	it.each<[JsonSchema, JsonValue]>([
		[{ const: 3 }, 3],
		[{ default: 'd', enum: ['a', 'd'] }, 'd'],
		[{ examples: ['e'], type: 'string' }, 'e'],
		[{ enum: ['a', 'b'] }, 'a'],
		[{ type: 'string', format: 'date' }, '2026-01-31'],
		[{ type: 'string', minLength: 6, maxLength: 7 }, 'text t'],
		[{ type: 'string', pattern: '^[A-Z]{3}-\\d+$' }, 'AAA-0'],
		[{ type: 'integer', minimum: 5, multipleOf: 4 }, 8],
		[{ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }, 0.5],
		[{ type: ['null', 'boolean'] }, true],
		[{ type: 'array', items: { enum: [1, 2, 3] }, minItems: 3, uniqueItems: true }, [1, 2, 3]],
		[{ prefixItems: [{ const: 'x' }, { type: 'integer' }], items: false }, ['x', 2]],
		[{ contains: { const: 7 }, items: { type: 'integer' } }, [7]],
		[
			{
				properties: { a: { type: 'string' }, b: { $ref: '#/$defs/b' } },
				$defs: { b: { const: 1 } },
			},
			{ a: 'text', b: 1 },
		],
		[
			{
				allOf: [
					{ properties: { a: { const: 1 } } },
					{ properties: { b: { const: 2 } }, required: ['c'] },
				],
			},
			{ a: 1, b: 2, c: 'text' },
		],
		[{ oneOf: [{ const: 'a', type: 'number' }, { const: 'b' }] }, 'b'],
		[{ anyOf: [{ type: 'integer', minimum: 3 }, { type: 'null' }] }, 3],
		[
			{ type: 'object', minProperties: 2, additionalProperties: { type: 'boolean' } },
			{ field1: true, field2: true },
		],
		[{ type: 'string', not: { const: 'text' }, enum: ['text', 'other'] }, 'other'],
	])('%j: %j', (schema, example) => {
		expect(exampleOf(schema)).toEqual(example);
	});

	it('a schema that contains itself ends', () => {
		const tree: JsonSchema = {
			type: 'object',
			properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#' } } },
			required: ['name'],
		};
		expect(validate(tree, exampleOf(tree) ?? null)).toEqual([]);
	});

	it.each<JsonSchema>([
		{ type: 'integer', minimum: 2, maximum: 1 },
		{ not: {} },
		{ type: 'object', required: ['a'], properties: { a: { $ref: '#' } } },
		{ type: 'nonsense' },
	])('%j has none', (schema) => {
		expect(exampleOf(schema)).toBeUndefined();
	});

	it('every tool can be called with the example of its schema', () => {
		for (const tool of toolCatalogue)
			expect(validate(tool.inputSchema, exampleOf(tool.inputSchema) ?? null)).toEqual([]);
	});

	it('an example fits its schema, and ordinary schemas have one', () => {
		const leaf = fc.oneof(
			fc
				.record(
					{
						type: fc.constant('string'),
						minLength: fc.nat(20),
						format: fc.constantFrom('date', 'email', 'uri', 'uuid', 'x'),
					},
					{ requiredKeys: ['type'] },
				)
				.map(({ format, minLength, ...rest }) => ({
					...rest,
					...(format ? { format } : minLength === undefined ? {} : { minLength }),
				})),
			fc.record({
				type: fc.constantFrom('integer', 'number'),
				minimum: fc.integer({ min: -50, max: 50 }),
			}),
			fc.record({
				type: fc.constant('integer'),
				multipleOf: fc.integer({ min: 1, max: 9 }),
				maximum: fc.integer({ min: -50, max: 50 }),
			}),
			fc.record({
				enum: fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 3 }),
			}),
			fc.constant({ type: 'boolean' }),
			fc.constant({ $ref: '#/$defs/shared' }),
		);
		const schema = fc.letrec<{ any: Record<string, unknown> }>((tie) => ({
			any: fc.oneof(
				{ maxDepth: 3, depthIdentifier: 'example' },
				leaf,
				fc.record({
					type: fc.constant('object'),
					properties: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('any'), { maxKeys: 3 }),
					required: fc.constantFrom([], ['a'], ['a', 'd']),
				}),
				fc.record({ type: fc.constant('array'), items: tie('any'), minItems: fc.nat(3) }),
				fc.record({ anyOf: fc.array(tie('any'), { minLength: 1, maxLength: 2 }) }),
			),
		})).any;
		fc.assert(
			fc.property(schema, (raw) => {
				const whole = {
					...raw,
					$defs: { shared: { type: 'string', pattern: '^[a-f]{2,4}$' } },
				} as JsonSchema;
				const example = exampleOf(whole);
				expect(example).toBeDefined();
				expect(validate(whole, example ?? null)).toEqual([]);
			}),
			{ numRuns: 400 },
		);
	});
});
