import { afterEach, describe, expect, test } from 'vitest';
import type { Agent } from '$lib/domain/agent';
import type { JsonValue } from '$lib/domain/json';
import { inputHash } from '$lib/domain/rules/input-hash';
import { toolCatalogue } from '$lib/domain/tools/catalogue';
import { ModelError } from '../models/model-port';
import type { Tool } from '../tools/tool-port';
import { agentWith } from '../../../tests/support/sessions';
import {
	breaks,
	connection,
	fails,
	hangs,
	says,
	TestEngine,
	type Reply,
} from '../../../tests/support/engine';

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

const run = { kind: 'start', agentId: 'a1', prompt: 'Write the notes' } as const;
const write = { tool: 'write_file', input: { path: 'notes.md', content: 'Hello' }, id: 'w1' };
const hash = inputHash(write.tool, write.input);

const used = { input: 300, output: 2, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0 };

function overloaded(retryAfterMs?: number): ModelError {
	const failure = { code: 'overloaded', message: 'The model is overloaded.', status: 529 };
	return new ModelError(failure, true, retryAfterMs);
}

describe('a run', () => {
	test('goes from prompt to answer, and its row says so', async () => {
		const engine = await engineWith(says('All done', [], { thinking: 'Hm' }));
		await engine.command(run);
		await engine.status('completed');
		expect(await engine.db.sessions.get('s1')).toMatchObject({
			agentName: 'Code Reviewer',
			title: 'Write the notes',
			status: 'completed',
			turns: 1,
			cost: 0.01,
			usage: { input: 10, output: 5 },
		});
	});

	test('keeps no streaming pieces once a part is whole', async () => {
		const engine = await engineWith(says('All done'));
		await engine.command(run);
		await engine.status('completed');
		const kinds = (await engine.events()).map((event) => event.kind);
		expect(kinds).toEqual([
			'created',
			'prompt',
			'lease-taken',
			'turn-started',
			'text',
			'turn-ended',
			'ended',
		]);
	});

	test('answers every call of a message, whatever ids the model gave them', async () => {
		const list = { tool: 'list_files', input: {}, id: 'd' };
		const engine = await engineWith(says('Looking', [list, list, list]), says('Done'));
		await engine.command({ ...run, overrides: { permissionMode: 'everything' } });
		await engine.status('completed');
		const told = engine.requests[1]?.messages.at(-1)?.content ?? [];
		const ids = told.map((part) => (part.type === 'tool_result' ? part.tool_use_id : ''));
		expect(ids).toEqual(['d', 'd-main-1', 'd-main-1-2']);
	});

	test('waits for permission, runs what was allowed, and tells the model the result', async () => {
		const engine = await engineWith(says('Writing', [write]), says('Written'));
		await engine.command(run);
		await engine.status('waiting-permission');
		const decided = await engine.command({
			kind: 'decide-permission',
			callId: 'w1',
			inputHash: hash,
			decision: 'allow-once',
		});
		expect(decided.state).toBe('applied');
		await engine.status('completed');
		const { files } = await engine.state(() => true);
		expect(files.get('notes.md')).toBe('Hello');
		expect(engine.requests[1]?.messages.at(-1)?.content[0]).toMatchObject({
			type: 'tool_result',
			tool_use_id: 'w1',
		});
	});

	test('counts a decision once, and says who was first', async () => {
		const engine = await engineWith(says('Writing', [write]), says('Not written'));
		await engine.command(run);
		await engine.status('waiting-permission');
		const decide = { kind: 'decide-permission', callId: 'w1', inputHash: hash } as const;
		await engine.command({ ...decide, decision: 'deny', message: 'Not there' });
		const late = await engine.command({ ...decide, decision: 'allow-once' });
		expect(late).toMatchObject({ state: 'refused', note: 'Already denied on Laptop.' });
		await engine.status('completed');
		expect((await engine.state(() => true)).files.size).toBe(0);
	});

	test('takes up what is said while it runs with its next call', async () => {
		let go = () => {};
		const before = new Promise<void>((resolve) => (go = resolve));
		const engine = await engineWith(
			says('Looking', [{ tool: 'list_files', input: {} }], { before }),
			says('Done'),
		);
		await engine.db.agents.put({ ...agent, permissionMode: 'everything' });
		await engine.command(run);
		await engine.command({ kind: 'prompt', text: 'In German, please' });
		go();
		await engine.status('completed');
		expect(engine.requests[1]?.messages.at(-1)?.content).toEqual([
			expect.objectContaining({ type: 'tool_result' }),
			{ type: 'text', text: 'In German, please' },
		]);
	});

	test('speaks with the model it was begun with, even when another one is chosen at that moment', async () => {
		const engine = await engineWith(says('First'), says('Second'));
		await engine.command(run);
		await engine.command({ kind: 'change-settings', changes: { model: 'practice-fast' } });
		await engine.status('completed');
		const events = await engine.events();
		const begun = events.filter((event) => event.kind === 'turn-started');
		expect(engine.requests.map(({ model }) => model)).toEqual(begun.map(({ model }) => model));
	});

	test('stops when cancelled, and keeps what had been said', async () => {
		const engine = await engineWith(hangs('Half an ans'));
		await engine.command(run);
		await engine.state((state) => state.actors.get('main')?.open != null);
		await engine.command({ kind: 'cancel' });
		await engine.status('cancelled');
		const pieces = (await engine.events()).filter((event) => event.kind === 'part-delta');
		expect(pieces.map((piece) => piece.text).join('')).toBe('Half an ans');
	});

	test('counts what a cancelled call had used, and adds it up with what comes after', async () => {
		const engine = await engineWith(hangs('Half an ans', used), says('Whole'));
		await engine.command(run);
		await engine.state((state) => state.actors.get('main')?.open != null);
		await engine.command({ kind: 'cancel' });
		await engine.state(({ usage, ended }) => ended !== null && usage.input === used.input);
		expect(await engine.db.sessions.get('s1')).toMatchObject({
			status: 'cancelled',
			turns: 0,
			cost: 0.01,
			usage: used,
		});
		await engine.command({ kind: 'prompt', text: 'Go on' });
		await engine.status('completed');
		expect(await engine.db.sessions.get('s1')).toMatchObject({
			cost: 0.02,
			usage: { input: 310, output: 7 },
		});
	});

	test('goes on in the same log when someone replies to it at rest', async () => {
		const engine = await engineWith(says('First'), says('Second'));
		await engine.command(run);
		await engine.status('completed');
		await engine.command({ kind: 'prompt', text: 'And then?' });
		const { turns } = await engine.state((state) => state.turns === 2 && state.ended !== null);
		expect(turns).toBe(2);
		expect(engine.requests[1]?.messages).toHaveLength(3);
	});

	test('pauses at its budget and asks', async () => {
		const engine = await engineWith(says('One', [{ tool: 'list_files', input: {} }]), says('Two'));
		await engine.command({
			...run,
			overrides: { budget: { tokens: 15 }, permissionMode: 'everything' },
		});
		const waiting = await engine.status('waiting');
		expect(waiting.reason).toContain('budget of 15 tokens');
		expect((await engine.command({ kind: 'continue' })).state).toBe('refused');
		await engine.command({ kind: 'continue', budget: { tokens: 1_000 } });
		await engine.status('completed');
	});

	test('stops at its limit of turns, however long the model would go on', async () => {
		const look = says('Again', [{ tool: 'list_files', input: {} }]);
		const engine = await engineWith(look, look, look);
		await engine.command({ ...run, overrides: { maxTurns: 3, permissionMode: 'everything' } });
		expect((await engine.status('waiting')).reason).toContain('limit of 3 turns');
		expect(engine.requests).toHaveLength(3);
	});

	test('makes room with a summary when the conversation no longer fits', async () => {
		const engine = await engineWith(
			says('Reading', [{ tool: 'list_files', input: {} }]),
			says('', [], { stopReason: 'model_context_window_exceeded' }),
			says('We listed the files: none.'),
			says('Done'),
		);
		await engine.command({ ...run, overrides: { permissionMode: 'everything' } });
		await engine.status('completed');
		expect(engine.requests[3]?.messages).toEqual([
			{
				role: 'user',
				content: [{ type: 'text', text: expect.stringContaining('We listed the files') as string }],
			},
		]);
	});
});

