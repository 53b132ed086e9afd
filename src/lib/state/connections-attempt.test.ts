import { expect, test } from 'vitest';
import type { Failure } from '../domain/log/event';
import type { ConnectionDraft } from '../domain/rpc';
import { ConnectionAttempt, type Asker } from './connections-attempt.svelte';
import { EngineFailure } from './engine-client';

const draft: ConnectionDraft = {
	kind: 'anthropic',
	name: 'Anthropic',
	baseUrl: '',
	auth: 'bearer',
	profile: 'anthropic',
	key: 'sk-ant-test-secret',
};

function asker(answer: string | Failure) {
	const ask = async () => {
		if (typeof answer !== 'string') throw new EngineFailure(answer);
		return { connectionId: answer };
	};
	return { ask: ask as unknown as Asker['ask'] };
}

test('a connection that answers is saved', async () => {
	const attempt = new ConnectionAttempt(asker('c1'));
	expect(await attempt.save(draft)).toBe('c1');
	expect(attempt.state).toEqual({ is: 'saved', connectionId: 'c1' });
});

test('an endpoint without models asks for them', async () => {
	const attempt = new ConnectionAttempt(asker({ code: 'no-models', message: 'It lists none.' }));
	expect(await attempt.save(draft)).toBeNull();
	expect(attempt.state).toEqual({ is: 'wants-models' });
});

test('a refused key is told with what to do, and the key is nowhere in what is kept', async () => {
	const failure = {
		code: 'bad-key',
		message: 'The key was not accepted.',
		advice: 'Make another.',
	};
	const attempt = new ConnectionAttempt(asker(failure));
	expect(await attempt.save(draft)).toBeNull();
	expect(attempt.state).toEqual({ is: 'failed', failure });
	expect(JSON.stringify([attempt, attempt.state])).not.toContain('secret');
});

test('typing again takes back what was said of the old text', async () => {
	const failure = { code: 'network', message: 'No answer.' };
	const attempt = new ConnectionAttempt(asker(failure));
	await attempt.save(draft);
	attempt.forget();
	expect(attempt.state).toEqual({ is: 'idle' });
});
