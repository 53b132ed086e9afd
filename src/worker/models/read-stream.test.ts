import { describe, expect, test } from 'vitest';
import { ModelError, type FinalPart, type ModelEvent } from './model-port';
import { StreamReader } from './read-stream';

function read(events: object[]): ModelEvent[] {
	const reader = new StreamReader('asked-model', 'req_1');
	return [...events.flatMap((event) => reader.read(event)), ...reader.finish()];
}
const parts = (events: ModelEvent[]): FinalPart[] =>
	events.flatMap((event) => (event.type === 'part-ended' ? [event.part] : []));
const started = (index: number, content_block: object) => ({
	type: 'content_block_start',
	index,
	content_block,
});
const delta = (index: number, delta: object) => ({ type: 'content_block_delta', index, delta });
const stopped = (index: number) => ({ type: 'content_block_stop', index });
const begun = { type: 'message_start', message: { model: 'm', usage: { input_tokens: 5 } } };
const ended = (stop_reason: string | null, usage?: object) => [
	{ type: 'message_delta', delta: { stop_reason }, usage },
	{ type: 'message_stop' },
];
const say = (index: number, text: string) => delta(index, { type: 'text_delta', text });

describe('a stream that is not quite as it should be', () => {
	test('may leave out the beginning, the usage and the last event', () => {
		expect(
			read([
				started(3, { type: 'text', text: '' }),
				say(3, 'Hi'),
				{ type: 'message_delta', delta: { stop_reason: 'end_turn' } },
			]),
		).toEqual([
			{ type: 'start', model: 'asked-model', requestId: 'req_1' },
			{ type: 'part-started', index: 0, part: 'text' },
			{ type: 'delta', index: 0, text: 'Hi' },
			{ type: 'part-ended', index: 0, part: { type: 'text', text: 'Hi' } },
			{ type: 'end', stopReason: 'end_turn', usage: null },
		]);
	});
	test('may say a text without opening a block for it', () => {
		expect(parts(read([begun, say(0, 'Hi'), ...ended('end_turn')]))).toEqual([
			{ type: 'text', text: 'Hi' },
		]);
	});
	test('may leave all blocks open until its end: they end in their order', () => {
		const events = read([
			begun,
			started(0, { type: 'text', text: '' }),
			say(0, 'Look'),
			started(1, { type: 'tool_use', id: 'a', name: 'one', input: {} }),
			started(2, { type: 'tool_use', id: 'b', name: 'two', input: {} }),
			delta(2, { type: 'input_json_delta', partial_json: '{"b":2}' }),
			delta(1, { type: 'input_json_delta', partial_json: '{"a":1}' }),
			stopped(2),
			stopped(0),
			...ended('tool_use'),
		]);
		expect(events.flatMap((event) => (event.type === 'part-ended' ? [event.index] : []))).toEqual([
			0, 1, 2,
		]);
		expect(parts(events).slice(1)).toEqual([
			{ type: 'tool-call', callId: 'a', tool: 'one', input: { a: 1 } },
			{ type: 'tool-call', callId: 'b', tool: 'two', input: { b: 2 } },
		]);
	});
	test('may give a tool call its whole input at once, and no id', () => {
		const call = started(0, { type: 'tool_use', name: 'one', input: { a: 1 } });
		expect(parts(read([begun, call, stopped(0), ...ended('tool_use')]))).toEqual([
			{ type: 'tool-call', callId: 'call_0', tool: 'one', input: { a: 1 } },
		]);
	});
	test('may call a message with tool calls finished, or give no reason at all', () => {
		const call = started(0, { type: 'tool_use', id: 'a', name: 'one', input: {} });
		for (const reason of ['end_turn', 'stop', null])
			expect(read([begun, call, stopped(0), ...ended(reason)]).at(-1)).toMatchObject({
				stopReason: 'tool_use',
			});
		expect(read([begun, ...ended(null)]).at(-1)).toMatchObject({ stopReason: 'end_turn' });
	});
	test('may hold pings, unknown events and unknown deltas', () => {
		const events = read([
			begun,
			{ type: 'ping' },
			{ type: 'weather', of: 'tomorrow' },
			started(0, { type: 'text', text: 'A' }),
			delta(0, { type: 'citations_delta', citation: {} }),
			delta(9, { type: 'mystery_delta' }),
			say(0, 'B'),
			stopped(0),
			stopped(7),
			...ended('end_turn'),
		]);
		expect(parts(events)).toEqual([{ type: 'text', text: 'AB' }]);
	});
});