describe('a model call that fails', () => {
	test('is made again, visibly, when waiting can help', async () => {
		const engine = await engineWith(fails(overloaded(1)), says('Back'));
		await engine.command(run);
		await engine.status('completed');
		const failed = (await engine.events()).find((event) => event.kind === 'turn-failed');
		expect(failed).toMatchObject({ failure: { code: 'overloaded' }, counts: true });
	});

	test('counts what it had used, against the budget too', async () => {
		const engine = await engineWith(breaks(overloaded(1), used), says('Not asked'));
		await engine.command({ ...run, overrides: { budget: { tokens: 250 } } });
		await engine.state(({ hold }) => hold?.code === 'budget');
		expect(await engine.db.sessions.get('s1')).toMatchObject({ cost: 0.01, usage: used });
	});

	test('ends the run at once when waiting cannot help', async () => {
		const failure = { code: 'bad-key', message: 'The key was refused.', advice: 'Check the key.' };
		const engine = await engineWith(fails(new ModelError(failure, false)));
		await engine.command(run);
		expect((await engine.status('failed')).reason).toBe('The key was refused.');
	});

	test('can be retried by a person', async () => {
		const failure = { code: 'bad-key', message: 'The key was refused.' };
		const engine = await engineWith(fails(new ModelError(failure, false)), says('Now it works'));
		await engine.command(run);
		await engine.status('failed');
		await engine.command({ kind: 'retry' });
		await engine.status('completed');
	});

	test('is made again when the device is back online, before its time', async () => {
		const failure = { code: 'offline', message: 'This device is offline.' };
		const engine = await engineWith(fails(new ModelError(failure, true)), says('Back online'));
		await engine.command(run);
		expect((await engine.status('waiting')).reason).toBe('This device is offline');
		engine.online();
		await engine.status('completed');
	});
});

