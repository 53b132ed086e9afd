import { describe, expect, test } from 'vitest';
import type { JsonValue } from '$lib/domain/json';
import { quirksOf } from '$lib/domain/quirks';
import { patience, type Fetch } from '../models/guarded-fetch';
import { practiceModels } from '../models/practice/models';
import { listModels, modelsIn } from './list-models';

const yes = { supported: true };
const no = { supported: false };
const claude = {
	type: 'model',
	id: 'claude-opus-5-5',
	display_name: 'Claude Opus 5.5',
	max_input_tokens: 1_000_000,
	max_tokens: 128_000,
	capabilities: {
		effort: { ...yes, max: yes, low: yes, high: yes, medium: yes, xhigh: null, turbo: yes },
		thinking: { ...yes, types: { adaptive: yes, enabled: no, disabled: yes, between_tools: yes } },
		structured_outputs: yes,
		image_input: yes,
		pdf_input: no,
	},
};

describe('a listing is read', () => {
	test('as Anthropic writes it: abilities from it and from nothing else', () => {
		expect(modelsIn({ data: [claude] })).toEqual([
			{
				id: 'claude-opus-5-5',
				name: 'Claude Opus 5.5',
				maxInput: 1_000_000,
				maxOutput: 128_000,
				efforts: ['low', 'medium', 'high', 'max', 'turbo'],
				thinking: ['adaptive', 'disabled'],
				structuredOutput: true,
				images: true,
				pdf: false,
				source: 'listed',
			},
		]);
	});
	test('as OpenAI writes it: names, and nothing known', () => {
		const [model] = modelsIn({
			object: 'list',
			data: [{ id: 'qwen3:8b', object: 'model' }, {}, 'x'],
		});
		expect(model).toMatchObject({ id: 'qwen3:8b', name: 'qwen3:8b', maxInput: null, efforts: [] });
	});
	test('as OpenRouter writes it: with window, output, images and schemas', () => {
		const entry = {
			id: 'a/b',
			name: 'A: B',
			context_length: 32_000,
			top_provider: { max_completion_tokens: 8_000 },
			architecture: { input_modalities: ['text', 'image', 'file'] },
			supported_parameters: ['structured_outputs'],
		};
		expect(modelsIn({ data: [entry] })[0]).toMatchObject({
			name: 'A: B',
			maxInput: 32_000,
			maxOutput: 8_000,
			images: true,
			pdf: true,
			structuredOutput: true,
		});
	});
	test('as Ollama writes it, without the models that only embed', () => {
		const models: JsonValue = [
			{ name: 'qwen3:8b', model: 'qwen3:8b' },
			{ name: 'nomic-embed-text:latest' },
		];
		expect(modelsIn({ models }).map(({ id }) => id)).toEqual(['qwen3:8b']);
	});
	test('and holds the practice models', () => {
		expect(modelsIn({ data: practiceModels })).toMatchObject([
			{ id: 'practice-1', efforts: ['low', 'medium', 'high'], thinking: ['adaptive', 'disabled'] },
			{ id: 'practice-fast', efforts: [], thinking: [], structuredOutput: true },
		]);
	});
});

describe('an endpoint is asked', () => {
	const json = (body: unknown, status = 200) =>
		new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
	function ask(baseUrl: string, answer: (url: URL) => Response) {
		const asked: string[] = [];
		const fetch: Fetch = (url) => {
			const target = new URL(String(url));
			asked.push(target.pathname + target.search);
			try {
				return Promise.resolve(answer(target));
			} catch (error) {
				return Promise.reject(error as Error);
			}
		};
		const quirks = quirksOf({ kind: 'compatible', profile: 'other' });
		const endpoint = { baseUrl, auth: 'none' as const, key: null, quirks, fetch, patience };
		const surroundings = () => ({ online: true, securePage: false, now: 0 });
		return { asked, models: listModels(endpoint, surroundings) };
	}
	const none = () => json({ error: 'no such page' }, 404);

	test('page after page, until it has told all', async () => {
		const { asked, models } = ask('https://a.test', ({ searchParams }) =>
			searchParams.get('after_id')
				? json({ data: [{ id: 'two' }], has_more: false, last_id: 'two' })
				: json({ data: [{ id: 'one' }], has_more: true, last_id: 'one' }),
		);
		expect((await models)?.map(({ id }) => id)).toEqual(['one', 'two']);
		expect(asked).toEqual(['/v1/models?limit=1000', '/v1/models?limit=1000&after_id=one']);
	});
	test('below its path, then at its root, then the Ollama way', async () => {
		const { asked, models } = ask('https://a.test/anthropic', ({ pathname }) =>
			pathname === '/api/tags' ? json({ models: [{ model: 'm' }] }) : none(),
		);
		expect((await models)?.map(({ id }) => id)).toEqual(['m']);
		expect(asked.map((path) => path.split('?')[0])).toEqual([
			'/anthropic/v1/models',
			'/v1/models',
			'/api/tags',
		]);
	});
	test('and may list nothing', async () => {
		expect(await ask('https://a.test', none).models).toBeNull();
		expect(await ask('https://a.test', () => json('hello')).models).toBeNull();
	});
	test('and a key it refuses is a bad key, at once', async () => {
		const { asked, models } = ask('https://a.test', () => json({ error: { message: 'No' } }, 401));
		await expect(models).rejects.toMatchObject({ failure: { code: 'bad-key' } });
		expect(asked).toHaveLength(1);
	});
	test('and one that never answers is out of reach', async () => {
		const { models } = ask('https://a.test', () => {
			throw new TypeError('Failed to fetch');
		});
		await expect(models).rejects.toMatchObject({ failure: { code: 'network' } });
	});
	test('and a page that can’t be reached does not hide the next one', async () => {
		const { models } = ask('http://localhost:11434', ({ pathname }) => {
			if (pathname !== '/api/tags') throw new TypeError('Failed to fetch');
			return json({ models: [{ model: 'm' }] });
		});
		expect((await models)?.map(({ id }) => id)).toEqual(['m']);
	});
});
