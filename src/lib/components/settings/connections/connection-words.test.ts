import { expect, test } from 'vitest';
import type { Connection } from '$lib/domain/connection';
import { connectionFacts, removalNotes } from './connection-words';

const connection: Connection = {
	v: 1,
	id: 'c1',
	kind: 'compatible',
	name: 'Desk',
	baseUrl: 'http://localhost:11434',
	auth: 'none',
	profile: 'ollama',
	keyHint: null,
	models: [],
	checkedAt: null,
	createdAt: 0,
};
const stays = 'Runs that used it stay readable. To go on, they need another connection.';

test('a connection is told by its kind, its address and the end of its key', () => {
	expect(connectionFacts({ ...connection, keyHint: '7Qx9' })).toEqual([
		'Ollama',
		'http://localhost:11434',
		'key …7Qx9',
	]);
});

test('its kind is not said twice', () => {
	expect(connectionFacts({ ...connection, name: 'Ollama' })[0]).toBe('http://localhost:11434');
});

test('removing one that nothing depends on says only that runs stay', () => {
	expect(removalNotes(connection, [], undefined)).toEqual([stays]);
});

test('removing names what goes: the key, the agents, the default', () => {
	expect(removalNotes({ ...connection, keyHint: '7Qx9' }, ['Critic'], null)).toEqual([
		'Its key is deleted from this device.',
		'Critic uses it, and cannot run until you give it another connection.',
		'It is the only one: nothing can run until you connect a model again.',
		stays,
	]);
	expect(
		removalNotes(connection, ['A', 'B', 'C', 'D', 'E'], { ...connection, name: 'Next' }),
	).toEqual([
		'5 agents use it, and cannot run until you give them another: A, B, C and 2 more.',
		'Agents on the device default go on with Next.',
		stays,
	]);
});