describe('a device that is back online', () => {
	const network = new ModelError({ code: 'network', message: 'No answer.' }, true);

	test('does not call before the time an endpoint has asked for', async () => {
		const engine = await engineWith(fails(overloaded(120_000)), says('Not asked yet'));
		await engine.command(run);
		await engine.status('waiting');
		engine.online();
		// A command goes through the same engine, after that.
		await engine.command({ kind: 'rename', title: 'Later' });
		expect(engine.requests).toHaveLength(1);
		expect((await engine.status('waiting')).reason).toBe('The model is overloaded');
	});

	test('and goes away again uses up no tries', async () => {
		const engine = await engineWith(...Array<Reply>(12).fill(fails(network)), says('At last'));
		await engine.command(run);
		for (let failed = 1; failed <= 12; failed++) {
			await engine.state((state) => {
				const main = state.actors.get('main');
				return main?.begun === failed && main.retryAt !== null;
			});
			engine.online();
		}
		await engine.status('completed');
	});
});

describe('what cannot be written down', () => {
	/** A reply with a part that no database takes, and that fails in the same way each time. */
	const unwritable: Reply = async function* (request) {
		yield { type: 'start', model: request.model };
		yield { type: 'part-started', index: 0, part: 'other' };
		const raw = { go: () => undefined } as unknown as JsonValue;
		yield { type: 'part-ended', index: 0, part: { type: 'other', raw } };
	};

	test('is asked for a second time and no more: the run fails and says why', async () => {
		const engine = await engineWith(unwritable, unwritable, says('Not asked'));
		await engine.command(run);
		const { reason } = await engine.status('failed');
		expect(reason).toMatch(/could not be written down on this device, twice in a row \(DataClone/);
		expect(engine.requests).toHaveLength(2);
		// The database is sound, and nobody says otherwise.
		expect(engine.troubles.filter(Boolean)).toEqual([]);
	});

	test('can be retried by a person', async () => {
		const engine = await engineWith(unwritable, unwritable, says('Now it works'));
		await engine.command(run);
		await engine.status('failed');
		await engine.command({ kind: 'retry' });
		await engine.status('completed');
	});

	test('may go well at the second time', async () => {
		const look = says('Looking', [{ tool: 'list_files', input: {} }]);
		const engine = await engineWith(unwritable, look, unwritable, says('Done'));
		await engine.command({ ...run, overrides: { permissionMode: 'everything' } });
		await engine.status('completed');
	});

	test('calls no model in a loop where the database itself fails', async () => {
		const engine = await engineWith(says('Lost'), says('Lost again'), says('Not asked'));
		engine.db.events.hook('creating', (_key, event) => {
			if (event.kind === 'text') throw new DOMException('The disk has gone', 'UnknownError');
		});
		await engine.command(run);
		expect((await engine.status('failed')).reason).toContain('The disk has gone');
		expect(engine.requests).toHaveLength(2);
		expect(engine.troubles[0]).toMatchObject({ code: 'store-unavailable' });
	});
});

describe('when the engine dies', () => {
	test('mid-stream, the call is made again and the half answer is not replayed', async () => {
		const engine = await engineWith(hangs('Half'), says('Whole'));
		await engine.command(run);
		await engine.state((state) => state.actors.get('main')?.open != null);
		engine.kill();
		engine.start();
		await engine.status('completed');
		expect(engine.requests[1]).toEqual(engine.requests[0]);
	});

	test('while waiting for permission, the request is still there and is asked once', async () => {
		const engine = await engineWith(says('Writing', [write]), says('Written'));
		await engine.command(run);
		await engine.status('waiting-permission');
		engine.kill();
		engine.start();
		await engine.command({
			kind: 'decide-permission',
			callId: 'w1',
			inputHash: hash,
			decision: 'allow-once',
		});
		await engine.status('completed');
		const asked = (await engine.events()).filter((event) => event.kind === 'permission-requested');
		expect(asked).toHaveLength(1);
	});

	test('between start and result of a tool that must not run twice, it asks', async () => {
		const engine = await interrupted();
		expect((await engine.status('waiting')).reason).toBe(
			'Interrupted while running write_file: run it again or skip',
		);
		await engine.command({ kind: 'resolve-interruption', callId: 'w1', choice: 'run-again' });
		await engine.status('completed');
		expect((await engine.state(() => true)).files.get('notes.md')).toBe('Hello');
	});

	test('and the person skips the interrupted call, the model is told so', async () => {
		const engine = await interrupted();
		await engine.status('waiting');
		await engine.command({ kind: 'resolve-interruption', callId: 'w1', choice: 'skip' });
		await engine.status('completed');
		expect(engine.requests[1]?.messages.at(-1)?.content[0]).toMatchObject({ is_error: true });
	});

	test('before it took up a command, the next engine carries it out', async () => {
		const engine = await engineWith(says('Late but here'));
		engine.kill();
		const applied = engine.command(run);
		engine.start();
		expect((await applied).state).toBe('applied');
		await engine.status('completed');
	});

	/** An engine that died while write_file ran, and the one that came after it. */
	async function interrupted(): Promise<TestEngine> {
		let begun = () => {};
		const running = new Promise<void>((resolve) => (begun = resolve));
		const slow: Tool = {
			definition: toolCatalogue.find(({ name }) => name === 'write_file')!,
			run: () => {
				begun();
				return new Promise(() => {});
			},
		};
		const first = new TestEngine([says('Writing', [write])], undefined, () => slow);
		engines.push(first);
		await first.db.agents.put(agent);
		await first.db.connections.put(connection);
		first.start();
		await first.command({ ...run, overrides: { permissionMode: 'everything' } });
		await running;
		first.kill();
		const second = new TestEngine([says('Went on')], first.db);
		second.requests.push(...first.requests);
		engines.push(second);
		return second.start();
	}
});

describe('two engines on one log', () => {
	test('the one whose lease was taken over stops and writes nothing more', async () => {
		const first = await engineWith(hangs('Half'), says('never asked'));
		await first.command(run);
		await first.state((state) => state.actors.get('main')?.open != null);
		const second = new TestEngine([says('Whole')], first.db);
		engines.push(second);
		second.start();
		await second.status('completed');
		expect(await second.state((state) => state.lease?.epoch === 2)).toBeTruthy();
		expect(first.requests).toHaveLength(1);
	});
});
