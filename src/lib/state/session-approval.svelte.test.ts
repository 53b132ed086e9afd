import { beforeEach, expect, test, vi } from 'vitest';
import { LogBuilder, you } from '../../../tests/fixtures/log-builder';
import type { CommandRecord, SessionCommand } from '../domain/command';
import { foldTranscript } from '../domain/views/transcript';
import { Approval, GUARD_MS } from './session-approval.svelte';
import type { SessionView } from './session-view.svelte';

const input = { path: 'a.ts', content: 'x' };
const log = new LogBuilder().created().prompt('Fix it').lease().turn();
log.call('write_file', input, 'w1').end('tool_use').ask('w1');
const turn = foldTranscript(log.events).items.findLast((item) => item.kind === 'turn');
const part = turn?.parts.find((each) => each.type === 'tool');
const inputHash = part?.request?.inputHash;

let sent: SessionCommand[];
let records: CommandRecord[];
let now: number;

/** The part of a session that an approval uses, without a store. */
const session = {
	id: 's1',
	log: { call: () => ({ turn, part }) },
	commands: () => records,
	answer: (command: SessionCommand) => {
		sent.push(command);
		const record = { id: `c${sent.length}`, sessionId: 's1', at: 0, by: you, command };
		records.push({ ...record, state: 'sent' });
		return Promise.resolve(record.id);
	},
} as unknown as SessionView;

function shown(): Approval {
	const approval = new Approval(session, 'w1');
	approval.appeared();
	now += GUARD_MS;
	return approval;
}

beforeEach(() => {
	sent = [];
	records = [];
	now = 1000;
	const kept = new Map<string, string>();
	vi.stubGlobal('sessionStorage', {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => kept.set(key, value),
		removeItem: (key: string) => kept.delete(key),
	});
	vi.spyOn(performance, 'now').mockImplementation(() => now);
});

test('a decision names the call and the hash of what was asked for', async () => {
	expect(await shown().decide('allow-once')).toBe(true);
	expect(sent).toEqual([
		{ kind: 'decide-permission', callId: 'w1', inputHash, decision: 'allow-once' },
	]);
});

test('a decision that was applied is not followed by another while its request is still in sight', async () => {
	const approval = shown();
	expect(await approval.decide('allow-once')).toBe(true);
	records = [];
	expect(approval.underWay).toBe(true);
	expect(await approval.decide('allow-in-run')).toBe(false);
	expect(sent).toHaveLength(1);
});

test('what was pressed as the request appeared is ignored', async () => {
	const approval = shown();
	now -= 1;
	expect(await approval.decide('allow-once')).toBe(false);
	now += 1;
	expect(await approval.decide('allow-once')).toBe(true);
});

test('a decision is sent once', async () => {
	const approval = shown();
	await Promise.all([approval.decide('allow-once'), approval.decide('deny')]);
	expect(await approval.decide('allow-in-run')).toBe(false);
	expect(sent).toHaveLength(1);
	expect(approval.underWay).toBe(true);
});

test('a decision that was not accepted says why, and another can be given', async () => {
	const approval = shown();
	await approval.decide('allow-once');
	records = records.map((record) => ({ ...record, state: 'refused', note: 'Already denied.' }));
	expect(approval.refusal).toBe('Already denied.');
	expect(await approval.decide('deny')).toBe(true);
});

test('an edited input goes with allowing, a message with denying', async () => {
	const changed = () =>
		Object.assign(shown(), { edited: { ...input, content: 'y' }, message: ' Not there ' });
	await changed().decide('allow-in-run');
	expect(sent[0]).toMatchObject({ decision: 'allow-in-run', input: { content: 'y' } });
	expect(sent[0]).not.toHaveProperty('message');
	records = [];
	await changed().decide('deny');
	expect(sent[1]).toMatchObject({ decision: 'deny', message: 'Not there' });
	expect(sent[1]).not.toHaveProperty('input');
});

test('an edited input that does not fit can be denied, not allowed', async () => {
	const approval = shown();
	approval.problem = '/content: is missing';
	expect(await approval.decide('allow-once')).toBe(false);
	expect(await approval.decide('deny')).toBe(true);
});

test('what was begun can be taken up by the same request after a reload', () => {
	const approval = shown();
	expect(approval.written).toBeNull();
	approval.editing = true;
	approval.text = 'y';
	approval.edited = { ...input, content: 'y' };
	const { written } = approval;
	const again = shown();
	if (written) again.takeUp(written);
	expect(again).toMatchObject({
		editing: true,
		text: 'y',
		edited: { content: 'y' },
		seal: inputHash,
	});
});
