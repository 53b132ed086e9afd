import { isJsonObject, type JsonObject } from '$lib/domain/json';
import type { Fetch } from '../guarded-fetch';
import { hashOf } from './dice';
import { directivesOf, helpText, type Directive } from './directives';
import { longText } from './long-text';
import { practiceModels } from './models';
import { readScene, type Scene } from './scene';
import { replyTo, type Reply } from './script';
import { paced } from './paced-stream';
import { framesOf, type Ending } from './stream-frames';
import { workOf } from './work';

/** Where the practice model seems to live; reserved, so that nothing could ever answer there. */
export const practiceUrl = 'https://practice.invalid';

export interface PracticeOptions {
	/** Tokens a second whatever the model; null: everything at once. */
	tokensPerSecond?: number | null;
}

/**
 * A fetch that answers like an endpoint of the Messages API, out of a script: `GET /v1/models` and
 * `POST /v1/messages` with `stream: true`. Needs no network and keeps nothing but a count of tries.
 */
export function practiceFetch(options: PracticeOptions = {}): Fetch {
	const tries = new Map<number, number>();
	return async (url, init) => {
		const request = new Request(url, { ...init, signal: null });
		const { pathname } = new URL(request.url);
		init?.signal?.throwIfAborted();
		if (request.method === 'GET' && pathname === '/v1/models')
			return json(200, { data: practiceModels, has_more: false, first_id: null, last_id: null });
		if (request.method !== 'POST' || pathname !== '/v1/messages')
			return problem(404, 'not_found_error', `Practice has nothing at ${pathname}.`);
		const body = await jsonOf(request);
		if (!body) return problem(400, 'invalid_request_error', 'The request is no JSON.');
		if (!practiceModels.some(({ id }) => id === body['model']))
			return problem(404, 'not_found_error', `model: ${String(body['model'])}`);
		return answer(readScene(body), options, tries, init?.signal ?? null);
	};
}

function answer(
	scene: Scene,
	options: PracticeOptions,
	tries: Map<number, number>,
	signal: AbortSignal | null,
): Response {
	const directives = directivesOf(scene);
	const told = <K extends Directive['do']>(what: K): Extract<Directive, { do: K }> | undefined =>
		directives.find((one): one is Extract<Directive, { do: K }> => one.do === what);
	if (told('network')) throw new TypeError('Practice was told to be out of reach.');
	const error = told('error');
	if (error) {
		const key = hashOf(scene.seed);
		const tried = tries.get(key) ?? 0;
		tries.set(key, tried + 1);
		if (error.times === null || tried < error.times)
			return problem(
				error.status,
				errorTypes[error.status] ?? 'api_error',
				`Practice was told to answer ${error.status}.`,
				error.retryAfterS,
			);
	}
	const pace = told('pace');
	const usual =
		options.tokensPerSecond !== undefined
			? options.tokensPerSecond
			: scene.model === 'practice-fast'
				? 240
				: 90;
	const { reply, ending } = scripted(scene, directives);
	const frames = [...framesOf(scene, reply, ending)];
	const middle = Math.ceil(frames.length / 2);
	const trouble = told('stall')
		? 'stall'
		: told('cut')
			? 'cut'
			: told('malformed')
				? 'malformed'
				: null;
	const sent =
		trouble === 'malformed'
			? [
					...frames.slice(0, middle),
					{ text: 'event: content_block_delta\ndata: {"type":"conte\n\n', tokens: 1 },
				]
			: trouble
				? frames.slice(0, middle)
				: frames;
	const stream = paced(sent, pace ? pace.tokensPerSecond : usual, trouble === 'stall', signal);
	return new Response(stream, {
		status: 200,
		headers: { 'content-type': 'text/event-stream', 'request-id': requestId(scene) },
	});
}

function scripted(scene: Scene, directives: Directive[]): { reply: Reply; ending: Ending } {
	const usual = replyTo(scene);
	const plain = (text: string): Reply => ({ thinking: null, text, uses: [] });
	for (const one of directives) {
		if (one.do === 'help') return { reply: plain(helpText), ending: { stopReason: 'end_turn' } };
		if (one.do === 'long')
			return {
				reply: plain(longText(workOf(scene), one.tokens)),
				ending: { stopReason: 'end_turn' },
			};
		if (one.do === 'loop') {
			const tool = ['list_files', 'search_files', 'update_plan'].find((name) =>
				scene.tools.has(name),
			);
			const input: JsonObject =
				tool === 'search_files'
					? { query: 'practice' }
					: tool === 'update_plan'
						? { items: [] }
						: {};
			if (tool)
				return {
					reply: {
						thinking: null,
						text: 'Practice replies are scripted. Once more.',
						uses: [{ tool, input }],
					},
					ending: { stopReason: 'tool_use' },
				};
		}
		if (one.do === 'stop' && !scene.resumes) return stopped(scene, usual, one.reason);
	}
	return { reply: usual, ending: { stopReason: usual.uses.length > 0 ? 'tool_use' : 'end_turn' } };
}

function stopped(scene: Scene, usual: Reply, stopReason: string): { reply: Reply; ending: Ending } {
	const half = { ...usual, text: usual.text.slice(0, Math.ceil(usual.text.length / 2)), uses: [] };
	if (stopReason === 'refusal')
		return {
			reply: half,
			ending: {
				stopReason,
				stopDetails: {
					type: 'refusal',
					category: null,
					explanation: 'Practice was told to refuse.',
				},
			},
		};
	if (stopReason !== 'max_tokens' || scene.tools.size === 0)
		return { reply: half, ending: { stopReason } };
	const [tool = 'list_files'] = scene.tools;
	const uses = usual.uses.length > 0 ? usual.uses : [{ tool, input: { path: 'practice.md' } }];
	return { reply: { ...usual, uses }, ending: { stopReason, cutsToolInput: true } };
}

const errorTypes: Record<number, string | undefined> = {
	400: 'invalid_request_error',
	401: 'authentication_error',
	402: 'billing_error',
	403: 'permission_error',
	404: 'not_found_error',
	413: 'request_too_large',
	429: 'rate_limit_error',
	529: 'overloaded_error',
};

function problem(
	status: number,
	type: string,
	message: string,
	retryAfterS: number | null = null,
): Response {
	return json(status, { type: 'error', error: { type, message } }, retryAfterS);
}

function json(status: number, body: JsonObject, retryAfterS: number | null = null): Response {
	return new Response(JSON.stringify(body), {
		status,
		headers: {
			'content-type': 'application/json',
			'request-id': `req_practice_${hashOf(JSON.stringify(body)).toString(36)}`,
			...(retryAfterS !== null && { 'retry-after': String(retryAfterS) }),
		},
	});
}

const requestId = (scene: Scene): string => `req_practice_${hashOf(scene.seed).toString(36)}`;

async function jsonOf(request: Request): Promise<JsonObject | null> {
	try {
		const body: unknown = await request.json();
		return isJsonObject(body) ? body : null;
	} catch {
		return null;
	}
}
