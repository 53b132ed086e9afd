/**
 * Everything that can go wrong with a call, as one kind of error. Nothing here is free of what the endpoint
 * wrote; {@link scrubbed} is what may leave the model side.
 */
import { isJsonObject, type JsonObject } from '$lib/domain/json';
import { tooDeep } from '$lib/domain/json-depth';
import type { Failure } from '$lib/domain/log/event';
import { placeOf, wording, type CallContext, type Kind } from './failure-words';
import { ModelError } from './model-port';
import { scrub } from './scrub';
import { whereabouts } from './whereabouts';

/** The fields of the SDK's errors, read by shape: a minified build keeps no class names. */
interface SdkError {
	name: string;
	message: string;
	status?: number;
	headers?: Headers;
	error?: unknown;
	type?: string | null;
	requestID?: string | null;
	cause?: unknown;
}

/**
 * Any failure of a call as a {@link ModelError}; one that already is one stays itself. What is none, a mistake of
 * this program, is thrown again.
 */
export function toModelError(thrown: unknown, context: CallContext): ModelError {
	if (thrown instanceof ModelError) return thrown;
	const error = thrown as SdkError;
	if (error.cause instanceof ModelError) return error.cause;
	const requestId = error.requestID ?? undefined;
	if (typeof error.status === 'number') return ofStatus(error.status, error, context, requestId);
	if (error.name === 'APIConnectionTimeoutError') return ofKind('timeout', '', context, {});
	if (thrown instanceof SyntaxError) return malformed(requestId);
	if (isJsonObject(error.error) && isJsonObject(error.error['error']))
		return failureOfType(error.error['error'], requestId, context);
	if (error.name === 'APIError')
		return failureOfType({ type: error.type ?? '' }, requestId, context);
	// A body that can't be read.
	if (error.name === 'AnthropicError') return malformed(requestId);
	// Every browser's word for a request or a body that broke off.
	if (error.name === 'APIConnectionError' || thrown instanceof TypeError) return network(context);
	throw thrown;
}

/** An error the endpoint reported inside its stream: `{type, message}`. */
export function failureOfType(
	said: JsonObject,
	requestId?: string,
	context?: CallContext,
): ModelError {
	const kind = kindOfType[String(said['type'])] ?? 'server-error';
	const words = typeof said['message'] === 'string' ? said['message'] : '';
	return ofKind(refined(kind, words), words, context, { requestId });
}

/** The same failure without any key in it. */
export function scrubbed(error: ModelError, secrets: readonly (string | null)[]): ModelError {
	const { message, advice, requestId } = error.failure;
	const failure: Failure = {
		...error.failure,
		message: scrub(message, secrets),
		...(advice !== undefined && { advice: scrub(advice, secrets) }),
	};
	const id = requestId === undefined ? '' : scrub(requestId, secrets);
	if (/^[\w.:-]{1,80}$/.test(id)) failure.requestId = id;
	else delete failure.requestId;
	return new ModelError(failure, error.retryable, error.retryAfterMs);
}

const kindOfStatus: Record<number, Kind | undefined> = {
	400: 'bad-request',
	401: 'bad-key',
	402: 'payment',
	403: 'forbidden',
	404: 'not-found',
	408: 'timeout',
	409: 'conflict',
	413: 'too-large',
	422: 'bad-request',
	429: 'rate-limited',
	529: 'overloaded',
};

const kindOfType: Record<string, Kind | undefined> = {
	invalid_request_error: 'bad-request',
	authentication_error: 'bad-key',
	billing_error: 'payment',
	permission_error: 'forbidden',
	not_found_error: 'not-found',
	timeout_error: 'timeout',
	request_too_large: 'too-large',
	rate_limit_error: 'rate-limited',
	overloaded_error: 'overloaded',
	api_error: 'server-error',
};

const retryable: ReadonlySet<Kind> = new Set<Kind>([
	'timeout',
	'conflict',
	'rate-limited',
	'overloaded',
	'server-error',
]);

function ofStatus(
	status: number,
	error: SdkError,
	context: CallContext,
	requestId: string | undefined,
): ModelError {
	const words = saidIn(error);
	const kind = kindOfStatus[status] ?? (status >= 500 ? 'server-error' : 'refused');
	return ofKind(refined(kind, words), words, context, {
		status,
		requestId,
		retryAfterMs: retryAfterMs(error.headers, context.now),
	});
}

/** Some causes can only be told by the endpoint's words. */
function refined(kind: Kind, words: string): Kind {
	if (kind === 'bad-key' && /CORS requests? (is|are) not allowed/i.test(words))
		return 'browser-not-allowed';
	if (kind === 'bad-request' || kind === 'too-large') {
		if (/credit balance|insufficient (credit|balance|fund)/i.test(words)) return 'payment';
		if (tooLong.test(words)) return 'context-too-long';
	}
	return kind;
}

