import { describe, expect, test, vi } from 'vitest';
import { guardedFetch, patience, type Fetch } from './guarded-fetch';
import { ModelError } from './model-port';

const origin = 'http://localhost:11434';
const options = { dropHeaders: ['x-stainless-*', 'anthropic-version'], patience };

function recording(body: BodyInit | null = 'ok') {
	const seen: { url: string; init: RequestInit }[] = [];
	const fetch: Fetch = (url, init = {}) => {
		seen.push({ url: String(url), init });
		return Promise.resolve(new Response(body));
	};
	return { fetch, seen };
}

describe('a guarded fetch', () => {
	test('reaches its own origin and nothing else', async () => {
		const { fetch, seen } = recording();
		const guarded = guardedFetch(fetch, origin, options);
		await guarded(`${origin}/v1/messages`);
		for (const url of ['http://localhost:1/v1', 'https://localhost:11434/v1', 'http://evil.test'])
			await expect(guarded(url)).rejects.toThrow(ModelError);
		expect(seen.map(({ url }) => url)).toEqual([`${origin}/v1/messages`]);
	});
	test('follows no redirect and carries nothing of the browser’s own', async () => {
		const { fetch, seen } = recording();
		await guardedFetch(fetch, origin, options)(origin, { redirect: 'follow' });
		expect(seen[0]?.init).toMatchObject({
			redirect: 'manual',
			credentials: 'omit',
			cache: 'no-store',
			referrerPolicy: 'no-referrer',
		});
	});
	test.each([
		['as browsers show it', Object.assign(Response.error(), { kind: 'opaqueredirect' })],
		['as others show it', new Response('', { status: 307 })],
	])('tells a redirect from an endpoint that is not there, %s', async (_, response) => {
		if ('kind' in response) Object.defineProperty(response, 'type', { value: response.kind });
		const guarded = guardedFetch(() => Promise.resolve(response), origin, options);
		await expect(guarded(origin)).rejects.toMatchObject({ failure: { code: 'redirected' } });
	});
	test('tells an answer of nothing from an endpoint that is not there', async () => {
		const answers = [new Response(null, { status: 204 }), new Response(null)];
		for (const answer of answers)
			await expect(
				guardedFetch(() => Promise.resolve(answer), origin, options)(origin),
			).rejects.toMatchObject({ failure: { code: 'malformed-stream' }, retryable: false });
	});
	test('leaves out the headers the endpoint refuses', async () => {
		const { fetch, seen } = recording();
		const headers = { 'X-Stainless-OS': 'x', 'anthropic-version': '1', 'content-type': 'a/b' };
		await guardedFetch(fetch, origin, options)(origin, { headers });
		expect([...new Headers(seen[0]?.init.headers).keys()]).toEqual(['content-type']);
	});
	test('ends a body that stays silent, but not one that pings', async () => {
		vi.useFakeTimers();
		try {
			let push: (text: string) => void = () => undefined;
			const body = new ReadableStream<Uint8Array>({
				start(controller) {
					push = (text) => controller.enqueue(new TextEncoder().encode(text));
				},
			});
			const { fetch } = recording(body);
			const limits = { firstByteMs: 5_000, betweenBytesMs: 1_000 };
			const guarded = guardedFetch(fetch, origin, { dropHeaders: [], patience: limits });
			const reader = (await guarded(origin)).body?.getReader();
			const read = () =>
				reader?.read().then(
					({ value }) => new TextDecoder().decode(value),
					(error: ModelError) => error.failure.code,
				);
			for (const wait of [4_900, 900, 900, 900]) {
				const next = read();
				await vi.advanceTimersByTimeAsync(wait);
				push(': ping\n');
				expect(await next).toBe(': ping\n');
			}
			const last = read();
			await vi.advanceTimersByTimeAsync(1_000);
			expect(await last).toBe('stalled');
		} finally {
			vi.useRealTimers();
		}
	});
	test('an abort ends a body that would not end by itself', async () => {
		const { fetch } = recording(new ReadableStream());
		const stop = new AbortController();
		const response = await guardedFetch(fetch, origin, options)(origin, { signal: stop.signal });
		const text = response.text();
		stop.abort(new Error('Enough'));
		await expect(text).rejects.toThrow('Enough');
	});
});
