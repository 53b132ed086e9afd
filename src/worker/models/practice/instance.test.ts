import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonSchema } from '$lib/domain/json';
import { exampleOf } from '$lib/domain/schema/example';
import { validate } from '$lib/domain/schema/validate';
import { instanceOf, type Wording } from './instance';

const words: Wording = {
	text: (name, nth) => `A ${name} about tides, number ${nth + 1}`,
	list: () => null,
	number: () => null,
	flag: () => false,
	choose: () => -1,
};
const made = (schema: JsonSchema) => instanceOf(schema, words);

const schemas: [string, JsonSchema][] = [
	['const', { const: { a: 1 } }],
	['enum', { enum: ['x', 'y'] }],
	['several types', { type: ['null', 'string'] }],
	['bounds', { type: 'integer', exclusiveMinimum: 3, maximum: 9, multipleOf: 4 }],
	['fractions', { type: 'number', minimum: 0.1, maximum: 0.2, multipleOf: 0.05 }],
	['lengths', { type: 'string', minLength: 60, maxLength: 64 }],
	['a short length', { type: 'string', maxLength: 3 }],
	['a pattern', { type: 'string', pattern: '^[A-Z]{2,4}-\\d{3}$' }],
	['a format', { type: 'string', format: 'date-time' }],
	[
		'unique items',
		{ type: 'array', items: { enum: [1, 2, 3, 4] }, minItems: 4, uniqueItems: true },
	],
	[
		'a tuple',
		{ type: 'array', prefixItems: [{ type: 'string' }, { type: 'boolean' }], items: false },
	],
	['no items', { type: 'array', items: { type: 'string' }, maxItems: 0 }],
	[
		'any of',
		{ anyOf: [{ type: 'object', required: ['a'], properties: { a: { type: 'number' } } }] },
	],
	[
		'all of',
		{
			allOf: [
				{ type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
				{ required: ['b'], properties: { b: { type: 'boolean' } } },
			],
		},
	],
	[
		'a reference to itself',
		{
			$ref: '#/$defs/node',
			$defs: {
				node: {
					type: 'object',
					required: ['name'],
					properties: {
						name: { type: 'string' },
						child: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] },
						children: { type: 'array', items: { $ref: '#/$defs/node' }, maxItems: 1 },
					},
				},
			},
		},
	],
	['what is not allowed', { type: 'string', not: { pattern: 'tides' } }],
	[
		'one thing or another',
		{
			type: 'object',
			properties: { a: { const: 1 } },
			if: { required: ['a'] },
			then: { required: ['b'] },
		},
	],
	[
		'property counts',
		{ type: 'object', minProperties: 2, additionalProperties: { type: 'number' } },
	],
];

describe('an instance fits its schema', () => {
	test.each(schemas)('%s', (_, schema) => {
		expect(validate(schema, made(schema))).toEqual([]);
	});
	test('whenever any made-up value would', () => {
		const leaf: fc.Arbitrary<JsonObject> = fc.oneof(
			fc.record({ type: fc.constant('string'), minLength: fc.nat(20) }),
			fc.record({ type: fc.constant('string'), maxLength: fc.nat(20) }),
			fc.record({
				type: fc.constant('integer'),
				minimum: fc.integer(),
				multipleOf: fc.integer({ min: 1, max: 9 }),
			}),
			fc.record({ type: fc.constant('number'), maximum: fc.integer() }),
			fc.record({ enum: fc.array(fc.string(), { minLength: 1 }) }),
			fc.constant({ type: 'boolean' }),
			fc.record({
				format: fc.constantFrom('date', 'email', 'uri', 'uuid', 'ipv4', 'time'),
				type: fc.constant('string'),
			}),
		);
		const { schema } = fc.letrec<{ schema: JsonObject }>((tie) => ({
			schema: fc.oneof(
				{ depthSize: 'small' },
				leaf,
				fc.record({ type: fc.constant('array'), items: tie('schema'), minItems: fc.nat(3) }),
				fc
					.dictionary(fc.string({ minLength: 1, maxLength: 12 }), tie('schema'), { maxKeys: 4 })
					.map((properties): JsonObject => ({
						type: 'object',
						properties,
						required: Object.keys(properties),
						additionalProperties: false,
					})),
			),
		}));
		fc.assert(
			fc.property(schema, (schema) => {
				if (exampleOf(schema) !== undefined) expect(validate(schema, made(schema))).toEqual([]);
			}),
		);
	});
	test('in the words it was given, wherever they fit', () => {
		const schema = {
			type: 'object',
			properties: {
				title: { type: 'string' },
				points: { type: 'array', items: { type: 'string' } },
			},
		};
		expect(made(schema)).toEqual({
			title: 'A title about tides, number 1',
			points: [1, 2, 3].map((n) => `A point about tides, number ${n}`),
		});
	});
});
