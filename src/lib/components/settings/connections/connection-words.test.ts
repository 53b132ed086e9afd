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

const next = { ...connection, name: 'Next' };

test('removing one that nothing depends on says only that runs stay', () => {
	expect(removalNotes(connection, [], next, false)).toEqual([stays]);
});

test('removing the last one says that nothing can run', () => {
	expect(removalNotes({ ...connection, keyHint: '7Qx9' }, ['Critic'], null, true)).toEqual([
		'Its key is deleted from this device.',
		'It is the only one: nothing can run until you connect a model again.',
		stays,
	]);
});

test('removing names the agents that go on with the default', () => {
	expect(removalNotes(connection, ['Critic'], next, true)).toEqual([
		'Next becomes the default.',
		'Critic uses it, and goes on with the default, Next, and its first model.',
		stays,
	]);
	expect(removalNotes(connection, ['A', 'B', 'C', 'D', 'E'], next, false)).toEqual([
		'A, B, C and 2 more use it, and go on with the default, Next, and its first model.',
		stays,
	]);
});
