import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LogBuilder, you } from '../../../tests/fixtures/log-builder';
import type { CommandRecord } from '../domain/command';
import { statusOf } from '../domain/views/status';
import { foldSession } from '../domain/log/session-state';
import { foldTranscript } from '../domain/views/transcript';
import type { TranscriptItem } from '../domain/views/transcript-items';
import { MusterDb } from '../store/db';
import { LiveQuery } from './live-query.svelte';
import { SessionLog } from './session-log.svelte';

let db: MusterDb;
let stop: () => void;
beforeEach(() => {
	db = new MusterDb(`session-log-${Math.random()}`);
	vi.stubGlobal('requestAnimationFrame', () => 1);
	vi.stubGlobal('cancelAnimationFrame', () => undefined);
});
afterEach(async () => {
	stop();
	await db.delete();
	vi.unstubAllGlobals();
});

function opened(id = 's1'): SessionLog {
	const app = {
		db,
		live: <T>(query: (from: MusterDb) => T | Promise<T>) => new LiveQuery(() => query(db)),
	};
	const log = new SessionLog(app, id);
	const close = log.open();
	// Something shows it, or nothing is read.
	const unwatch = $effect.root(() => {
		$effect(() => void [log.presence, log.items, log.pendingCommands]);
	});
	stop = () => {
		unwatch();
		close();
	};
	return log;
}

async function until(what: () => void): Promise<void> {
	await vi.waitFor(() => {
		flushSync();
		what();
	});
}

const run = () =>
	new LogBuilder().created().prompt('Why?').lease().turn().think('Hm').say('Because.').end();

test('a stored log is folded into every view', async () => {
	const built = run().add('ended', { status: 'completed' });
	await db.events.bulkAdd(built.events);
	const log = opened();
	await until(() => expect(log.presence.is).toBe('open'));
	expect(log.items).toEqual(foldTranscript(built.events).items);
	expect(log.status).toEqual(statusOf(foldSession('s1', built.events)));
	expect(log.events).toEqual(built.events);
});

test('a log longer than one bite is read whole', async () => {
	const built = run();
	for (let n = 0; n < 400; n++) built.prompt(`More ${n}`).turn().say(`Said ${n}`).end();
	await db.events.bulkAdd(built.events);
	const log = opened();
	await until(() => expect(log.presence.is).toBe('open'));
	expect(log.items).toHaveLength(foldTranscript(built.events).items.length);
});

test('of a long log the end is there while the rest is being read', async () => {
	const built = run();
	for (let n = 0; n < 400; n++) built.prompt(`More ${n}`).turn().say(`Said ${n}`).end();
	await db.events.bulkAdd(built.events);
	const log = opened();
	const early: TranscriptItem[][] = [];
	const unwatch = $effect.root(() => {
		$effect(() => {
			if (log.presence.is === 'opening' && log.items.length > 0) early.push(log.items);
		});
	});
	await until(() => expect(log.presence.is).toBe('open'));
	unwatch();
	const whole = foldTranscript(built.events).items;
	expect(early.length).toBeGreaterThan(0);
	expect(early[0]?.at(-1)).toEqual(whole.at(-1));
	expect(log.items).toEqual(whole);
});

test('what is added later is read once, and unchanged items stay the same', async () => {
	const built = run();
	await db.events.bulkAdd(built.events);
	const log = opened();
	await until(() => expect(log.items).toHaveLength(2));
	const [first] = log.items;
	const known = built.events.length;
	built.prompt('And then?');
	await db.events.bulkAdd(built.events.slice(known));
	await until(() => expect(log.items).toHaveLength(3));
	expect(log.items[0]).toBe(first);
	expect(log.events).toHaveLength(built.events.length);
});

test('pieces of a part go when the part is there', async () => {
	const built = new LogBuilder().created().prompt('Why?').lease().turn().delta('text', 'Bec');
	await db.events.bulkAdd(built.events);
	const log = opened();
	await until(() => expect(log.items[1]).toMatchObject({ parts: [{ text: 'Bec', done: false }] }));
	const piece = built.events.length - 1;
	built.say('Because.');
	await db.transaction('rw', db.events, async () => {
		await db.events.bulkAdd(built.events.slice(piece + 1));
		await db.events.delete(['s1', piece]);
	});
	await until(() =>
		expect(log.items[1]).toMatchObject({ parts: [{ text: 'Because.', done: true }] }),
	);
	expect(log.events.some((event) => event.kind === 'part-delta')).toBe(false);
});

test('what streams is laid over the store, and let go when the store has it', async () => {
	const built = new LogBuilder().created().prompt('Why?').lease().turn();
	await db.events.bulkAdd(built.events);
	const log = opened();
	await until(() => expect(log.items).toHaveLength(2));
	const delta = {
		type: 'delta',
		sessionId: 's1',
		turnId: 'main.1',
		index: 0,
		part: 'text',
	} as const;
	log.live.take({ ...delta, from: 0, text: 'Bec' });
	log.live.take({ ...delta, from: 3, text: 'ause' });
	log.live.flush();
	flushSync();
	expect(log.items[1]).toMatchObject({ parts: [{ type: 'text', done: false }] });
	expect(log.live.of('main.1', 0)?.text).toBe('Because');
	const known = built.events.length;
	built.say('Because.');
	await db.events.bulkAdd(built.events.slice(known));
	await until(() => expect(log.items[1]).toMatchObject({ parts: [{ text: 'Because.' }] }));
	expect(log.live.parts.size).toBe(0);
	log.live.take({ ...delta, from: 7, text: '.' });
	log.live.flush();
	expect(log.live.parts.size).toBe(0);
});

test('a session nobody has heard of is missing', async () => {
	const log = opened('unknown');
	await until(() => expect(log.presence).toEqual({ is: 'missing' }));
});

test('a session that was just asked for is opening, until it is there or refused', async () => {
	const start: CommandRecord = {
		id: 'c1',
		sessionId: 's1',
		at: Date.now() + 1000,
		by: you,
		command: { kind: 'start', agentId: 'a1', prompt: 'Why?' },
		state: 'sent',
	};
	await db.commands.add(start);
	const log = opened();
	await until(() => expect(log.pendingCommands).toHaveLength(1));
	expect(log.presence).toEqual({ is: 'opening' });
	await db.commands.where('id').equals('c1').modify({ state: 'refused', note: 'No model.' });
	await until(() => expect(log.presence).toEqual({ is: 'refused', reason: 'No model.' }));
});
