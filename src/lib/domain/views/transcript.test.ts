import { describe, expect, test } from 'vitest';
import { LogBuilder, you } from '../../../../tests/fixtures/log-builder';
import type { SessionEvent } from '../log/event';
import { applyToTranscript, foldTranscript } from './transcript';
import type { ToolPart, TranscriptItem, TurnItem } from './transcript-items';

const begun = () => new LogBuilder().created().prompt('Why do uploads stop?').lease();
const itemsOf = (log: LogBuilder): TranscriptItem[] => foldTranscript(log.events).items;
const turns = (log: LogBuilder): TurnItem[] => itemsOf(log).filter((item) => item.kind === 'turn');
const calls = (log: LogBuilder): ToolPart[] =>
	turns(log).flatMap((turn) => turn.parts.filter((part) => part.type === 'tool'));
const path = { path: 'a.ts', content: 'x' };

test('a turn that the end of the session cut off is not begun again', () => {
	const log = begun().turn().delta('text', 'In').add('ended', { status: 'cancelled' });
	expect(turns(log)[0]).toMatchObject({ status: 'interrupted', stopped: true });
});

describe('prompts', () => {
	test('the first one begins, one said while the agent works steers', () => {
		const log = begun().turn().prompt('Only the iPad matters');
		const prompts = itemsOf(log).filter((item) => item.kind === 'prompt');
		expect(prompts.map(({ text, steering }) => [text, steering])).toEqual([
			['Why do uploads stop?', false],
			['Only the iPad matters', true],
		]);
	});

	test('one said to a session at rest does not steer', () => {
		const log = begun().turn().say('Memory.').end().add('ended', { status: 'completed' });
		log.prompt('Thanks. Fix it');
		expect(itemsOf(log).at(-1)).toMatchObject({ kind: 'prompt', steering: false });
	});
	test('a message said while a permission is waited for is read after the answer', () => {
		const log = begun().turn().call('write_file', { path: 'a' }, 'w').end('tool_use').ask('w');
		log.prompt('Not there.');
		expect(itemsOf(log).at(-1)).toMatchObject({ kind: 'prompt', steering: true, waits: true });
	});
});

describe('going on', () => {
	const held = () => {
		const message = 'The budget of 1,500 tokens is used up: raise it to go on';
		return begun().add('held', { code: 'budget', message, actor: 'main' });
	};

	test('a budget that is raised to go on is told once', () => {
		const log = held();
		log.add('settings-changed', { changes: { budget: { tokens: 3926 } } }, you);
		log.add('continue-requested', {}, you);
		const [hold, line, ...more] = itemsOf(log).slice(1);
		expect(hold).toMatchObject({ kind: 'hold', lifted: { by: you } });
		expect(line).toMatchObject({ kind: 'line', news: { what: 'settings', raised: true } });
		expect(more).toEqual([]);
	});

	test('a pause that is ended is told by going on', () => {
		const log = begun().add('pause-requested', {}, you).add('continue-requested', {}, you);
		expect(itemsOf(log).at(-1)).toMatchObject({ kind: 'line', news: { what: 'continue' } });
	});
});

describe('parts of a turn', () => {
	test('durable pieces add up until the final part stands in their place', () => {
		const log = begun().turn().delta('text', 'The whole ').delta('text', 'photo');
		expect(turns(log)[0]?.parts).toMatchObject([
			{ type: 'text', text: 'The whole photo', done: false },
		]);
		log.say('The whole photo is read.');
		expect(turns(log)[0]?.parts).toMatchObject([
			{ type: 'text', text: 'The whole photo is read.', done: true },
		]);
	});

	test('a log without the pieces tells the same as one with them', () => {
		const log = begun().turn().delta('thinking', 'Where').think('Where is it read?');
		log.delta('text', 'The').say('The photo.').end();
		const without = log.events.filter((event) => event.kind !== 'part-delta');
		const bare = foldTranscript(without).items.map((item) => ({ ...item, at: 0 }));
		const full = itemsOf(log).map((item) => ({ ...item, at: 0 }));
		const timeless = (items: TranscriptItem[]) => JSON.stringify(items).replace(/"at":\d+/g, '');
		expect(timeless(full)).toBe(timeless(bare));
	});

	test('a turn that failed keeps what it had said, and another try makes it history', () => {
		const log = begun().turn().delta('text', 'The whole ');
		const failure = { code: 'overloaded', message: 'The model is overloaded.' };
		log.add('turn-failed', { turnId: 'main.1', failure, retryAt: log.now + 2000, ms: 900 });
		expect(turns(log)[0]).toMatchObject({ status: 'failed', failure, retryAt: log.now + 2000 });
		expect(turns(log)[0]?.parts).toMatchObject([{ text: 'The whole ' }]);
		log.turn({ attempt: 2 });
		expect(turns(log)[0]).toMatchObject({ status: 'failed', past: true });
	});

	test('nothing is added to a turn that is over', () => {
		const log = begun().turn().say('Done.').end();
		log.add('text', { turnId: 'main.1', index: 5, text: 'late' });
		expect(turns(log)[0]?.parts).toHaveLength(1);
	});

	test('turns of several actors may interleave', () => {
		const log = begun();
		log.turn({ turnId: 'ann.1', actor: 'ann' }).turn({ turnId: 'bob.1', actor: 'bob' });
		log.add('text', { turnId: 'ann.1', index: 0, text: 'A' });
		log.add('text', { turnId: 'bob.1', index: 0, text: 'B' });
		expect(turns(log).map(({ actor, parts }) => [actor, parts.length])).toEqual([
			['ann', 1],
			['bob', 1],
		]);
	});
});

