/**
 * What every model port owes its caller, whatever stands behind it: order of events, one request per call,
 * failures as `ModelError` with a stable code, no key in any of them, and an end when the signal says so.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ModelRequest } from '../../src/lib/domain/conversation';
import type { Usage } from '../../src/lib/domain/log/event';
import {
	ModelError,
	type FinalPart,
	type ModelEvent,
	type ModelPort,
} from '../../src/worker/models/model-port';

/** What the next call is to meet. */
export type Scenario =
	| 'text'
	| 'thinking-and-tools'
	| 'max-tokens-in-a-tool-call'
	| 'refusal'
	| 'pause'
	| 'unknown-stop'
	| 'cut'
	| 'malformed'
	| 'stall'
	/** Says something at once and then goes on for a long time. */
	| 'long'
	| 'bad-key'
	| 'forbidden'
	| 'rate-limited'
	| 'rate-limited-2s'
	| 'server-error'
	| 'overloaded';

export interface Subject {
	port: ModelPort;
	/** A request that meets the scenario. */
	request: ModelRequest;
	/** Requests that have reached the endpoint. */
	calls(): number;
}

/** Puts the port before the scenario; null where what stands behind it can't act it out. */
export interface Stage {
	set(scenario: Scenario): Promise<Subject | null>;
	close?(): Promise<void>;
}

/** Stands wherever a subject takes a key; must never be seen again. */
export const canary = 'sk-ant-canary-0123456789abcdefghij';

export const baseRequest: ModelRequest = {
	model: 'practice-1',
	system: 'You help.',
	messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello there' }] }],
	tools: [],
	effort: null,
	thinking: false,
	outputSchema: null,
};

export const listTool = {
	name: 'list_files',
	description: 'Lists the files',
	inputSchema: { type: 'object', properties: {} },
};

const failures: [Scenario, code: string, retryable: boolean][] = [
	['cut', 'cut', true],
	['malformed', 'malformed-stream', true],
	['stall', 'stalled', true],
	['bad-key', 'bad-key', false],
	['forbidden', 'forbidden', false],
	['rate-limited', 'rate-limited', true],
	['server-error', 'server-error', true],
	['overloaded', 'overloaded', true],
];

