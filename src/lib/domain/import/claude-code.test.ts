import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decide } from '../deciders/decide';
import type { EventKind, EventOf, Person, StoredEvent } from '../log/event';
import { foldSession } from '../log/session-state';
import { isTooDeep } from '../json-depth';
import { sessionRowOf } from '../views/session-row';
import { foldTranscript } from '../views/transcript';
import { claudeCodeSessions, type Imported, type SessionFile } from './claude-code';

const folder = `${import.meta.dirname}/../../../../tests/fixtures/claude-code`;
const fixture = readdirSync(folder).map((name): [string, string[]] => [
	name,
	readFileSync(`${folder}/${name}`, 'utf8').split('\n'),
]);

function file(name: string, lines: readonly (string | object)[]): SessionFile {
	return {
		name,
		lines: async function* () {
			for (const line of lines) yield typeof line === 'string' ? line : JSON.stringify(line);
		},
	};
}

async function imported(...files: SessionFile[]): Promise<Imported[]> {
	const all: Imported[] = [];
	for await (const one of claudeCodeSessions(files)) all.push(one);
	return all;
}

async function logs(...files: SessionFile[]): Promise<StoredEvent[][]> {
	const all = await imported(...files);
	return all.flatMap((one) => (one.kind === 'session' ? [one.events] : []));
}

const ofKind = <K extends EventKind>(log: readonly StoredEvent[], kind: K) =>
	log.filter((event): event is StoredEvent & EventOf<K> => event.kind === kind);
const fold = (log: readonly StoredEvent[]) => foldSession(log[0]?.sessionId ?? '', log);
const titleOf = (log: readonly StoredEvent[]) => fold(log).title;

async function sample() {
	const [main, fork, agent] = await logs(...fixture.map(([name, lines]) => file(name, lines)));
	if (!main || !fork || !agent) throw new Error('The sample has three sessions');
	return { main, fork, agent };
}

/** Lines of a session, made of little. */
function said(uuid: string, parent: string | null, text: string, more: object = {}) {
	return {
		type: 'user',
		uuid,
		parentUuid: parent,
		sessionId: 's',
		isSidechain: false,
		timestamp: new Date(
			1_772_000_000_000 + Number(/\d+/.exec(uuid)?.[0] ?? 0) * 1000,
		).toISOString(),
		message: { role: 'user', content: text },
		...more,
	};
}

function answered(uuid: string, parent: string, text: string, more: object = {}) {
	return said(uuid, parent, '', {
		type: 'assistant',
		message: {
			id: `msg_${uuid}`,
			role: 'assistant',
			model: 'claude-opus-4-8',
			content: [{ type: 'text', text }],
			stop_reason: 'end_turn',
			usage: { input_tokens: 10, output_tokens: 5 },
		},
		...more,
	});
}

