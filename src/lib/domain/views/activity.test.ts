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

test('an event of a later version is passed over', () => {
	const log = begun();
	const event = { ...log.events[0], kind: 'hologram' } as unknown as SessionEvent;
	expect(foldActivity([...log.events, event]).entries).toHaveLength(3);
});