export function modelPortContract(name: string, open: () => Promise<Stage>): void {
	describe(`${name} is a model port`, () => {
		let stage: Stage;
		beforeEach(async () => {
			stage = await open();
		});
		afterEach(async () => {
			await stage.close?.();
		});

		/** Runs the test, or says that there is nothing to run. */
		async function on(
			scenario: Scenario,
			skip: () => void,
			run: (subject: Subject) => Promise<void>,
		): Promise<void> {
			const subject = await stage.set(scenario);
			if (subject) await run(subject);
			else skip();
		}

		test('a text starts once, streams, ends its part, and ends once and last', ({ skip }) =>
			on('text', skip, async (subject) => {
				const events = await all(subject);
				expectOrder(events);
				expect(partsOf(events).map(({ type }) => type)).toContain('text');
				expect(events.at(-1)).toMatchObject({ type: 'end', stopReason: 'end_turn' });
				expect(subject.calls()).toBe(1);
			}));

		test('thinking comes with its signature, tool calls with id, name and parsed input', ({
			skip,
		}) =>
			on('thinking-and-tools', skip, async (subject) => {
				const events = await all(subject);
				expectOrder(events);
				const parts = partsOf(events);
				const thinking = parts.find((part) => part.type === 'thinking');
				expect(thinking?.text).not.toBe('');
				expect(thinking?.signature).not.toBe('');
				const call = parts.find((part) => part.type === 'tool-call');
				expect(call).toMatchObject({
					callId: expect.stringMatching(/./),
					tool: expect.stringMatching(/./),
					input: expect.any(Object),
				});
				expect(call).not.toHaveProperty('malformed');
				expect(events.at(-1)).toMatchObject({ type: 'end', stopReason: 'tool_use' });
				expect(subject.calls()).toBe(1);
			}));

		test('a tool call cut by max_tokens arrives as malformed, with its raw text', ({ skip }) =>
			on('max-tokens-in-a-tool-call', skip, async (subject) => {
				const events = await all(subject);
				expectOrder(events);
				const call = partsOf(events).find((part) => part.type === 'tool-call');
				expect(call).toMatchObject({ input: {}, malformed: expect.stringMatching(/^\{/) });
				expect(events.at(-1)).toMatchObject({ type: 'end', stopReason: 'max_tokens' });
			}));

		test.for([
			['refusal', 'refusal'],
			['pause', 'pause_turn'],
			['unknown-stop', 'because_i_say_so'],
		] as const)('the stop reason of %s is told as it came', ([scenario, reason], { skip }) =>
			on(scenario, skip, async (subject) => {
				const events = await all(subject);
				expectOrder(events);
				expect(events.at(-1)).toMatchObject({ type: 'end', stopReason: reason });
				if (scenario === 'refusal')
					expect(events.at(-1)).toHaveProperty('stopDetails', expect.stringMatching(/./));
			}),
		);

		test.for(failures)('%s fails as %s', ([scenario, code, retryable], { skip }) =>
			on(scenario, skip, async (subject) => {
				const error = await failureOf(subject);
				expect(error.failure.code).toBe(code);
				expect(error.retryable).toBe(retryable);
				expect(error.failure.message).toMatch(/^\S.*[.”]$/s);
				expect(error.failure.advice).toMatch(/[.?]$/);
				expect(JSON.stringify([error.failure, error.message, error.stack])).not.toContain('canary');
				expect(subject.calls(), 'a port never retries').toBe(1);
			}),
		);

		test('what a call has used is told before it breaks off', ({ skip }) =>
			on('cut', skip, async (subject) => {
				const seen: ModelEvent[] = [];
				const run = async (): Promise<void> => {
					const { signal } = new AbortController();
					for await (const event of subject.port.stream(subject.request, signal)) seen.push(event);
				};
				await expect(run()).rejects.toThrow(ModelError);
				expect(usagesOf(seen)).not.toEqual([]);
			}));

		test('without retry-after a rate limit says no time', ({ skip }) =>
			on('rate-limited', skip, async (subject) => {
				expect((await failureOf(subject)).retryAfterMs).toBeUndefined();
			}));

		test('with retry-after a rate limit says how long', ({ skip }) =>
			on('rate-limited-2s', skip, async (subject) => {
				const error = await failureOf(subject);
				expect(error.failure.code).toBe('rate-limited');
				expect(error.retryAfterMs).toBe(2_000);
			}));

		test('an abort in the middle throws the signal’s reason', ({ skip }) =>
			on('long', skip, async (subject) => {
				const stop = new AbortController();
				const reason = new Error('The person pressed cancel');
				const seen: ModelEvent['type'][] = [];
				const run = async (): Promise<void> => {
					for await (const event of subject.port.stream(subject.request, stop.signal)) {
						seen.push(event.type);
						if (event.type === 'delta') stop.abort(reason);
					}
				};
				await expect(run()).rejects.toBe(reason);
				expect(seen).toContain('delta');
				expect(seen).not.toContain('end');
			}));

		test('an abort beforehand throws the reason and asks nothing', ({ skip }) =>
			on('text', skip, async (subject) => {
				const reason = new Error('Too late');
				await expect(all(subject, AbortSignal.abort(reason))).rejects.toBe(reason);
				expect(subject.calls()).toBe(0);
			}));
	});
}

export async function all(
	{ port, request }: Pick<Subject, 'port' | 'request'>,
	signal = new AbortController().signal,
): Promise<ModelEvent[]> {
	const events: ModelEvent[] = [];
	for await (const event of port.stream(request, signal)) events.push(event);
	return events;
}

export async function failureOf(subject: Pick<Subject, 'port' | 'request'>): Promise<ModelError> {
	const thrown: unknown = await all(subject).then(
		() => null,
		(error: unknown) => error,
	);
	expect(thrown).toBeInstanceOf(ModelError);
	return thrown as ModelError;
}

export const partsOf = (events: readonly ModelEvent[]): FinalPart[] =>
	events.flatMap((event) => (event.type === 'part-ended' ? [event.part] : []));

const usagesOf = (events: readonly ModelEvent[]): Usage[] =>
	events.flatMap((event) => (event.type === 'usage' ? [event.usage] : []));

/** `start` · for each part: `part-started`, `delta`*, `part-ended` · `end`; `usage` between. Deltas add up to their part. */
export function expectOrder(events: readonly ModelEvent[]): void {
	expect(events[0]?.type).toBe('start');
	expect(events.at(-1)?.type).toBe('end');
	const types = events.map(({ type }) => type);
	expect(types.filter((type) => type === 'start')).toHaveLength(1);
	expect(types.filter((type) => type === 'end')).toHaveLength(1);
	const said = new Map<number, string>();
	let ended = 0;
	for (const event of events) {
		if (event.type === 'part-started') {
			expect(event.index, 'indexes rise from 0').toBe(said.size);
			said.set(event.index, '');
		} else if (event.type === 'delta') {
			expect(event.index).toBeGreaterThanOrEqual(ended);
			expect(said.has(event.index), 'a delta comes after the start of its part').toBe(true);
			said.set(event.index, (said.get(event.index) ?? '') + event.text);
		} else if (event.type === 'part-ended') {
			expect(event.index, 'parts end in their order').toBe(ended++);
			const { part } = event;
			const text = said.get(event.index);
			if (part.type === 'text' || part.type === 'thinking') expect(text).toBe(part.text);
			else if (part.type === 'tool-call' && text)
				expect(part.malformed ?? JSON.stringify(part.input)).toBe(
					part.malformed === undefined ? JSON.stringify(JSON.parse(text)) : text,
				);
		}
	}
	expect(ended, 'every part that started has ended').toBe(said.size);
	const last = events.at(-1);
	if (last?.type === 'end')
		expect(usagesOf(events).at(-1) ?? null, 'what is told last is what counts').toEqual(last.usage);
}
