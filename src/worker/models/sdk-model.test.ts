import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quirksOf } from '$lib/domain/quirks';
import type { Connection } from '$lib/domain/connection';
import { all, baseRequest, canary, failureOf } from '../../../tests/contracts/model-port';
import {
	apiError,
	failure,
	frame,
	messageFrames,
	MessagesServer,
	streamOf,
	textBlock,
} from '../../../tests/fakes/messages-server';
import { patience } from './guarded-fetch';
import { sdkModel } from './sdk-model';

const server = new MessagesServer();
let baseUrl = '';
beforeAll(async () => {
	baseUrl = await server.start();
});
afterAll(() => server.stop());

function model(more: Partial<Connection> = {}, key: string | null = canary) {
	const connection = { kind: 'anthropic', profile: 'anthropic', auth: 'bearer', ...more } as const;
	return sdkModel({
		baseUrl: `${baseUrl}${more.baseUrl ?? ''}`,
		auth: connection.auth,
		key,
		quirks: quirksOf(connection),
		fetch: (url, init) => fetch(url, init),
		patience,
		models: [],
		surroundings: () => ({ online: true, securePage: false, now: 0 }),
	});
}
const request = baseRequest;

describe('what goes over the wire', () => {
	async function sent(more: Partial<Connection>, key: string | null = canary) {
		server.answer(streamOf(messageFrames([textBlock('Hi')])));
		await all({ port: model(more, key), request });
		return server.received.at(-1);
	}
	test('to Anthropic: a bearer key, the version and leave to be called by a browser', async () => {
		const received = await sent({});
		expect(received).toMatchObject({ method: 'POST', path: '/v1/messages' });
		expect(received?.headers).toMatchObject({
			authorization: `Bearer ${canary}`,
			'anthropic-version': expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
			'anthropic-dangerous-direct-browser-access': 'true',
		});
		expect(received?.headers).not.toHaveProperty('x-api-key');
	});
	test('with x-api-key: that and no bearer', async () => {
		const received = await sent({ auth: 'x-api-key', profile: 'deepseek', kind: 'compatible' });
		expect(received?.headers).toMatchObject({ 'x-api-key': canary });
		expect(received?.headers).not.toHaveProperty('authorization');
	});
	test('without a key: no credential at all, whatever the environment holds', async () => {
		process.env['ANTHROPIC_API_KEY'] = 'from-the-environment';
		try {
			const received = await sent({ auth: 'none', profile: 'ollama', kind: 'compatible' }, null);
			expect(received?.headers).not.toHaveProperty('authorization');
			expect(received?.headers).not.toHaveProperty('x-api-key');
		} finally {
			delete process.env['ANTHROPIC_API_KEY'];
		}
	});
	test('to a server with strict CORS rules: none of the headers it may not know', async () => {
		const received = await sent({ auth: 'none', profile: 'ollama', kind: 'compatible' }, null);
		const names = Object.keys(received?.headers ?? {});
		expect(names.filter((name) => /^(x-stainless|anthropic)-/.test(name))).toEqual([]);
	});
	test('below a path of its own', async () => {
		expect(await sent({ baseUrl: '/api' })).toMatchObject({ path: '/api/v1/messages' });
	});
});

describe('no key in what a person may read', () => {
	const echoes = [
		canary,
		encodeURIComponent(canary),
		btoa(canary),
		`${canary.slice(0, 14)}...`,
		JSON.stringify({ authorization: `Bearer ${canary}` }),
	];
	test.each(echoes)('when the server says %j in its error', async (echo) => {
		server.answer(
			failure(401, apiError('authentication_error', `No: ${echo}`), { 'request-id': echo }),
		);
		const error = await failureOf({ port: model(), request });
		const told = JSON.stringify([error.failure, error.message, String(error.stack), error.cause]);
		expect(told).not.toMatch(/canary|Y2FuYXJ5/);
	});
	test('when it says it in a page, or in its stream', async () => {
		server.answer(failure(500, `Key ${canary} broke it`));
		expect(JSON.stringify((await failureOf({ port: model(), request })).failure)).not.toContain(
			'canary',
		);
		server.answer(streamOf([frame(apiError('api_error', `Key ${canary}`))]));
		expect(JSON.stringify((await failureOf({ port: model(), request })).failure)).not.toContain(
			'canary',
		);
	});
});

test('a redirect is not followed: the key goes nowhere else', async () => {
	server.answer((response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end());
	const error = await failureOf({ port: model(), request });
	expect(error.failure.code).toBe('redirected');
	expect(error.retryable).toBe(false);
});
test.each([
	['text/html', '<!doctype html><title>Welcome</title>', /a web page/],
	['application/json', '{"content":[]}', /something else/],
])('an answer that is %s and no stream is told as such', async (type, body, words) => {
	server.answer((response) => response.writeHead(200, { 'content-type': type }).end(body));
	const error = await failureOf({ port: model(), request });
	expect(error.failure).toMatchObject({
		code: 'malformed-stream',
		message: expect.stringMatching(words),
	});
	expect(error.retryable).toBe(false);
});
test('a server that is not there can’t be reached', async () => {
	const gone = new MessagesServer();
	const url = await gone.start();
	await gone.stop();
	const port = sdkModel({
		baseUrl: url,
		auth: 'none',
		key: null,
		quirks: quirksOf({ kind: 'compatible', profile: 'ollama' }),
		fetch: (url, init) => fetch(url, init),
		patience,
		models: [],
		surroundings: () => ({ online: false, securePage: true, now: 0 }),
	});
	const error = await failureOf({ port, request });
	expect(error.failure).toMatchObject({
		code: 'network',
		message: expect.stringMatching(/can’t be reached/),
	});
	expect(error.retryable).toBe(true);
});