describe('tool calls', () => {
	const asking = () => begun().turn().call('write_file', path, 'w1').end('tool_use').ask('w1');

	test('go from asked to allowed to done, and keep who decided', () => {
		const log = asking();
		expect(calls(log)[0]?.status).toBe('asking');
		log.decide('w1', 'allow-once');
		expect(calls(log)[0]).toMatchObject({ status: 'ready', decision: { by: you } });
		log.run('w1', 'Written');
		expect(calls(log)[0]).toMatchObject({ status: 'done', result: { content: 'Written' } });
	});

	test('the first decision counts', () => {
		const log = asking().decide('w1', 'deny', { message: 'No' }).decide('w1', 'allow-once');
		expect(calls(log)[0]).toMatchObject({ status: 'denied', decision: { message: 'No' } });
	});

	test('a decision on another input does not count', () => {
		const log = asking().decide('w1', 'allow-once', { inputHash: 'other' });
		expect(calls(log)[0]).toMatchObject({ status: 'asking' });
		expect(calls(log)[0]?.decision).toBeUndefined();
	});

	test('what it ran with is kept where a person changed it', () => {
		const edited = { path: 'a.ts', content: 'y' };
		const log = asking().decide('w1', 'allow-once', { input: edited });
		log.add('tool-started', { callId: 'w1', input: edited });
		expect(calls(log)[0]).toMatchObject({ input: path, ran: edited });
	});

	test('of a message that was cut off are dropped', () => {
		const log = begun().turn().call('write_file', path, 'w1').end('max_tokens');
		expect(calls(log)[0]?.status).toBe('dropped');
	});

	test('running when the runner went away wait for a choice', () => {
		const log = asking().decide('w1', 'allow-once');
		log.add('tool-started', { callId: 'w1', input: path }).lease(2);
		const message = 'Interrupted while running write_file: run it again or skip';
		log.add(
			'held',
			{ actor: 'main', code: 'interrupted-tool', message, callId: 'w1' },
			log.engine(2),
		);
		expect(calls(log)[0]).toMatchObject({ status: 'interrupted', interruption: message });
		log.add('interruption-resolved', { callId: 'w1', choice: 'skip' }, you);
		log.add(
			'tool-result',
			{ callId: 'w1', content: 'Skipped', isError: true, ms: 0 },
			log.engine(2),
		);
		expect(calls(log)[0]).toMatchObject({ status: 'skipped', resolution: { choice: 'skip' } });
		expect(itemsOf(log).find((item) => item.kind === 'hold')).toMatchObject({
			lifted: { by: you },
		});
	});

	test('a second result changes nothing', () => {
		const log = asking().decide('w1', 'allow-once').run('w1', 'one').result('w1', 'two');
		expect(calls(log)[0]?.result?.content).toBe('one');
	});

	test('a plan stands as the last one given', () => {
		const log = begun().turn().call('update_plan', {}, 'p1').end('tool_use');
		const items = [{ text: 'Read the diff', status: 'completed' as const }];
		log.add('plan-updated', { callId: 'p1', actor: 'main', items });
		expect(foldTranscript(log.events).plan).toEqual({ actor: 'main', items, at: log.now });
		expect(calls(log)[0]?.plan).toEqual(items);
	});
});

describe('what stands until someone goes on', () => {
	const failure = { code: 'bad-key', message: 'The key was refused.' };

	test('a failed call and its error are told once', () => {
		const log = begun().turn();
		log.add('turn-failed', { turnId: 'main.1', failure, ms: 20 });
		log.add('error', { failure }).add('ended', { status: 'failed' });
		expect(itemsOf(log).filter((item) => item.kind === 'failure')).toEqual([]);
		expect(turns(log)[0]).toMatchObject({ status: 'failed', failure });
		expect(turns(log)[0]?.past).toBeUndefined();
	});

	test('an error of its own stands until a retry', () => {
		const log = begun().add('error', { failure }).add('ended', { status: 'failed' });
		expect(itemsOf(log)).toContainEqual(expect.objectContaining({ kind: 'failure', failure }));
		log.add('retry-requested', {}, you);
		expect(itemsOf(log)).toContainEqual(expect.objectContaining({ kind: 'failure', past: true }));
	});

	test('a budget is lifted by Continue, not by a word', () => {
		const held = () => itemsOf(log).find((item) => item.kind === 'hold');
		const log = begun().add('held', { actor: 'main', code: 'budget', message: 'Used up' });
		log.prompt('Go on');
		expect(held()).not.toHaveProperty('lifted');
		log.add('continue-requested', {}, you);
		expect(held()).toMatchObject({ lifted: { by: you } });
	});
});

test('events of a lease that was taken over count for nothing', () => {
	const log = begun().turn().lease(2, 'd2', 'Phone');
	log.add('turn-started', { turnId: 'main.9' } as never, log.engine(1));
	expect(turns(log)).toHaveLength(1);
	expect(turns(log)[0]?.status).toBe('interrupted');
	expect(itemsOf(log).at(-1)).toMatchObject({
		kind: 'line',
		news: { what: 'taken-over', deviceName: 'Phone', sameDevice: false },
	});
});

test('an event replaces the items it changes, and no others', () => {
	const log = begun().turn().say('One.').end('tool_use').turn();
	const transcript = foldTranscript(log.events);
	const before = [...transcript.items];
	log.say('Two.');
	for (const event of log.events.slice(-1)) applyToTranscript(transcript, event);
	const changed = transcript.items.filter((item, place) => item !== before[place]);
	expect(changed.map((item) => item.id)).toEqual(['main.2']);
});

test('an event of a later version is passed over', () => {
	const log = begun();
	const event = { ...log.events[0], kind: 'hologram' } as unknown as SessionEvent;
	expect(foldTranscript([...log.events, event]).items).toHaveLength(1);
});