describe('sessions of Claude Code', () => {
	it('the main chain, what was said instead, and the sub-agent are a session each', async () => {
		const { main, fork, agent } = await sample();
		expect([main, fork, agent].map(titleOf)).toEqual([
			'Harbour tides',
			'Add the caption "High and low water"',
			'Review the tide table',
		]);
	});

	it('a session is told as it was: what was said, thought, called and answered, in order', async () => {
		const { main } = await sample();
		const { items } = foldTranscript(main);
		const told = items.flatMap((item) => {
			if (item.kind === 'prompt') return [item.text];
			if (item.kind === 'turn')
				return [
					item.status === 'failed'
						? (item.failure?.message ?? '')
						: item.parts
								.map((part) => (part.type === 'tool' ? `${part.tool} ${part.status}` : part.type))
								.join(', '),
				];
			return item.kind === 'line' ? [item.news.what] : [item.kind];
		});
		expect(told).toEqual(
			[
				'Add a tide table to the harbour page. Keep it to one file.',
				'thinking, text, Read done, Glob done',
				'TodoWrite done',
				'Write done',
				'Edit done',
				'Task done',
				'text',
				'ended',
				'Add the caption "Tides at the pier".',
				'text',
				'ended',
				'compacted',
				'/review src/tides.html',
				'API Error: 529 Overloaded',
				'failure',
				'ended',
				'Try again.',
				'Bash failed',
				'cancel',
				'ended',
				'renamed',
				'renamed',
				'warning',
			].filter((what) => what !== 'failure'),
		);
	});

	it('files written and edited are the session’s, and the plan it kept', async () => {
		const { main } = await sample();
		const state = fold(main);
		expect([...state.files]).toEqual([
			['src/tides.html', '<table>high 06:12, low 12:31</table>\n'],
		]);
		expect(state.plan).toEqual([
			{ text: 'Write the table', status: 'in-progress' },
			{ text: 'Have it reviewed', status: 'pending' },
		]);
	});

	it('use counts once for a message of several lines, with the cache apart', async () => {
		const { main } = await sample();
		const [first] = ofKind(main, 'turn-ended');
		expect(first?.usage).toEqual({
			input: 12,
			output: 310,
			cacheWrite5m: 400,
			cacheWrite1h: 2000,
			cacheRead: 15200,
		});
		expect(fold(main).usage.output).toBe(310 + 90 + 140 + 95 + 80 + 60 + 22 + 40);
	});

	it('a message costs what the list of its day says, or what was written down; before there was a list, nobody knows', async () => {
		const costAt = async (timestamp: string, more: object = {}) => {
			const lines = [said('u1', null, 'One'), answered('u2', 'u1', 'Yes', { timestamp, ...more })];
			return fold((await logs(file('a', lines)))[0] ?? []).cost;
		};
		expect(await costAt('2026-12-01T10:00:00Z')).toBeCloseTo((10 * 5 + 5 * 25) / 1e6);
		expect(await costAt('2026-03-01T10:00:00Z')).toBeNull();
		expect(await costAt('2026-03-01T10:00:00Z', { costUSD: 0.25 })).toBe(0.25);
	});

	it('a fork inherits what was said before it, pays for its own alone, and names its place', async () => {
		const { main, fork } = await sample();
		const state = fold(fork);
		const instead = ofKind(main, 'prompt').find(({ text }) => text.includes('pier'));
		expect(state.parent).toEqual({ sessionId: main[0]?.sessionId, eventId: instead?.id });
		expect(fork.filter(({ inherited }) => inherited).length).toBeGreaterThan(10);
		expect(state.usage.output).toBe(24);
		expect(fork.every((event) => !event.inherited || event.recorded === undefined)).toBe(true);
	});

	it('a sub-agent is linked to the call that began it, and inherits nothing', async () => {
		const { main, agent } = await sample();
		const call = ofKind(main, 'tool-call').find(({ tool }) => tool === 'Task');
		const turn = ofKind(main, 'turn-started').find(({ turnId }) => turnId === call?.turnId);
		expect(fold(agent).parent).toEqual({
			sessionId: main[0]?.sessionId,
			eventId: turn?.id,
			subAgent: true,
		});
		expect(agent.some(({ inherited }) => inherited)).toBe(false);
		expect(ofKind(agent, 'prompt')[0]?.by).toEqual({ kind: 'agent', actor: 'Claude Code' });
	});

	it('everything is at rest, seen, without tools, and nothing would run by itself', async () => {
		const { main, fork, agent } = await sample();
		const states = [main, fork, agent].map(fold);
		expect(states.map(({ ended }) => ended?.status)).toEqual([
			'cancelled',
			'completed',
			'completed',
		]);
		for (const state of states) {
			expect(state.unread).toBe(false);
			expect(state.agent?.tools).toEqual({});
			expect(sessionRowOf(state, 0).needsYou).toBe(false);
			expect(decide(state)).toEqual([]);
		}
	});

	it('a call without a result is refused when the session is gone on with, and never run', async () => {
		const call = answered('u2', 'u1', '');
		call.message = {
			...call.message,
			content: [{ type: 'tool_use', id: 't1', name: 'write_file', input: {} }],
		} as never;
		const [log] = await logs(file('a', [said('u1', null, 'Write it'), call]));
		const by: Person = { kind: 'person', name: '', device: 'd', deviceName: '' };
		const own = { v: 1, id: 'x', sessionId: 's', at: 1, by } as const;
		const going = fold([
			...(log ?? []),
			{ ...own, seq: 98, kind: 'continue-requested' },
			{ ...own, seq: 99, kind: 'lease-taken', device: 'd', deviceName: '', epoch: 1 },
		]);
		expect(decide(going)).toMatchObject([
			{ do: 'record', events: [{ kind: 'tool-result', isError: true }] },
		]);
	});

	it('idle time between messages is not time spent running', async () => {
		const [log] = await logs(
			file('a', [
				said('u1', null, 'One'),
				answered('u11', 'u1', 'Yes'),
				said('u90000', 'u11', 'Two'),
				answered('u90005', 'u90000', 'Yes'),
			]),
		);
		expect(fold(log ?? []).activeMs).toBe(15_000);
	});

	it('notes and kinds nobody knows are kept whole, and so are fields of known lines', async () => {
		const { main } = await sample();
		expect(ofKind(main, 'noted').map(({ type }) => type)).toEqual([
			'user',
			'progress',
			'system',
			'system',
			'tea-break',
			'file-history-snapshot',
			'queue-operation',
		]);
		const tea = ofKind(main, 'noted').find(({ type }) => type === 'tea-break');
		expect(tea?.recorded).toMatchObject({ minutes: 12, with_: ['scones'] });
		const prompt = ofKind(main, 'prompt')[0];
		expect(prompt?.recorded).toMatchObject({
			gitBranch: 'main',
			thinkingMetadata: { level: 'high' },
		});
		expect(prompt?.recorded?.['message']).toEqual({ role: 'user' });
	});

	it('a line that is cut off is a warning that names it, and the rest is there', async () => {
		const { main } = await sample();
		const [warning, ...others] = ofKind(main, 'warning');
		expect(others).toEqual([]);
		expect(warning?.message).toMatch(/^Line 37 of .*\.jsonl is cut off or no JSON\./);
		expect(warning?.recorded).toMatchObject({
			line: 37,
			text: expect.stringContaining('{"parentUuid"'),
		});
	});

	it('a file without messages gives no session, and says so', async () => {
		expect(
			await imported(
				file('empty.jsonl', []),
				file('b.jsonl', ['{"type":"mode"}']),
				file('c.txt', ['hello']),
			),
		).toEqual([
			{ kind: 'nothing', name: 'b.jsonl', why: 'It holds no messages.' },
			{
				kind: 'nothing',
				name: 'c.txt',
				why: 'None of its lines could be read. Choose a .jsonl file of Claude Code.',
			},
			{ kind: 'nothing', name: 'empty.jsonl', why: 'It holds no messages.' },
		]);
	});

	it('a session resumed in another file, with its lines copied, is told once and goes on', async () => {
		const first = [said('u1', null, 'One'), answered('u2', 'u1', 'Yes')];
		const copied = first.map((line) => ({ ...line, sessionId: 's2' }));
		const all = await logs(
			file('a.jsonl', first),
			file('b.jsonl', [...copied, said('u3', 'u2', 'Two', { sessionId: 's2' })]),
		);
		expect(all).toHaveLength(1);
		expect(ofKind(all[0] ?? [], 'prompt').map(({ text }) => text)).toEqual(['One', 'Two']);
		expect(all[0]?.find(({ kind }) => kind === 'prompt')?.recorded?.['copies']).toEqual([
			{ sessionId: 's2' },
		]);
	});

	it('a session branched under new names is a fork of the one it was copied from', async () => {
		const first = [said('u1', null, 'One'), answered('u2', 'u1', 'Yes'), said('u3', 'u2', 'Two')];
		const from = (messageUuid: string) => ({
			sessionId: 's2',
			forkedFrom: { sessionId: 's', messageUuid },
		});
		const all = await logs(
			file('a.jsonl', first),
			file('b.jsonl', [
				said('v1', null, 'One', from('u1')),
				answered('v2', 'v1', 'Yes', from('u2')),
				said('v4', 'v2', 'Three', { sessionId: 's2' }),
			]),
		);
		expect(all.map((log) => ofKind(log, 'prompt').map(({ text }) => text))).toEqual([
			['One', 'Two'],
			['One', 'Three'],
		]);
		expect(fold(all[1] ?? []).parent?.sessionId).toBe(all[0]?.[0]?.sessionId);
		expect(fold(all[1] ?? []).usage.output).toBe(0);
	});

	it('two prompts after one answer are a session and its fork', async () => {
		const lines = [
			said('u1', null, 'Begin'),
			answered('a2', 'u1', 'Begun'),
			said('u3', 'a2', 'One way'),
			answered('a4', 'u3', 'So'),
			said('u5', 'a2', 'Another way'),
			answered('a6', 'u5', 'Or so'),
		];
		const [one, other, ...none] = await logs(file('s.jsonl', lines));
		expect(none).toEqual([]);
		const told = (log: StoredEvent[] = []) => ofKind(log, 'text').map(({ text }) => text);
		expect(told(one)).toEqual(['Begun', 'So']);
		expect(told(other)).toEqual(['Begun', 'Or so']);
		expect(fold(other ?? []).parent?.sessionId).toBe(one?.[0]?.sessionId);
	});

	it('after a line that was lost, the session goes on', async () => {
		const all = await logs(
			file('a', [
				said('u1', null, 'One'),
				'{"type":"assis',
				said('u3', 'lost', 'Two'),
				answered('u4', 'u3', 'Yes'),
			]),
		);
		expect(all).toHaveLength(1);
		expect(ofKind(all[0] ?? [], 'prompt').map(({ text }) => text)).toEqual(['One', 'Two']);
	});

	it('lines that follow each other in a circle are told from the first of them', async () => {
		const [log] = await logs(
			file('a', [said('u1', 'u3', 'One'), answered('u2', 'u1', 'Yes'), said('u3', 'u2', 'Two')]),
		);
		expect(ofKind(log ?? [], 'prompt').map(({ text }) => text)).toEqual(['One', 'Two']);
	});

	it('a line nested too deeply is kept as text, and a megabyte of words as they are', async () => {
		const deep = `{"type":"user","uuid":"u9","x":${'['.repeat(300)}${']'.repeat(300)}}`;
		const long = 'word '.repeat(200_000);
		const [log] = await logs(file('a', [said('u1', null, long), deep]));
		expect(ofKind(log ?? [], 'prompt')[0]?.text).toBe(long);
		expect(titleOf(log ?? []).length).toBeLessThan(100);
		expect(ofKind(log ?? [], 'warning')[0]?.recorded?.['text']).toBe(deep);
		expect((log ?? []).some((event) => isTooDeep(event as never))).toBe(false);
	});

	it('an import of a file that has grown gives the same events, and more', async () => {
		const [name, lines] = fixture.find(([name]) => !name.startsWith('agent')) ?? ['', []];
		const before = await logs(file(name, lines.slice(0, 22)));
		const after = await logs(file(name, lines));
		const known = new Map(after.flat().map((event) => [event.id, event]));
		const lost = before
			.flat()
			.filter(({ id, kind }) => !known.has(id) && kind !== 'ended' && kind !== 'seen');
		expect(lost).toEqual([]);
	});
});

