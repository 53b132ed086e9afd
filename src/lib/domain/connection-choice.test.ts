import { expect, it } from 'vitest';
import { connection } from '../../../tests/support/engine';
import { settings } from '../../../tests/support/sessions';
import { connectionFor, defaultFirst } from './connection-choice';
import { chatDefaults, settingsFor } from './rules/start-session';
import { settingsHere } from './rules/settings-here';

const model = connection.models[0] as (typeof connection.models)[0];
const named = (id: string, models: string[], createdAt = 1) => ({
	...connection,
	id,
	createdAt,
	models: models.map((id) => ({ ...model, id, efforts: ['low'] })),
});
const own = [named('a', ['small']), named('b', ['small', 'large']), named('c', ['large'])];

it('puts the default connection first, then the oldest', () => {
	const all = [named('x', [], 3), named('y', [], 1), named('z', [], 2)];
	expect(defaultFirst(all, 'z').map(({ id }) => id)).toEqual(['z', 'y', 'x']);
	expect(defaultFirst(all, 'gone').map(({ id }) => id)).toEqual(['y', 'z', 'x']);
});

it('takes the connection that is wished for, or else the first that has the model', () => {
	expect(connectionFor('c', 'small', own)?.id).toBe('c');
	expect(connectionFor('elsewhere', 'large', own)?.id).toBe('b');
	expect(connectionFor('elsewhere', 'huge', own)).toBeUndefined();
	expect(connectionFor(null, null, own)).toBeUndefined();
});

it('begins the run of an agent of another device with the model it is made for, where that is here', () => {
	const agent = { ...chatDefaults, connectionId: 'elsewhere', model: 'large' };
	expect(settingsFor(agent, own, {})).toMatchObject({ connectionId: 'b', model: 'large' });
	const other = { ...agent, model: 'huge' };
	expect(settingsFor(other, own, {})).toMatchObject({ connectionId: 'a', model: 'small' });
	const chosen = { connectionId: 'c' };
	expect(settingsFor(agent, own, chosen)).toMatchObject({ connectionId: 'c', model: 'large' });
});

it('leaves the effort to a model that has no such level here', () => {
	const from = { ...settings, connectionId: 'elsewhere', model: 'large' };
	expect(settingsHere({ ...from, effort: 'high' }, own)).toEqual({
		changes: { connectionId: 'b', effort: null },
	});
	expect(settingsHere({ ...from, effort: 'low' }, own)).toEqual({
		changes: { connectionId: 'b' },
	});
});
