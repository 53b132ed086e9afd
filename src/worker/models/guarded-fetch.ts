import { ModelError } from './model-port';

export type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

export interface Patience {
	/** Longest silence between the headers and the first byte of the body, ms. */
	firstByteMs: number;
	/** Longest silence between two bytes, ms. Pings are bytes. */
	betweenBytesMs: number;
}

/** What the API itself keeps by its pings. */
export const patience: Patience = { firstByteMs: 60_000, betweenBytesMs: 60_000 };
/** A model on one's own machine may read a long prompt for minutes before it says a word. */
export const localPatience: Patience = { firstByteMs: 600_000, betweenBytesMs: 180_000 };

/**
 * A fetch that can reach one origin only, follows no redirect, carries no cookies, leaves out the headers an
 * endpoint's CORS rules refuse, and ends a body that has fallen silent with a {@link ModelError} (`stalled`).
 */
export function guardedFetch(
	fetch: Fetch,
	origin: string,
	options: { dropHeaders: readonly string[]; patience: Patience },
): Fetch {
	return async (url, init = {}) => {
		const target = new URL(url instanceof Request ? url.url : url);
		if (target.origin !== origin) {
			throw new ModelError(
				{
					code: 'wrong-origin',
					message: `A request to ${target.origin} was stopped: this connection is for ${origin}.`,
					advice: 'Check the address of the connection.',
				},
				false,
			);
		}
		const headers = new Headers(init.headers);
		for (const name of [...headers.keys()]) {
			if (options.dropHeaders.some((pattern) => covers(pattern, name))) headers.delete(name);
		}
		const response = await fetch(url, {
			...init,
			headers,
			// A redirect would carry the key to a place nobody chose: it is told, not followed.
			redirect: 'manual',
			credentials: 'omit',
			cache: 'no-store',
			referrerPolicy: 'no-referrer',
		});
		if (isRedirect(response)) throw redirected(target);
		// A response without a body may not be made anew with one, though browsers give it an empty stream.
		if (!response.body || bodyless.has(response.status)) throw saidNothing(target, response.status);
		return new Response(watched(response.body, options.patience, init.signal), {
			status: response.status,
			statusText: response.statusText,
			headers: response.headers,
		});
	};
}

/** Browsers hide where it leads and its status; others show both. */
function isRedirect({ type, status }: Response): boolean {
	return type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304);
}

const bodyless = new Set([204, 205, 304]);

function redirected({ host, protocol }: URL): ModelError {
	const secure = protocol === 'http:' ? ' Perhaps it wants https.' : '';
	return new ModelError(
		{
			code: 'redirected',
			message: `${host} sends this request to another address, which Muster does not follow: the key would go there too.`,
			advice: `Enter the address it leads to in Settings, Connections.${secure}`,
		},
		false,
	);
}

function saidNothing({ host }: URL, status: number): ModelError {
	return new ModelError(
		{
			code: 'malformed-stream',
			message: `${host} answered with nothing instead of a model’s answer.`,
			advice: 'Check the address of the connection: it may belong to another server.',
			status,
		},
		false,
	);
}

function covers(pattern: string, name: string): boolean {
	return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** The same bytes, ended with an error when none came for too long. */
function watched(
	body: ReadableStream<Uint8Array<ArrayBuffer>>,
	limits: Patience,
	signal: AbortSignal | null | undefined,
): ReadableStream<Uint8Array<ArrayBuffer>> {
	const reader = body.getReader();
	let first = true;
	return new ReadableStream(
		{
			start(controller) {
				// Not every body ends with its request: one that is silent would go on being waited for.
				signal?.addEventListener('abort', () => controller.error(signal.reason), { once: true });
			},
			async pull(controller) {
				const limit = first ? limits.firstByteMs : limits.betweenBytesMs;
				const read = await withinMs(reader.read(), limit);
				first = false;
				if (read === late) {
					const stalled = stalledAfter(limit);
					controller.error(stalled);
					// The connection is given up; that it may complain about it interests nobody.
					reader.cancel(stalled).catch(() => undefined);
				} else if (read.done) controller.close();
				else controller.enqueue(read.value);
			},
			cancel: (reason) => reader.cancel(reason),
		},
		{ highWaterMark: 0 },
	);
}

const late = Symbol('late');

async function withinMs<T>(work: Promise<T>, ms: number): Promise<T | typeof late> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const alarm = new Promise<typeof late>((resolve) => {
		timer = setTimeout(() => resolve(late), ms);
	});
	try {
		return await Promise.race([work, alarm]);
	} finally {
		clearTimeout(timer);
	}
}

function stalledAfter(ms: number): ModelError {
	return new ModelError(
		{
			code: 'stalled',
			message: `The answer stopped: the endpoint sent nothing for ${Math.max(1, Math.round(ms / 1000))} s.`,
			advice: 'It is tried again. If it keeps happening, check the network and the endpoint.',
		},
		true,
	);
}