/** A conversation with forks, sub-agents, notes and lost lines, as lines in the order they were written. */
const conversation = fc
	.array(
		fc.record({
			kind: fc.constantFrom('said', 'answered', 'called', 'note', 'sub', 'split'),
			/** How far back the line it follows is. */
			back: fc.nat(4),
			lost: fc.boolean(),
		}),
		{ minLength: 1, maxLength: 30 },
	)
	.map((steps) => {
		const lines: Record<string, unknown>[] = [];
		const uuids: string[] = [];
		for (const [n, { kind, back, lost }] of steps.entries()) {
			const uuid = `u${n}`;
			const parent = uuids.at(-1 - back) ?? null;
			uuids.push(uuid);
			const before = parent === null || (lost && n % 7 === 0) ? 'gone' : parent;
			switch (kind) {
				case 'said':
					lines.push(said(uuid, parent, `Say ${n}`));
					break;
				case 'answered':
					lines.push(answered(uuid, before, `Answer ${n}`));
					break;
				case 'split': {
					const line = answered(uuid, before, `Part ${n}`);
					lines.push({ ...line, message: { ...line.message, id: `msg_${Math.floor(n / 3)}` } });
					break;
				}
				case 'called': {
					const line = answered(uuid, before, '');
					const content = [{ type: 'tool_use', id: `t${n}`, name: 'Bash', input: { n } }];
					lines.push({ ...line, message: { ...line.message, content } });
					const result = [{ type: 'tool_result', tool_use_id: `t${n}`, content: 'ok' }];
					lines.push(said(`u${n}r`, uuid, '', { message: { role: 'user', content: result } }));
					break;
				}
				case 'note':
					lines.push({ ...said(uuid, parent, ''), type: 'progress' });
					break;
				case 'sub':
					lines.push(said(uuid, parent, `Sub ${n}`, { isSidechain: true, agentId: `g${n % 2}` }));
			}
		}
		lines.push({ type: 'summary', summary: 'A title', leafUuid: 'u0' });
		return lines;
	});

