import { describe, expect, test } from 'vitest';
import { quirksOf } from '$lib/domain/quirks';
import type { ModelInfo } from '$lib/domain/connection';
import type { ModelRequest } from '$lib/domain/conversation';
import { requestBody } from './request-body';
import { typedModel } from './sdk-model';

const anthropic = quirksOf({ kind: 'anthropic', profile: 'anthropic' });
const other = quirksOf({ kind: 'compatible', profile: 'other' });
const able: ModelInfo = {
	...typedModel('m'),
	maxOutput: 128_000,
	efforts: ['low', 'high', 'max'],
	thinking: ['adaptive', 'disabled'],
	structuredOutput: true,
	source: 'listed',
};
const request = (more: Partial<ModelRequest> = {}): ModelRequest => ({
	model: 'm',
	system: 'Be brief.',
	messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
	tools: [],
	effort: null,
	thinking: false,
	outputSchema: null,
	...more,
});
const schema = {
	type: 'object',
	properties: { n: { type: 'integer', minimum: 3 } },
	required: ['n'],
};

describe('what is asked of a model', () => {
	test('of which nothing is known is the plainest request there is', () => {
		expect(
			requestBody(request({ effort: 'high', thinking: true }), typedModel('m'), other),
		).toEqual({
			model: 'm',
			max_tokens: 8_192,
			stream: true,
			system: 'Be brief.',
			messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
		});
	});
	test('that can do everything has effort, summarised thinking, schema and cache in it', () => {
		const asked = request({ effort: 'high', thinking: true, outputSchema: schema });
		expect(requestBody(asked, able, anthropic)).toMatchObject({
			max_tokens: 64_000,
			thinking: { type: 'adaptive', display: 'summarized' },
			output_config: { effort: 'high', format: { type: 'json_schema' } },
			cache_control: { type: 'ephemeral' },
			system: 'Be brief.',
		});
	});
	test('names no effort the model has not', () => {
		expect(requestBody(request({ effort: 'xhigh' }), able, anthropic)).not.toHaveProperty(
			'output_config',
		);
	});
	test('gives older models a thinking budget below what they may write', () => {
		const old = { ...able, thinking: ['enabled'], maxOutput: 8_000 };
		expect(requestBody(request({ thinking: true }), old, anthropic).thinking).toEqual({
			type: 'enabled',
			budget_tokens: 4_000,
		});
		const tiny = { ...old, maxOutput: 1_000 };
		expect(requestBody(request({ thinking: true }), tiny, anthropic)).not.toHaveProperty(
			'thinking',
		);
	});
	test('turns thinking off where it can be, but not at the highest effort', () => {
		expect(requestBody(request(), able, anthropic).thinking).toEqual({ type: 'disabled' });
		expect(requestBody(request({ effort: 'max' }), able, anthropic)).not.toHaveProperty('thinking');
	});
	test('puts the schema into the system prompt where structured output is unknown', () => {
		for (const [model, quirks] of [
			[typedModel('m'), anthropic],
			[able, other],
		] as const) {
			const body = requestBody(request({ outputSchema: schema }), model, quirks);
			expect(body).not.toHaveProperty('output_config');
			expect(body.system).toMatch(/^Be brief\.\n\nYour final answer must be one JSON value/);
			expect(body.system).toContain(JSON.stringify(schema));
		}
	});
	test('puts a schema that structured outputs can’t say into the system prompt', () => {
		const body = requestBody(request({ outputSchema: { properties: {} } }), able, anthropic);
		expect(body).not.toHaveProperty('output_config');
		expect(body.system).toContain('{"properties":{}}');
	});
	test('fits the schema to what structured outputs know, or leaves it raw where told to', () => {
		const asked = request({ outputSchema: schema });
		const sent = requestBody(asked, able, anthropic).output_config?.format?.schema;
		expect(sent).toMatchObject({ additionalProperties: false, required: ['n'] });
		expect(JSON.stringify(sent)).not.toContain('"minimum"');
		expect(requestBody(asked, able, anthropic, true).output_config?.format?.schema).toEqual(schema);
	});
});

describe('the conversation', () => {
	const content: ModelRequest['messages'][number]['content'] = [
		{ type: 'thinking', thinking: 'Hm', signature: 's' },
		{ type: 'redacted_thinking', data: 'd' },
		{ type: 'text', text: ' \n' },
		{ type: 'other', raw: { type: 'server_tool_use', id: 'x', input: { q: 1 } } },
		{ type: 'tool_use', id: 't', name: 'read_file', input: ['no object'] },
	];
	test('goes back as it came, in order, without texts of nothing', () => {
		const { messages } = requestBody(
			request({ messages: [{ role: 'assistant', content }] }),
			able,
			anthropic,
		);
		expect(messages).toEqual([
			{
				role: 'assistant',
				content: [
					{ type: 'thinking', thinking: 'Hm', signature: 's' },
					{ type: 'redacted_thinking', data: 'd' },
					{ type: 'server_tool_use', id: 'x', input: { q: 1 } },
					{ type: 'tool_use', id: 't', name: 'read_file', input: {} },
				],
			},
		]);
	});
	test('has no thinking in it for an endpoint that takes none, and no empty message', () => {
		const messages: ModelRequest['messages'] = [
			{ role: 'assistant', content: content.slice(0, 2) },
			{
				role: 'user',
				content: [{ type: 'tool_result', tool_use_id: 't', content: 'No', is_error: true }],
			},
		];
		const body = requestBody(request({ messages }), able, { ...other, sendsThinking: false });
		expect(body.messages).toEqual([
			{
				role: 'user',
				content: [{ type: 'tool_result', tool_use_id: 't', content: 'No', is_error: true }],
			},
		]);
	});
});

describe('files that were handed along', () => {
	const messages: ModelRequest['messages'] = [
		{
			role: 'user',
			content: [
				{ type: 'image', name: 'a.png', mediaType: 'image/png', data: 'AAAA' },
				{ type: 'pdf', name: 'b.pdf', data: 'BBBB' },
				{ type: 'text', text: 'Look' },
			],
		},
	];
	const sent = (model: ModelInfo, quirks: typeof other) =>
		requestBody(request({ messages }), model, quirks).messages[0]?.content;
	const image = {
		type: 'image',
		source: { type: 'base64', media_type: 'image/png', data: 'AAAA' },
	};
	const pdf = {
		type: 'document',
		title: 'b.pdf',
		source: { type: 'base64', media_type: 'application/pdf', data: 'BBBB' },
	};
	const words = { type: 'text', text: 'Look' };

	test('are image and document blocks, in the order they were given', () => {
		expect(sent({ ...able, images: true, pdf: true }, anthropic)).toEqual([image, pdf, words]);
	});
	test('are named instead to a model that is known to take none', () => {
		expect(sent(able, anthropic)).toEqual([
			{ type: 'text', text: '[a.png is left out: this model takes no images.]' },
			{ type: 'text', text: '[b.pdf is left out: this model takes no PDF files.]' },
			words,
		]);
	});
	test('are sent where nobody says what a model takes', () => {
		expect(sent(able, other)).toEqual([image, pdf, words]);
		expect(sent(typedModel('m'), anthropic)).toEqual([image, pdf, words]);
	});
});