describe('a block without a word for it', () => {
	test('is kept whole, its input put together', () => {
		const block = started(0, { type: 'server_tool_use', id: 'x', name: 'web_search', input: {} });
		const json = delta(0, { type: 'input_json_delta', partial_json: '{"query":"a"}' });
		expect(parts(read([begun, block, json, stopped(0), ...ended('pause_turn')]))).toEqual([
			{
				type: 'other',
				raw: { type: 'server_tool_use', id: 'x', name: 'web_search', input: { query: 'a' } },
			},
		]);
	});
	test('grows by deltas nobody knows', () => {
		const block = started(0, { type: 'compaction', content: '' });
		const grows = (content: string) => delta(0, { type: 'compaction_delta', content });
		expect(
			parts(read([begun, block, grows('a'), grows('b'), stopped(0), ...ended('compaction')])),
		).toEqual([{ type: 'other', raw: { type: 'compaction', content: 'ab' } }]);
	});
});

describe('JSON that is nested too deeply to be kept', () => {
	const text = `{"path":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;

	test('makes a call malformed, with the text as it came', () => {
		const call = started(0, { type: 'tool_use', id: 'a', name: 'one', input: {} });
		const json = delta(0, { type: 'input_json_delta', partial_json: text });
		expect(parts(read([begun, call, json, ...ended('tool_use')]))).toEqual([
			{ type: 'tool-call', callId: 'a', tool: 'one', input: {}, malformed: text },
		]);
	});
	test('makes a call malformed that was given at once', () => {
		const input: unknown = JSON.parse(text);
		const call = started(0, { type: 'tool_use', id: 'a', name: 'one', input });
		expect(parts(read([begun, call, ...ended('tool_use')]))).toEqual([
			expect.objectContaining({ input: {}, malformed: expect.stringContaining('…') as string }),
		]);
	});
	test('fails a message with a block without a word for it: it could not go back as it came', () => {
		const block = started(0, {
			type: 'server_tool_use',
			id: 'x',
			input: JSON.parse(text) as object,
		});
		expect(() => read([begun, block, ...ended('pause_turn')])).toThrow(/nested deeper than 200/);
	});
});

describe('usage', () => {
	test('is the highest count of each kind, cache writes by their lifetime', () => {
		const events = read([
			{
				type: 'message_start',
				message: {
					usage: {
						input_tokens: 20,
						output_tokens: 1,
						cache_creation_input_tokens: 30,
						cache_read_input_tokens: 40,
						cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
					},
				},
			},
			...ended('end_turn', {
				input_tokens: 0,
				output_tokens: 9,
				cache_creation_input_tokens: null,
			}),
		]);
		expect(events.at(-1)).toMatchObject({
			usage: { input: 20, output: 9, cacheWrite5m: 10, cacheWrite1h: 20, cacheRead: 40 },
		});
	});
	test('is told whenever it is counted, before the end as well', () => {
		const usages = read([begun, ...ended('end_turn', { output_tokens: 9 })]).flatMap((event) =>
			event.type === 'usage' ? [event.usage] : [],
		);
		expect(usages).toMatchObject([
			{ input: 5, output: 0 },
			{ input: 5, output: 9 },
		]);
	});
	test('that nobody could have used counts as nothing', () => {
		const end = read([begun, ...ended('end_turn', { output_tokens: 1e308 })]).at(-1);
		expect(end).toMatchObject({ usage: { input: 5, output: 0 } });
	});
	test('without lifetimes counts cache writes as the short ones', () => {
		const end = read([begun, ...ended('end_turn', { cache_creation_input_tokens: 8 })]).at(-1);
		expect(end).toMatchObject({ usage: { input: 5, cacheWrite5m: 8, cacheWrite1h: 0 } });
	});
});

test('a body that ends before its message is cut, even before its first event', () => {
	for (const events of [[], [begun, started(0, { type: 'text', text: '' }), say(0, 'Hi')]]) {
		expect(() => read(events)).toThrow(ModelError);
		expect(() => read(events)).toThrow(/cut off/);
	}
});
test('an error event ends the stream as what it is', () => {
	const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
	expect(() => read([begun, error])).toThrow(/overloaded/);
});
test('redacted thinking and a signature given at once are kept', () => {
	const events = read([
		begun,
		started(0, { type: 'redacted_thinking', data: 'xyz' }),
		stopped(0),
		started(1, { type: 'thinking', thinking: 'Hm', signature: 'sig' }),
		stopped(1),
		...ended('end_turn'),
	]);
	expect(parts(events)).toEqual([
		{ type: 'redacted-thinking', data: 'xyz' },
		{ type: 'thinking', text: 'Hm', signature: 'sig' },
	]);
});
