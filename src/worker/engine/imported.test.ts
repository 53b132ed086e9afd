import { afterEach, expect, test } from 'vitest';
import { importSessions } from '$lib/store/import-sessions';
import { foldSession } from '$lib/domain/log/session-state';
import { newId } from '$lib/store/ids';
import { LogBuilder } from '../../../tests/fixtures/log-builder';
import { connection, says, TestEngine } from '../../../tests/support/engine';

let engine: TestEngine;
afterEach(() => engine.kill());

/** A log in the middle of a model call, as another device exported it. */
async function imported(...replies: ReturnType<typeof says>[]): Promise<TestEngine> {
	engine = new TestEngine(replies);
	await engine.db.connections.put(connection);
	const log = new LogBuilder('s1').created({ model: 'practice-1' }).prompt('Review the branch');
	const { events } = log.lease(1, 'd9', 'iPad').turn();
	const mark = { device: 'd1', newId, now: Date.now };
	const done = await importSessions(engine.db, [{ sessionId: 's1', events }], mark);
	expect(done).toEqual([{ outcome: 'new', held: true }]);
	return engine.start();
}

const waits = { status: 'waiting', reason: 'Imported while it was running', needsYou: true };

test('a session that came in at work waits, also for an engine that starts, and takes no lease', async () => {
	await imported();
	await engine.command({ kind: 'rename', title: 'Other' });
	expect(await engine.status('waiting')).toMatchObject(waits);
	expect(await engine.db.sessions.get('s1')).toMatchObject({ ...waits, runningSince: null });
	expect(engine.requests).toEqual([]);
	expect((await engine.events()).filter(({ kind }) => kind === 'lease-taken')).toHaveLength(1);
});

test('Continue has it go on here, under a lease of its own', async () => {
	await imported(says('All done'));
	expect((await engine.command({ kind: 'continue' })).state).toBe('applied');
	await engine.status('completed');
	expect(engine.requests).toHaveLength(1);
	const leases = (await engine.events()).filter(({ kind }) => kind === 'lease-taken');
	expect(leases.at(-1)).toMatchObject({ device: 'd1', epoch: 2 });
});

test('a message to it has it go on, too; cancelling ends it without a model call', async () => {
	await imported(says('Again'));
	await engine.command({ kind: 'prompt', text: 'And the tests' });
	await engine.status('completed');
	engine.kill();
	await imported();
	await engine.command({ kind: 'cancel' });
	await engine.status('cancelled');
	expect(engine.requests).toEqual([]);
});

test.each([
	['at work', false],
	['over', true],
])(
	'what was allowed elsewhere is not allowed here, in a session that came in %s',
	async (_, over) => {
		engine = new TestEngine([says('Again')]);
		await engine.db.connections.put(connection);
		const log = new LogBuilder('s1')
			.created({ model: 'practice-1', permissionMode: 'everything' })
			.prompt('Review the branch')
			.lease(1, 'd9', 'iPad')
			.turn();
		if (over) log.say('Done').end().add('ended', { status: 'completed' });
		const mark = { device: 'd1', newId, now: Date.now };
		const sessions = [{ sessionId: 's1', events: log.events }];
		await importSessions(engine.db, sessions, mark);
		const mode = async () => foldSession('s1', await engine.events()).settings.permissionMode;
		expect(await mode()).toBe('ask');
		// The same once more changes nothing.
		expect(await importSessions(engine.db, sessions, mark)).toMatchObject([{ outcome: 'same' }]);
		engine.start();
		await engine.command({ kind: 'prompt', text: 'And the tests' });
		await engine.status('completed');
		expect(await mode()).toBe('ask');
	},
);