const tooLong =
	/prompt is too long|context[ _-]?(length|window|size)|maximum context|exceeds? .{0,40}context|too many (input |prompt )?tokens/i;

/** The endpoint's own sentence, whatever shape it chose. */
function saidIn(error: SdkError): string {
	const body = error.error;
	if (isJsonObject(body)) {
		const inner = body['error'] ?? body['detail'] ?? body['message'];
		if (typeof inner === 'string') return inner;
		if (isJsonObject(inner) && typeof inner['message'] === 'string') return inner['message'];
		return '';
	}
	const plain = error.message.replace(/^\d{3} /, '');
	// A page of a proxy says nothing to a person.
	return /[<{]|no body/.test(plain) ? '' : plain;
}

/** `retry-after` as seconds or as a date, and the API's own finer header. */
function retryAfterMs(headers: Headers | undefined, now: number): number | undefined {
	const fine = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
	if (fine >= 0) return fine;
	const text = headers?.get('retry-after')?.trim();
	if (!text) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) return Number.parseFloat(text) * 1_000;
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function ofKind(
	kind: Kind,
	words: string,
	context: CallContext | undefined,
	extra: { status?: number; requestId?: string; retryAfterMs?: number },
): ModelError {
	const { message, advice } = wording(kind, context);
	const quoted = clipped(words);
	const failure: Failure = {
		code: kind,
		message: quoted ? `${message} It said: “${quoted}”` : message,
		advice,
		...(extra.status !== undefined && { status: extra.status }),
		...(extra.requestId && { requestId: extra.requestId }),
	};
	return new ModelError(failure, retryable.has(kind), extra.retryAfterMs);
}

function clipped(words: string): string {
	const line = words.replace(/\s+/g, ' ').trim();
	return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

function malformed(requestId: string | undefined): ModelError {
	return new ModelError(
		{
			code: 'malformed-stream',
			message: 'The answer could not be read: the endpoint sent something that is no JSON.',
			advice: 'It is asked for again. If it keeps happening, check the endpoint and its version.',
			...(requestId && { requestId }),
		},
		true,
	);
}

/** The answer broke off before its end. */
export function cut(message: string, requestId?: string): ModelError {
	return new ModelError(
		{
			code: 'cut',
			message,
			advice: 'It is asked for again. If it keeps happening, check the network and the endpoint.',
			...(requestId && { requestId }),
		},
		true,
	);
}

/** A part of the answer that can be neither kept nor sent back. */
export function nestedTooDeeply(): ModelError {
	return new ModelError(
		{
			code: 'too-deep',
			message: `The answer holds a part that is ${tooDeep}, which cannot be kept.`,
			advice: 'Retry, or choose another model.',
		},
		false,
	);
}

/** The endpoint answered, but not with a stream of events. */
export function notAStream(baseUrl: string, contentType: string): ModelError {
	return new ModelError(
		{
			code: 'malformed-stream',
			message: `${placeOf(baseUrl)} answered with ${/html/i.test(contentType) ? 'a web page' : 'something else'} instead of a model’s answer.`,
			advice: 'Check the address of the connection: it may belong to another server.',
		},
		false,
	);
}

/** No answer at all. Browsers don't say why, so the likely causes are named. */
export function network(context: CallContext): ModelError {
	const { protocol } = new URL(context.baseUrl);
	const place = placeOf(context.baseUrl);
	const where = whereabouts(context.baseUrl);
	if (!context.online && where !== 'device') {
		return new ModelError(
			{
				code: 'offline',
				message: 'This device is offline.',
				advice: 'The run goes on when the network is back.',
			},
			true,
		);
	}
	if (context.answering) return cut('The connection was lost in the middle of the answer.');
	if (context.securePage && protocol === 'http:' && where !== 'device') {
		return new ModelError(
			{
				code: 'mixed-content',
				message: `The browser does not let a page loaded over https reach ${place} over http.`,
				advice:
					'Give the endpoint an https address, run it on this device, or open this app over http from your own network.',
			},
			false,
		);
	}
	const page = context.pageOrigin ? ` (${context.pageOrigin})` : '';
	const advice =
		new URL(context.baseUrl).host === 'api.anthropic.com'
			? 'Check the network. A content blocker, a proxy or a firewall between this page and it looks the same.'
			: where === 'internet'
				? 'Check the network and the address. A server that does not answer web pages looks the same: it must allow this page’s address.'
				: `Is the server running? Does it allow this page’s address${page}? Ollama wants it in OLLAMA_ORIGINS, LM Studio wants “Enable CORS”. If the browser asks whether this page may reach your network, allow it.`;
	return new ModelError({ code: 'network', message: `${place} can’t be reached.`, advice }, true);
}
