import { expect, test } from 'vitest';
import { LogBuilder } from '../../../../tests/fixtures/log-builder';
import type { SessionEvent } from '../log/event';
import { foldActivity } from './activity';

const begun = () => new LogBuilder().created().prompt('Why?').lease();
const entries = (log: LogBuilder) => foldActivity(log.events).entries;

test('a turn is one entry with its measures and every event of it', () => {
	const log = begun().turn().delta('thinking', 'W').think('Where?').say('Here.').end();
	const turn = entries(log).find(({ type }) => type === 'turn');
	expect(turn).toMatchObject({
		title: 'Turn',
		subject: 'claude-opus-5-5',
		tone: 'completed',
		details: ['high', '9.2k tokens in', '340 out', '$0.02', '18s'],
	});
	expect(turn?.events.map(({ kind }) => kind)).toEqual([
		'turn-started',
		'thinking',
		'text',
		'turn-ended',
	]);
});

test('a tool is one entry from its start to its result', () => {
	const log = begun().turn().call('read_file', { path: 'a' }, 'r').end('tool_use').run('r', 'text');
	expect(entries(log).filter(({ type }) => type === 'tool')).toMatchObject([
		{ subject: 'read_file', tone: 'completed', details: ['0.4s', '4 B'] },
	]);
});

test('a request and its decision are two entries, and the second says who decided', () => {
	const log = begun().turn().call('write_file', { path: 'a' }, 'w').end('tool_use');
	log.ask('w').decide('w', 'deny', { message: 'Not there' });
	expect(entries(log).filter(({ type }) => type === 'permission')).toMatchObject([
		{ title: 'Permission asked for', subject: 'write_file' },
		{ title: 'Denied', by: { name: 'Mara' }, details: ['Not there'] },
	]);
});

test('a failed turn that is tried again says when, one that is not is an error', () => {
	const failure = { code: 'overloaded', message: 'Overloaded.', status: 529 };
	const log = begun().turn();
	log.add('turn-failed', { turnId: 'main.1', failure, retryAt: log.now + 2000, ms: 5 }).turn();
	log.add('turn-failed', { turnId: 'main.2', failure, ms: 5 });
	const tail = entries(log).filter(({ type }) => type === 'retry' || type === 'error');
	expect(tail).toMatchObject([
		{ type: 'retry', details: ['in 2.0s', 'Overloaded.', 'HTTP 529'] },
		{ type: 'error', title: 'Turn failed' },
	]);
});

test('a turn that was taken over is interrupted, and the one begun again is another entry', () => {
	const log = begun().turn().lease(2).turn().say('Here.').end();
	expect(entries(log).filter(({ type }) => type === 'turn')).toMatchObject([
		{ tone: 'cancelled', details: ['high', 'Interrupted'] },
		{ tone: 'completed' },
	]);
});

test('a tool that was taken over is interrupted, and what becomes of the call is told after it', () => {
	const log = begun().turn().call('write_file', { path: 'a' }, 'w').end('tool_use');
	log.add('tool-started', { callId: 'w', input: { path: 'a' } }).lease(2);
	log.add('interruption-resolved', { callId: 'w', choice: 'skip' }, log.person);
	log.result('w', 'Skipped', { isError: true });
	expect(entries(log).filter(({ type }) => type === 'tool')).toMatchObject([
		{ title: 'Tool', tone: 'cancelled', details: ['Interrupted'] },
		{ title: 'Interrupted call skipped' },
		{ title: 'Tool not run', tone: 'failed' },
	]);
});

test('what was under way when a person cancelled is cancelled', () => {
	const log = begun().turn().call('read_file', { path: 'a' }, 'r').end('tool_use');
	log.add('tool-started', { callId: 'r', input: { path: 'a' } }).turn();
	log.add('cancel-requested', {}, log.person).add('ended', { status: 'cancelled' });
	expect(entries(log).filter(({ tone }) => tone === 'running')).toEqual([]);
	expect(entries(log).filter(({ type }) => type === 'tool' || type === 'turn')).toMatchObject([
		{ subject: 'claude-opus-5-5', tone: 'completed' },
		{ subject: 'read_file', tone: 'cancelled', details: ['Cancelled'] },
		{ subject: 'claude-opus-5-5', tone: 'cancelled', details: ['high', 'Cancelled'] },
	]);
});

test('a turn that broke off says what it had used, also when that comes after its end', () => {
	const usage = { input: 900, output: 3, cacheRead: 300, cacheWrite5m: 0, cacheWrite1h: 0 };
	const failed = {
		turnId: 'main.1',
		failure: { code: 'cut', message: 'Cut off.' },
		usage,
		cost: { usd: 0.02, priceVersion: '2026-11' },
		ms: 5,
	};
	const used = ['1.2k tokens in', '3 out', '$0.02'];
	const turn = (log: LogBuilder) => entries(log).filter(({ type }) => type === 'turn');
	const cut = begun().turn().add('turn-failed', failed);
	expect(turn(cut)).toMatchObject([{ tone: 'failed', details: ['high', ...used] }]);
	const cancelled = begun().turn().add('ended', { status: 'cancelled' }).add('turn-failed', failed);
	expect(turn(cancelled)).toMatchObject([
		{ tone: 'cancelled', details: ['high', 'Cancelled', ...used] },
	]);
	expect(entries(cancelled).at(-1)).toMatchObject({ type: 'run', title: 'Cancelled' });
});

test('the same lease once more interrupts nothing, and a runner that lost it tells nothing', () => {
	const log = begun().turn().lease(2).turn();
	const late = { turnId: 'main.1', stopReason: 'end_turn', usage: null, ms: 1 };
	log.add('turn-ended', late, log.engine(1));
	expect(entries(log).filter(({ type }) => type === 'turn')).toMatchObject([
		{ tone: 'cancelled' },
		{ tone: 'running' },
	]);
	const old = new LogBuilder().created().lease().turn().lease();
	expect(entries(old).find(({ type }) => type === 'turn')).toMatchObject({ tone: 'running' });
});

test('an event of a later version is passed over', () => {
	const log = begun();
	const event = { ...log.events[0], kind: 'hologram' } as unknown as SessionEvent;
	expect(foldActivity([...log.events, event]).entries).toHaveLength(3);
});
