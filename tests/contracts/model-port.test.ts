import { LLMock, type FixtureFileResponse } from '@copilotkit/aimock';
import { practiceQuirks, quirksOf } from '../../src/lib/domain/quirks';
import { modelsIn } from '../../src/worker/connections/list-models';
import { ModelError } from '../../src/worker/models/model-port';
import { practiceFetch, practiceUrl } from '../../src/worker/models/practice/practice-fetch';
import { practiceModels } from '../../src/worker/models/practice/models';
import { sdkModel } from '../../src/worker/models/sdk-model';
import { patience, type Fetch } from '../../src/worker/models/guarded-fetch';
import {
	apiError,
	failure,
	messageFrames,
	MessagesServer,
	streamOf,
	textBlock,
	thinkingBlock,
	toolBlock,
	type Handler,
} from '../fakes/messages-server';
import { ScriptedModel, type ScriptedAnswer } from '../fakes/scripted-model';
import { baseRequest, canary, listTool, modelPortContract, type Scenario } from './model-port';

const surroundings = () => ({ online: true, securePage: false, now: Date.now() });
const impatient = { firstByteMs: 60, betweenBytesMs: 60 };
const withTools = { ...baseRequest, thinking: true, tools: [listTool] };

function fails(code: string, retryable: boolean, retryAfterMs?: number): ScriptedAnswer {
	const failure = { code, message: 'It did not work.', advice: 'Try again.' };
	return { fails: new ModelError(failure, retryable, retryAfterMs) };
}

const said = { type: 'text', text: 'Hello to you too.' } as const;
const counted = { input: 11, output: 1, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0 };
const scripted: Record<Scenario, ScriptedAnswer> = {
	text: { parts: [said] },
	'thinking-and-tools': {
		parts: [
			{ type: 'thinking', text: 'Hm.', signature: 's' },
			{ type: 'tool-call', callId: 'c1', tool: 'list_files', input: { glob: '*' } },
		],
	},
	'max-tokens-in-a-tool-call': {
		parts: [{ type: 'tool-call', callId: 'c1', tool: 'list_files', input: {}, malformed: '{"glo' }],
		stopReason: 'max_tokens',
	},
	refusal: { parts: [said], stopReason: 'refusal', stopDetails: 'No.' },
	pause: { parts: [said], stopReason: 'pause_turn' },
	'unknown-stop': { parts: [said], stopReason: 'because_i_say_so' },
	cut: { parts: [said], usage: counted, ...fails('cut', true) },
	malformed: { parts: [said], ...fails('malformed-stream', true) },
	stall: { parts: [said], ...fails('stalled', true) },
	long: { parts: [said], hangs: true },
	'bad-key': fails('bad-key', false),
	forbidden: fails('forbidden', false),
	'rate-limited': fails('rate-limited', true),
	'rate-limited-2s': fails('rate-limited', true, 2_000),
	'server-error': fails('server-error', true),
	overloaded: fails('overloaded', true),
};

modelPortContract('the scripted fake', () =>
	Promise.resolve({
		set(scenario) {
			const port = new ScriptedModel(scripted[scenario]);
			return Promise.resolve({ port, request: withTools, calls: () => port.requests.length });
		},
	}),
);

const directives: Record<Scenario, string> = {
	text: '',
	'thinking-and-tools': '',
	'max-tokens-in-a-tool-call': '/practice stop max_tokens',
	refusal: '/practice stop refusal',
	pause: '/practice stop pause_turn',
	'unknown-stop': '/practice stop because_i_say_so',
	cut: '/practice cut',
	malformed: '/practice malformed',
	stall: '/practice stall',
	long: '/practice long 20000\n/practice slow 200',
	'bad-key': '/practice error 401',
	forbidden: '/practice error 403',
	'rate-limited': '/practice error 429',
	'rate-limited-2s': '/practice error 429 2',
	'server-error': '/practice error 500',
	overloaded: '/practice error 529',
};

modelPortContract('the practice model', () =>
	Promise.resolve({
		set(scenario) {
			const { fetch, calls } = counting(practiceFetch({ tokensPerSecond: null }));
			const port = sdkModel({
				baseUrl: practiceUrl,
				auth: 'none',
				key: null,
				quirks: practiceQuirks,
				fetch,
				patience: impatient,
				models: modelsIn({ data: practiceModels }),
				rawSchemas: true,
				surroundings,
			});
			const text = `Tell me about lighthouses\n${directives[scenario]}`;
			const messages = [{ role: 'user' as const, content: [{ type: 'text' as const, text }] }];
			const request = scenario === 'text' ? baseRequest : withTools;
			return Promise.resolve({ port, request: { ...request, messages }, calls });
		},
	}),
);

