import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../json';
import { formFields, formValue, inputOf } from './form-fields';

const schema: JsonSchema = {
	type: 'object',
	properties: {
		bugTitle: { type: 'string', description: 'In one line' },
		steps_to_reproduce: { type: 'string', maxLength: 4_000 },
		count: { type: 'integer', default: 1 },
		ratio: { type: 'number' },
		urgent: { type: 'boolean', title: 'Needs an answer today' },
		area: { enum: ['ui', 'sync', 3] },
		tags: { type: 'array', items: { type: 'string' } },
		since: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
		level: {
			oneOf: [
				{ const: 1, title: 'Low' },
				{ const: 2, title: 'High' },
			],
		},
		meta: { type: 'object', properties: {} },
		mixed: { type: ['string', 'number'] },
		ref: { $ref: '#/$defs/ref' },
	},
	required: ['bugTitle'],
	$defs: { ref: { type: 'string', title: 'Reference' } },
};

describe('a form made from a schema', () => {
	it('has a field of the right kind for every property', () => {
		expect(formFields(schema).map(({ name, label, kind }) => [name, label, kind])).toEqual([
			['bugTitle', 'Bug title', 'text'],
			['steps_to_reproduce', 'Steps to reproduce', 'long-text'],
			['count', 'Count', 'integer'],
			['ratio', 'Ratio', 'number'],
			['urgent', 'Needs an answer today', 'boolean'],
			['area', 'Area', 'choice'],
			['tags', 'Tags', 'texts'],
			['since', 'Since', 'text'],
			['level', 'Level', 'choice'],
			['meta', 'Meta', 'json'],
			['mixed', 'Mixed', 'json'],
			['ref', 'Reference', 'text'],
		]);
	});

	it('knows what is required, and what can be chosen', () => {
		const fields = new Map(formFields(schema).map((field) => [field.name, field]));
		expect(fields.get('bugTitle')).toMatchObject({ required: true, hint: 'In one line' });
		expect(fields.get('count')).toMatchObject({ required: false, initial: 1 });
		expect(fields.get('since')).toMatchObject({ format: 'date' });
		expect(inputOf({ kind: 'text', format: 'date' })).toEqual({ type: 'date' });
		expect(fields.get('area')?.options.map((option) => option.label)).toEqual(['ui', 'sync', '3']);
		expect(fields.get('level')?.options).toEqual([
			{ value: 1, label: 'Low' },
			{ value: 2, label: 'High' },
		]);
	});

	it('is one field for JSON where the value is no object', () => {
		const fields = formFields({ type: 'array', items: { type: 'number' } });
		expect(fields).toMatchObject([{ name: '', label: 'Input', kind: 'json', required: true }]);
		expect(formValue(fields, { '': [1] })).toEqual([1]);
	});

	it('gives the value, without what was left empty', () => {
		const fields = formFields(schema);
		expect(formValue(fields, { bugTitle: 'x', count: undefined, stranger: 1 })).toEqual({
			bugTitle: 'x',
		});
	});
});
