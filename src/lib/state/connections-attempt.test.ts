import { expect, test } from 'vitest';
import type { ModelInfo } from '../domain/connection';
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
const model: ModelInfo = {
	id: 'm',
	name: 'M',
	maxInput: null,
	maxOutput: null,
	efforts: [],
	thinking: [],
	structuredOutput: false,
	images: false,
	pdf: false,
	source: 'listed',
};

function asker(models: ModelInfo[] | EngineFailure) {
	const asked: string[] = [];
	const ask = async (name: string) => {
		asked.push(name);
		if (models instanceof EngineFailure) throw models;
		return name === 'check-connection' ? { models } : { connectionId: 'c1' };
	};
	return { asked, ask: ask as Asker['ask'] };
}

test('a connection that answers with models is saved and counted', async () => {
	const engine = asker([model, model]);
	const attempt = new ConnectionAttempt(engine);
	expect(await attempt.save(draft)).toBe('c1');
	expect(engine.asked).toEqual(['check-connection', 'save-connection']);
	expect(attempt.state).toEqual({ is: 'saved', connectionId: 'c1', models: 2 });
});

test('an endpoint without models asks for them and saves nothing', async () => {
	const engine = asker([]);
	const attempt = new ConnectionAttempt(engine);
	expect(await attempt.save(draft)).toBeNull();
	expect(engine.asked).toEqual(['check-connection']);
	expect(attempt.state).toEqual({ is: 'wants-models' });
});

test('a refused key is told with what to do, and the key is nowhere in what is kept', async () => {
	const failure = { code: 'bad-key', message: 'The key was not accepted.', advice: 'Make another.' };
	const attempt = new ConnectionAttempt(asker(new EngineFailure(failure)));
	expect(await attempt.save(draft)).toBeNull();
	expect(attempt.state).toEqual({ is: 'failed', failure });
	expect(JSON.stringify([attempt, attempt.state])).not.toContain('secret');
});

test('typing again takes back what was said of the old text', async () => {
	const failure = { code: 'network', message: 'No answer.' };
	const attempt = new ConnectionAttempt(asker(new EngineFailure(failure)));
	await attempt.save(draft);
	attempt.forget();
	expect(attempt.state).toEqual({ is: 'idle' });
});