const hello = textBlock('Hello ', 'to you', ' too.');
const half = messageFrames([hello]).slice(0, 4);
const served: Record<Scenario, Handler> = {
	text: streamOf(messageFrames([hello])),
	'thinking-and-tools': streamOf(
		messageFrames(
			[thinkingBlock('Hm.'), hello, toolBlock('toolu_1', 'list_files', '{"glob"', ':"*"}')],
			{ stop_reason: 'tool_use' },
		),
	),
	'max-tokens-in-a-tool-call': streamOf(
		messageFrames([toolBlock('toolu_1', 'list_files', '{"glob"', ':"')], {
			stop_reason: 'max_tokens',
		}),
	),
	refusal: streamOf(
		messageFrames([hello], {
			stop_reason: 'refusal',
			stop_details: { type: 'refusal', category: 'cyber', explanation: 'It could do harm.' },
		}),
	),
	pause: streamOf(messageFrames([hello], { stop_reason: 'pause_turn' })),
	'unknown-stop': streamOf(messageFrames([hello], { stop_reason: 'because_i_say_so' })),
	cut: streamOf(half),
	malformed: streamOf([...half, 'event: content_block_delta\ndata: {"type": oops\n\n']),
	stall: streamOf(half, { open: true }),
	long: streamOf(half, { open: true }),
	'bad-key': failure(401, apiError('authentication_error', `invalid x-api-key: ${canary}`)),
	forbidden: failure(403, apiError('permission_error', 'Not for you')),
	'rate-limited': failure(429, apiError('rate_limit_error', 'Slow down')),
	'rate-limited-2s': failure(429, apiError('rate_limit_error', 'Slow down'), {
		'retry-after': '2',
	}),
	'server-error': failure(500, apiError('api_error', 'Internal server error')),
	overloaded: failure(529, apiError('overloaded_error', 'Overloaded')),
};

modelPortContract('the SDK over HTTP', async () => {
	const server = new MessagesServer();
	const baseUrl = await server.start();
	return {
		set(scenario) {
			server.answer(served[scenario]);
			return Promise.resolve({
				port: overHttp(baseUrl, scenario),
				request: withTools,
				calls: () => server.received.length,
			});
		},
		close: () => server.stop(),
	};
});

/** What aimock can act out; the rest is the plain server's. */
const mocked: Partial<Record<Scenario, FixtureFileResponse>> = {
	text: { content: 'Hello to you too.' },
	'thinking-and-tools': {
		reasoning: 'Hm, a greeting.',
		toolCalls: [{ name: 'list_files', arguments: { glob: '*' } }],
	},
	refusal: undefined,
	pause: { content: 'Hello', finishReason: 'pause_turn' },
	'unknown-stop': { content: 'Hello', finishReason: 'because_i_say_so' },
	cut: { content: 'A long answer that will not be finished, as is known beforehand.' },
	long: { content: 'word '.repeat(400) },
	'bad-key': {
		error: { message: `invalid key ${canary}`, type: 'authentication_error' },
		status: 401,
	},
	forbidden: { error: { message: 'Not for you', type: 'permission_error' }, status: 403 },
	'rate-limited-2s': {
		error: { message: 'Slow down', type: 'rate_limit_error' },
		status: 429,
		retryAfter: 2,
	},
	'server-error': { error: { message: 'Oh', type: 'api_error' }, status: 500 },
	overloaded: { error: { message: 'Overloaded', type: 'overloaded_error' }, status: 529 },
};

modelPortContract('the SDK against aimock', async () => {
	const mock = new LLMock({ port: 0 });
	await mock.start();
	return {
		set(scenario) {
			const response = mocked[scenario];
			if (!response) return Promise.resolve(null);
			mock.onMessage(/.*/, response, {
				...(scenario === 'cut' && { chunkSize: 4, truncateAfterChunks: 5, latency: 5 }),
				...(scenario === 'long' && { chunkSize: 5, latency: 20 }),
			});
			const { fetch, calls } = counting((url, init) => globalThis.fetch(url, init));
			const port = overHttp(mock.url, scenario, fetch);
			return Promise.resolve({ port, request: withTools, calls });
		},
		close: () => mock.stop(),
	};
});

function overHttp(baseUrl: string, scenario: Scenario, fetch: Fetch = globalThis.fetch) {
	return sdkModel({
		baseUrl,
		auth: 'bearer',
		key: canary,
		quirks: quirksOf({ kind: 'anthropic', profile: 'anthropic' }),
		fetch,
		patience: scenario === 'stall' ? impatient : patience,
		models: modelsIn({ data: practiceModels }),
		surroundings,
	});
}

function counting(fetch: Fetch): { fetch: Fetch; calls: () => number } {
	let calls = 0;
	return {
		fetch: (url, init) => {
			calls++;
			return fetch(url, init);
		},
		calls: () => calls,
	};
}