describe('in any order', () => {
	it('lines give the same sessions', async () => {
		await fc.assert(
			fc.asyncProperty(
				conversation.chain((lines) =>
					fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
				),
				async ([lines, shuffled]) => {
					expect(await logs(file('a', shuffled))).toEqual(await logs(file('a', lines)));
				},
			),
		);
	});

	it('every line is told once, and otherwise inherited', async () => {
		await fc.assert(
			fc.asyncProperty(conversation, async (lines) => {
				const events = (await logs(file('a', lines))).flat();
				const own = events.filter(({ inherited }) => !inherited);
				const told = own.flatMap(({ recorded }) => (recorded?.['uuid'] ? [recorded['uuid']] : []));
				expect(told.sort()).toEqual(lines.flatMap(({ uuid }) => (uuid ? [uuid] : [])).sort());
				expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
			}),
		);
	});

	it('all of them are at rest, and their parents come first', async () => {
		await fc.assert(
			fc.asyncProperty(conversation, async (lines) => {
				const there = new Set<string>();
				for (const log of await logs(file('a', lines))) {
					const state = fold(log);
					expect(state.ended).not.toBeNull();
					expect(state.unread).toBe(false);
					if (state.parent) expect(there).toContain(state.parent.sessionId);
					for (const { id } of log) there.add(id);
					there.add(state.id);
					if (state.parent) expect(there).toContain(state.parent.eventId);
				}
			}),
		);
	});

	it('no line can make it throw', async () => {
		const strange = fc.oneof(
			fc.string(),
			fc.json(),
			conversation.map((lines) => JSON.stringify(lines[0]).slice(0, 40)),
		);
		await fc.assert(
			fc.asyncProperty(fc.array(strange), conversation, async (broken, lines) => {
				const known = await logs(file('a', lines));
				const mixed = await logs(
					file('a', [...broken.map((line) => line.replace(/\n/g, ' ')), ...lines]),
				);
				expect(mixed.length).toBe(known.length);
			}),
		);
	});

	it('nor can any shape of its fields', async () => {
		const value = fc.jsonValue({ maxDepth: 3 });
		const block = fc.record(
			{
				type: fc.constantFrom('text', 'thinking', 'tool_use', 'tool_result', 'image', 'x'),
				id: value,
				name: value,
				text: value,
				content: value,
				tool_use_id: value,
				source: value,
				input: value,
			},
			{ requiredKeys: ['type'] },
		);
		const line = fc.record(
			{
				type: fc.oneof(fc.constantFrom('user', 'assistant', 'system', 'summary'), value),
				uuid: fc.oneof(fc.constantFrom('u1', 'u2', 'u3'), value),
				parentUuid: fc.oneof(fc.constantFrom('u1', 'u2', 'u3'), value),
				forkedFrom: fc.oneof(fc.record({ messageUuid: fc.constantFrom('u1', 'u2', 'u3') }), value),
				sessionId: value,
				timestamp: value,
				isSidechain: value,
				toolUseResult: value,
				message: fc.oneof(
					value,
					fc.record({ id: value, usage: value, content: fc.oneof(value, fc.array(block)) }),
				),
			},
			{ requiredKeys: [] },
		);
		await fc.assert(
			fc.asyncProperty(fc.array(line), async (lines) => {
				for (const log of await logs(file('a', lines))) expect(fold(log).ended).not.toBeNull();
			}),
		);
	});
});
