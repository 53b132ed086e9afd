import { afterEach, expect, test } from 'vitest';
import type { Agent } from '$lib/domain/agent';
import type { Organising, WorkspaceCommand } from '$lib/domain/command';
import { foldSession } from '$lib/domain/log/session-state';
import { sessionRowOf } from '$lib/domain/views/session-row';
import { spendKey } from '$lib/domain/views/spend';
import { agentWith } from '../../../tests/support/sessions';
import { connection, hangs, says, TestEngine, type Reply } from '../../../tests/support/engine';

const agent: Agent = {
	...agentWith('ask'),
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
};
const run = { kind: 'start', agentId: 'a1', prompt: 'Write the notes' } as const;
const engines: TestEngine[] = [];
afterEach(() => {
	for (const engine of engines.splice(0)) engine.kill();
});

async function engineWith(...replies: Reply[]): Promise<TestEngine> {
	const engine = new TestEngine(replies);
	await engine.db.agents.put(agent);
	await engine.db.connections.put(connection);
	engines.push(engine);
	return engine.start();
}

const organise = (sessionIds: string[], change: Organising): WorkspaceCommand => ({
	kind: 'organise',
	sessionIds,
	change,
});

/** The row is what the fold of the stored log gives, and the kept numbers are those of the rows. */
async function expectInStep({ db }: TestEngine): Promise<void> {
	const counted = new Map<string, number>();
	for (const { facets, ...row } of await db.sessions.toArray()) {
		const events = await db.events
			.where('[sessionId+seq]')
			.between([row.id, -1], [row.id, Infinity])
			.toArray();
		// A piece of a cut-off answer may come after the row was written: lists need not hear of it.
		const updatedAt = expect.any(Number) as number;
		expect(row).toEqual({ ...sessionRowOf(foldSession(row.id, events), row.seq), updatedAt });
		for (const key of facets) {
			const kept = key.slice(0, key.lastIndexOf('\t'));
			counted.set(kept, (counted.get(kept) ?? 0) + 1);
		}
	}
	// What was spent stays, whatever becomes of the rows.
	const numbers = (await db.counts.toArray())
		.filter(({ key }) => !key.startsWith(spendKey('')))
		.map(({ key, n }) => [key, n] as const);
	expect(new Map(numbers)).toEqual(counted);
}

test('many sessions are filed by one command, each with an event of its own', async () => {
	const engine = await engineWith(says('One'), says('Two'), says('Three'));
	const ids = ['s1', 's2', 's3'];
	for (const id of ids) {
		await engine.command(run, id);
		await engine.status('completed', id);
	}
	await engine.command(organise(ids, { do: 'label', add: ['ipad'], remove: [] }), null);
	await engine.command(organise(['s1', 's2', 'gone'], { do: 'archive', ticketId: 't1' }), null);
	expect(await engine.db.sessions.get('s1')).toMatchObject({
		place: 'run-archived',
		ticketId: 't1',
		labels: ['ipad'],
	});
	expect((await engine.events('s2')).slice(-3).map(({ kind }) => kind)).toEqual([
		'labels-changed',
		'ticket-linked',
		'archived',
	]);
	await expectInStep(engine);
	await engine.command(organise(['s1', 's2'], { do: 'archive' }), null);
	expect((await engine.events('s2')).filter(({ kind }) => kind === 'archived')).toHaveLength(1);
});

test('a session that runs is filed while it runs, and its log stays whole', async () => {
	const engine = await engineWith(hangs('Working'));
	await engine.command(run);
	await engine.state(({ actors }) => [...actors.values()].some(({ open }) => open !== null));
	await engine.command(organise(['s1'], { do: 'archive' }), null);
	expect(await engine.db.sessions.get('s1')).toMatchObject({
		place: 'run-archived',
		status: 'running',
	});
	await engine.command({ kind: 'cancel' });
	await engine.status('cancelled');
	await expectInStep(engine);
});

test('what is deleted while it runs stops, can be restored, and is gone once it is purged', async () => {
	const engine = await engineWith(hangs('Working'), says('Whole'));
	await engine.command(run);
	await engine.state(({ actors }) => [...actors.values()].some(({ open }) => open !== null));
	await engine.command(organise(['s1'], { do: 'delete' }), null);
	await engine.status('cancelled');
	await engine.command(organise(['s1'], { do: 'restore' }), null);
	expect(await engine.db.sessions.get('s1')).toMatchObject({ place: 'run', deletedAt: null });
	await engine.command(organise(['s1'], { do: 'purge' }), null);
	expect(await engine.events()).not.toEqual([]);
	await engine.command(organise(['s1'], { do: 'delete' }), null);
	await engine.command(organise(['s1'], { do: 'purge' }), null);
	expect(await engine.events()).toEqual([]);
	await expectInStep(engine);
	expect(await engine.db.counts.count()).toBe(0);
});

test('a fork is a session of its own: its parent may be purged', async () => {
	const engine = await engineWith(says('One'), says('Two'), says('Three'));
	await engine.command(run);
	await engine.status('completed');
	await engine.command(
		{ kind: 'fork', parentId: 's1', point: { after: 'main.1' }, prompt: 'And then?' },
		's2',
	);
	await engine.status('completed', 's2');
	expect(engine.requests.at(-1)?.messages.map(({ role }) => role)).toEqual([
		'user',
		'assistant',
		'user',
	]);
	expect(await engine.db.sessions.get('s2')).toMatchObject({ parentId: 's1', turns: 1 });
	await engine.command(organise(['s1'], { do: 'delete' }), null);
	await engine.command(organise(['s1'], { do: 'purge' }), null);
	await engine.command({ kind: 'prompt', text: 'More' }, 's2');
	await engine.state(({ turns }) => turns === 2, 's2');
	await expectInStep(engine);
});

test('a chat is a session without an agent, with a list of its own', async () => {
	const engine = await engineWith(says('Hello'));
	await engine.command({ kind: 'start', agentId: null, prompt: 'Good morning' });
	await engine.status('completed');
	expect(await engine.db.sessions.get('s1')).toMatchObject({ place: 'chat', agentId: null });
	expect(engine.requests[0]?.tools.map(({ name }) => name)).toContain('write_file');
});

test('a chat is put away and brought back with its branches, which lists don’t show beside it', async () => {
	const engine = await engineWith(says('One'), says('Two'));
	await engine.command({ kind: 'start', agentId: null, prompt: 'Hello' });
	await engine.status('completed');
	const events = await engine.db.events
		.where('[sessionId+seq]')
		.between(['s1', -1], ['s1', Infinity])
		.toArray();
	const before = events.find(({ kind }) => kind === 'prompt')?.id ?? '';
	const fork = {
		kind: 'fork',
		parentId: 's1',
		point: { before },
		prompt: 'Hi',
		branch: true,
	} as const;
	await engine.command(fork, 's2');
	await engine.status('completed', 's2');
	const places = async () =>
		(await engine.db.sessions.bulkGet(['s1', 's2'])).map((row) => row?.place);
	expect(await places()).toEqual(['chat', 'branch']);
	await engine.command(organise(['s1'], { do: 'archive' }), null);
	expect(await places()).toEqual(['chat-archived', 'branch-archived']);
	await engine.command(organise(['s1'], { do: 'unarchive' }), null);
	await engine.command(organise(['s1'], { do: 'delete' }), null);
	expect(await places()).toEqual(['chat-deleted', 'branch-deleted']);
	await engine.command(organise(['s1'], { do: 'purge' }), null);
	expect(await places()).toEqual([undefined, undefined]);
	expect(await engine.db.events.count()).toBe(0);
});
