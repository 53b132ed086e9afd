import { afterEach, expect, test } from 'vitest';
import type { TicketChange } from '$lib/domain/command';
import { blankFields } from '$lib/domain/tickets/ticket';
import { agentWith } from '../../../tests/support/sessions';
import { connection, says, TestEngine, type Reply } from '../../../tests/support/engine';

const engines: TestEngine[] = [];
afterEach(() => {
	for (const engine of engines.splice(0)) engine.kill();
});

/** An engine with a ticket T-001 “Uploads stop”, whose agent may use every tool. */
async function engineWith(policy: 'allow' | 'ask', ...replies: Reply[]): Promise<TestEngine> {
	const engine = new TestEngine(replies);
	await engine.db.agents.put({
		...agentWith(policy),
		v: 1,
		connectionId: null,
		model: null,
		effort: null,
		thinking: true,
		permissionMode: 'ask',
		maxTurns: 20,
		budget: null,
		createdAt: 1,
		updatedAt: 1,
	});
	await engine.db.connections.put(connection);
	engines.push(engine);
	engine.start();
	await ticket(engine, 't1', {
		do: 'create',
		fields: { ...blankFields, title: 'Uploads stop', description: 'On an iPad' },
		status: 'backlog',
	});
	return engine;
}

const ticket = (engine: TestEngine, ticketId: string, change: TicketChange) =>
	engine.command({ kind: 'ticket', ticketId, change }, null);

/** Runs one call to its end, and what its result says. */
async function resultOf(engine: TestEngine): Promise<{ content: string; isError: boolean }> {
	await engine.command({ kind: 'start', agentId: 'a1', prompt: 'Do it' });
	await engine.status('completed');
	const result = (await engine.events()).find(({ kind }) => kind === 'tool-result');
	if (result?.kind !== 'tool-result') throw new Error('no result');
	return { content: result.content, isError: result.isError };
}

const call = (tool: string, input: object) => says('', [{ tool, input }]);

test('an agent creates a ticket in its own name, and the ticket says in which session', async () => {
	const engine = await engineWith(
		'allow',
		call('create_ticket', { title: 'Retry uploads', type: 'bug', blocked_by: ['t-001'] }),
		says('Done'),
	);
	expect(await resultOf(engine)).toEqual({
		content: 'Created T-002 Retry uploads (Bug, Backlog, Medium).',
		isError: false,
	});
	const made = (await engine.db.tickets.toArray()).find(({ number }) => number === 2);
	expect(made).toMatchObject({ title: 'Retry uploads', blockedBy: ['t1'], type: 'bug' });
	const [created] = await engine.db.ticketEvents.where('at').above(0).reverse().limit(1).toArray();
	expect(created).toMatchObject({ by: { kind: 'agent', actor: 'main' }, sessionId: 's1' });
});

test('what an agent would change is asked about first, and a denied change is none', async () => {
	const engine = await engineWith(
		'ask',
		call('update_ticket', { ticket: 'T-001', status: 'planned' }),
		says('Left as it is'),
	);
	await engine.command({ kind: 'start', agentId: 'a1', prompt: 'Do it' });
	await engine.status('waiting-permission');
	const asked = (await engine.events()).find(({ kind }) => kind === 'permission-requested');
	if (asked?.kind !== 'permission-requested') throw new Error('not asked');
	const { callId, inputHash } = asked;
	await engine.command({ kind: 'decide-permission', callId, inputHash, decision: 'deny' });
	await engine.status('completed');
	expect(await engine.db.tickets.get('t1')).toMatchObject({ status: 'backlog', seq: 0 });
});

test('in Plan mode tickets are read and not changed', async () => {
	const engine = await engineWith(
		'allow',
		says('', [
			{ tool: 'list_tickets', input: {}, id: 'c1' },
			{ tool: 'comment_ticket', input: { ticket: 'T-001', text: 'Seen' }, id: 'c2' },
		]),
		says('Done'),
	);
	await engine.command({
		kind: 'start',
		agentId: 'a1',
		prompt: 'Do it',
		overrides: { permissionMode: 'plan' },
	});
	await engine.status('completed');
	const results = (await engine.events()).flatMap((event) =>
		event.kind === 'tool-result' ? [[event.callId, event.content]] : [],
	);
	expect(Object.fromEntries(results)).toEqual({
		c1: 'T-001 Uploads stop (Task, Backlog, Medium)',
		c2: expect.stringContaining('Plan mode') as string,
	});
	expect((await engine.db.tickets.get('t1'))?.comments).toEqual([]);
});

test('a change of which a part is refused changes nothing', async () => {
	const engine = await engineWith(
		'allow',
		call('update_ticket', { ticket: 'T-001', priority: 'high', status: 'done' }),
		says('Done'),
	);
	expect(await resultOf(engine)).toMatchObject({
		isError: true,
		content: expect.stringContaining('only to Planned, Cancelled') as string,
	});
	expect(await engine.db.tickets.get('t1')).toMatchObject({ priority: 'medium', seq: 0 });
});

test.each([
	['get_ticket', { ticket: 'T-009' }, 'There is no ticket "T-009"'],
	['create_ticket', { title: '\u200b' }, 'A ticket needs a title'],
	['create_ticket', { title: 'x', epic: 'T-001' }, 'Only an epic can have tickets under it'],
	['comment_ticket', { ticket: 'T-001', text: '  ' }, 'A comment needs some text'],
	['update_ticket', { ticket: 'T-001' }, 'Say what to change'],
])('%s %j is refused with what to do', async (tool, input, words) => {
	const engine = await engineWith('allow', call(tool, input), says('Done'));
	const { content, isError } = await resultOf(engine);
	expect([isError, content]).toEqual([true, expect.stringContaining(words)]);
});

test('a deleted ticket is nobody’s: it is not listed and not changed', async () => {
	const engine = await engineWith('allow', call('get_ticket', { ticket: 'T-001' }), says('Done'));
	await ticket(engine, 't1', { do: 'delete' });
	expect(await resultOf(engine)).toMatchObject({ isError: true });
});

test('a run that serves a ticket begins with the ticket’s text', async () => {
	const engine = await engineWith('allow', says('Done'));
	const context = [{ title: 'T-001 Uploads stop', text: 'This work serves ticket T-001' }];
	await engine.command({ kind: 'start', agentId: 'a1', prompt: 'Do it', ticketId: 't1', context });
	await engine.status('completed');
	expect(JSON.stringify(engine.requests[0]?.messages)).toContain(
		'This work serves ticket T-001\\n\\nDo it',
	);
	expect(await engine.db.sessions.get('s1')).toMatchObject({ ticketId: 't1', title: 'Do it' });
});
