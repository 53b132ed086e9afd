import { expect, it } from 'vitest';
import type { Connection } from '../connection';
import { adoptAgent } from './adopt-agent';
import { newAgent } from './new-agent';

const connection = (id: string, name: string, ...models: string[]): Connection => ({
	v: 1,
	id,
	kind: 'compatible',
	name,
	baseUrl: '',
	auth: 'none',
	profile: 'other',
	keyHint: null,
	models: models.map((model) => ({
		id: model,
		name: model,
		maxInput: null,
		maxOutput: null,
		efforts: [],
		thinking: [],
		structuredOutput: false,
		images: false,
		pdf: false,
		source: 'typed',
	})),
	checkedAt: null,
	createdAt: 0,
});
const connections = [connection('1', 'Home', 'm'), connection('2', 'Work', 'm', 'n')];

const adopt = (model: string | null, name: string | null) => {
	const agent = { ...newAgent('', 0), name: 'A', model };
	const { agent: made, note } = adoptAgent(
		{ agent, connection: name },
		{ id: 'x', now: 7, connections },
	);
	return [made.connectionId, made.model, note];
};

it('a model is kept where a connection here has it, the one of the same name first', () => {
	expect(adopt('m', 'Work')).toEqual(['2', 'm', null]);
	expect(adopt('m', 'Elsewhere')).toEqual(['1', 'm', null]);
	expect(adopt('n', 'Home')).toEqual(['2', 'n', null]);
});

it('a model that is not here falls back to the default, and that is said', () => {
	expect(adopt('z', 'Home')).toEqual([
		null,
		null,
		'No connection on this device has the model z. A uses the default one.',
	]);
	expect(adopt(null, null)).toEqual([null, null, null]);
});
