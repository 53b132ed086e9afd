import { APIConnectionError, APIError } from '@anthropic-ai/sdk/error';
import { describe, expect, test } from 'vitest';
import { toModelError } from './failures';
import type { CallContext } from './failure-words';

const now = Date.parse('2026-11-22T12:00:00Z');
const context: CallContext = {
	baseUrl: 'https://api.anthropic.com',
	model: 'claude-opus-5-5',
	hasKey: true,
	online: true,
	securePage: true,
	pageOrigin: 'https://muster.example',
	now,
};

function answered(status: number, body: object | string, headers: Record<string, string> = {}) {
	const error =
		typeof body === 'string'
			? APIError.generate(status, undefined, body, new Headers(headers))
			: APIError.generate(status, body, undefined, new Headers(headers));
	return toModelError(error, context);
}
const said = (type: string, message: string) => ({ type: 'error', error: { type, message } });
const unreachable = new APIConnectionError({ cause: new TypeError('Failed to fetch') });

describe('a status becomes a code', () => {
	test.each([
		[400, 'bad-request', false],
		[401, 'bad-key', false],
		[402, 'payment', false],
		[403, 'forbidden', false],
		[404, 'not-found', false],
		[408, 'timeout', true],
		[409, 'conflict', true],
		[413, 'too-large', false],
		[418, 'refused', false],
		[422, 'bad-request', false],
		[429, 'rate-limited', true],
		[500, 'server-error', true],
		[503, 'server-error', true],
		[529, 'overloaded', true],
	])('%i is %s', (status, code, retryable) => {
		const error = answered(status, said('some_error', 'Because'), { 'request-id': 'req_7' });
		expect(error.failure).toMatchObject({ code, status, requestId: 'req_7' });
		expect(error.failure.message).toContain('It said: “Because”');
		expect(error.retryable).toBe(retryable);
	});
});

describe('the endpoint’s words tell causes apart', () => {
	test('an organisation that lets no browser in has no bad key', () => {
		const words = 'CORS requests are not allowed for this Organization';
		const error = answered(401, said('authentication_error', words));
		expect(error.failure.code).toBe('browser-not-allowed');
		expect(error.failure.message).toMatch(/key is fine/);
	});
	test('a wrong key is a wrong key, though the endpoint repeats headers that speak of CORS', () => {
		const words = 'invalid x-api-key (sec-fetch-mode: cors)';
		expect(answered(401, said('authentication_error', words)).failure.code).toBe('bad-key');
	});
	test.each([
		'prompt is too long: 210000 tokens > 200000 maximum',
		'This model’s maximum context length is 8192 tokens',
		'the request exceeds the available context size',
		'input length exceeds context window',
	])('a conversation that does not fit is told as such: %s', (words) => {
		expect(answered(400, said('invalid_request_error', words)).failure.code).toBe(
			'context-too-long',
		);
	});
	test('an empty account is told as such, though it comes as a bad request', () => {
		const words = 'Your credit balance is too low to access the Anthropic API.';
		expect(answered(400, said('invalid_request_error', words)).failure.code).toBe('payment');
	});
	test.each([
		[{ error: { message: 'Plain' } }, 'Plain'],
		[{ error: 'A string' }, 'A string'],
		[{ detail: 'Detailed' }, 'Detailed'],
		['Just text', 'Just text'],
	])('they are found in %j', (body, words) => {
		expect(answered(400, body).failure.message).toContain(`“${words}”`);
	});
	test('a proxy’s page is not quoted', () => {
		expect(answered(502, '<html><h1>Bad gateway</h1></html>').failure.message).not.toContain('<');
	});
	test('they are cut where they go on and on', () => {
		expect(answered(400, said('x', 'word '.repeat(999))).failure.message.length).toBeLessThan(400);
	});
});

describe('retry-after', () => {
	test.each([
		['7', 7_000],
		['0.5', 500],
		[new Date(now + 90_000).toUTCString(), 90_000],
		[new Date(now - 90_000).toUTCString(), 0],
		['soon', undefined],
	])('%s is %s ms', (header, ms) => {
		expect(
			answered(429, said('rate_limit_error', ''), { 'retry-after': header }).retryAfterMs,
		).toBe(ms);
	});
	test('the finer header goes first', () => {
		const headers = { 'retry-after': '7', 'retry-after-ms': '1250' };
		expect(answered(429, said('rate_limit_error', ''), headers).retryAfterMs).toBe(1_250);
	});
});

describe('an endpoint that can’t be reached', () => {
	const from = (more: Partial<CallContext>) => toModelError(unreachable, { ...context, ...more });
	test('is no fault of it while the device is offline', () => {
		expect(from({ online: false }).failure.code).toBe('offline');
		expect(from({ online: false }).retryable).toBe(true);
	});
	test('on this device has nothing to do with being offline', () => {
		const error = from({ online: false, baseUrl: 'http://localhost:11434' });
		expect(error.failure.code).toBe('network');
		expect(error.failure.advice).toMatch(/running.*OLLAMA_ORIGINS/s);
		expect(error.failure.advice).toContain('https://muster.example');
	});
	test('in the local network over http is out of a secure page’s reach', () => {
		const error = from({ baseUrl: 'http://192.168.1.20:11434' });
		expect(error.failure.code).toBe('mixed-content');
		expect(error.retryable).toBe(false);
	});
	test('in the local network is looked for where the page is not secure', () => {
		const error = from({ baseUrl: 'http://192.168.1.20:11434', securePage: false });
		expect(error.failure.code).toBe('network');
	});
	test('that has one address only is not told to have another', () => {
		const advice = from({ baseUrl: 'https://api.anthropic.com' }).failure.advice;
		expect(advice).toMatch(/network/);
		expect(advice).not.toMatch(/address/);
	});
	test('in the middle of an answer cut it off', () => {
		const broken = toModelError(new TypeError('network error'), { ...context, answering: true });
		expect(broken.failure.code).toBe('cut');
	});
});

test.each([401, 402, 403])(
	'Practice, failing with %d as it was told, sends nobody to look for a key',
	(status) => {
		const error = APIError.generate(status, said('', 'Told to'), undefined, new Headers());
		const { advice } = toModelError(error, {
			...context,
			baseUrl: 'https://practice.invalid',
			hasKey: false,
		}).failure;
		expect(advice).toMatch(/without that line/);
		expect(advice).not.toMatch(/Settings/);
	},
);

test('an error event in a stream is told by its type', () => {
	const event = new APIError(
		undefined,
		said('overloaded_error', 'Overloaded'),
		undefined,
		new Headers(),
	);
	expect(toModelError(event, context).failure.code).toBe('overloaded');
	const unknown = new APIError(undefined, said('new_error', 'Hm'), undefined, new Headers());
	expect(toModelError(unknown, context).failure.code).toBe('server-error');
});
test('a mistake of the program is thrown again', () => {
	const mistake = new RangeError('Off by one');
	expect(() => toModelError(mistake, context)).toThrow(mistake);
});
