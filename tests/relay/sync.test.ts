import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Bytes } from '../../src/lib/wire/bytes';
import { encodeClientFrame } from '../../src/lib/wire/frames';
import { encodeMessage } from '../../src/lib/wire/messages';
import { MemoryStore } from '../../sync-server/store/memory-store';
import { begun } from './support/begun';
import { TestClient, type TestDoc } from './support/client';
import { heldStore, startRelay } from './support/relay';
import { devices, TestWorkspace } from './support/workspace';

const full = new Error('no space left on device');
const entry = (text: string) => new TextEncoder().encode(text);
const turn = () => new Promise((done) => setTimeout(done, 20));
const texts = (doc: TestDoc) =>
	doc.log.toArray().map((one) => new TextDecoder().decode(one as Uint8Array));

describe('documents over channels', () => {
	test('[2.9] two clients converge in every room, over one socket each', async () => {
		const { client, another } = await begun();
		const other = await another();
		const rooms = ['a', 'b', 'c'];
		const mine = rooms.map((room, index) => client.open(index, room));
		const theirs = rooms.map((room, index) => other.open(index + 7, room));
		for (const [index, doc] of mine.entries()) doc.log.push([entry(`mine ${index}`)]);
		for (const [index, doc] of theirs.entries()) doc.log.push([entry(`theirs ${index}`)]);
		await Promise.all([...mine, ...theirs].map((doc) => doc.has(2)));
		for (const [index, doc] of mine.entries()) {
			expect(texts(doc)).toEqual(texts(theirs[index]!));
			expect(new Set(texts(doc))).toEqual(new Set([`mine ${index}`, `theirs ${index}`]));
		}
	});

	test('what one wrote before the other came is there for it, and after a restart too', async () => {
		const store = new MemoryStore();
		const { client, relay, another } = await begun({ store });
		const doc = client.open(1, 'a');
		doc.log.push([entry('one')]);
		doc.log.push([entry('two')]);
		await doc.confirmed();
		const late = (await another()).open(1, 'a');
		await late.synced;
		expect(texts(late)).toEqual(['one', 'two']);
		await relay.close();
		const second = await startRelay({ store });
		const again = (await another(second.url)).open(1, 'a');
		await again.synced;
		expect(texts(again)).toEqual(['one', 'two']);
	});

	test('[2.8] rooms of different workspaces are different, whatever their name', async () => {
		const tokens = ['a token of some length'];
		const relay = await startRelay({ settings: { admission: { kind: 'invite', tokens } } });
		const docs: TestDoc[] = [];
		for (const device of await devices(2)) {
			const workspace = await TestWorkspace.begin(device);
			const client = await TestClient.dial(relay.url);
			await client.auth(workspace, device, { begin: true, invite: tokens[0]! });
			await client.next('ready');
			docs.push(client.open(1, 'a'));
		}
		docs[0]!.log.push([entry('mine')]);
		await docs[0]!.confirmed();
		const reader = docs[1]!;
		await reader.confirmed();
		expect(texts(reader)).toEqual([]);
	});

	test('[2.7] a channel that is closed says no more, and its number is free', async () => {
		const { client, another } = await begun();
		const doc = client.open(1, 'a');
		await doc.synced;
		client.send({ kind: 'close', channel: 1, code: 1000, reason: '' });
		expect(await client.next('close')).toMatchObject({ channel: 1, code: 1000 });
		doc.log.push([entry('dropped')]);
		const writer = (await another()).open(1, 'a');
		writer.log.push([entry('kept')]);
		await writer.confirmed();
		const again = client.open(1, 'a', new Y.Doc());
		await again.synced;
		expect(texts(again)).toEqual(['kept']);
		expect(texts(doc)).toEqual(['dropped']);
	});

	test.each([
		['a room that is none', { kind: 'open', channel: 2, room: 'a/b' } as const],
		['a channel that is open', { kind: 'open', channel: 1, room: 'b' } as const],
		['an unknown message', { kind: 'data', channel: 1, message: new Uint8Array([77]) } as const],
		[
			'an update that is none',
			{
				kind: 'data',
				channel: 1,
				message: encodeMessage({ kind: 'update', update: new Uint8Array([5, 5, 5]) as Bytes }),
			} as const,
		],
		[
			'a state vector that is none',
			{
				kind: 'data',
				channel: 1,
				message: encodeMessage({ kind: 'step1', stateVector: new Uint8Array([9]) as Bytes }),
			} as const,
		],
	])('[2.1] %s ends the socket with 4400', async (_, frame) => {
		const { client } = await begun();
		await client.open(1, 'a').synced;
		client.send(frame);
		expect(await client.closed).toEqual({ code: 4400, reason: 'protocol' });
	});

	test('[2.9] a broadcast reaches the others in the room, and is kept nowhere', async () => {
		const held = heldStore();
		const { client, another } = await begun({ store: held.store });
		const [mine, theirs] = [client.open(1, 'a'), (await another()).open(1, 'a')];
		await Promise.all([mine.synced, theirs.synced]);
		const before = held.commits;
		mine.send({ kind: 'broadcast', sealed: entry('psst') as Bytes });
		mine.log.push([entry('after')]);
		await theirs.has(1);
		expect(theirs.others).toEqual([{ kind: 'broadcast', sealed: entry('psst') }]);
		expect(mine.others).toEqual([]);
		expect(held.commits).toBe(before + 1);
	});

	test('a client that says the same again writes nothing', async () => {
		const held = heldStore();
		const { client } = await begun({ store: held.store });
		const doc = client.open(1, 'a');
		doc.log.push([entry('one')]);
		await doc.confirmed();
		const { commits } = held;
		doc.send({ kind: 'step2', update: Y.encodeStateAsUpdate(doc.doc) as Bytes });
		await doc.confirmed();
		expect(held.commits).toBe(commits);
	});

	test('an update whose past has not come is kept whole, and counts once it has', async () => {
		const store = new MemoryStore();
		const { client, another, workspace } = await begun({ store, lingerMs: 1 });
		const source = new Y.Doc();
		const updates: Bytes[] = [];
		source.on('update', (update: Uint8Array) => updates.push(update as Bytes));
		source.getArray('log').push([entry('first')]);
		source.getArray('log').push([entry('second')]);
		const sender = client.open(1, 'a');
		sender.send({ kind: 'update', update: updates[1]! });
		await sender.confirmed();
		expect((await store.room(workspace.id, 'a')).updates).toHaveLength(1);
		sender.send({ kind: 'update', update: updates[0]! });
		await sender.confirmed();
		const reader = (await another()).open(1, 'a');
		await reader.synced;
		expect(texts(reader)).toEqual(['first', 'second']);
	});
});

describe('[3.2] a confirmation', () => {
	test('comes after the commit, and what it confirms is not passed on before', async () => {
		const held = heldStore();
		const { client, another } = await begun({ store: held.store });
		const [mine, theirs] = [client.open(1, 'a'), (await another()).open(1, 'a')];
		await Promise.all([mine.synced, theirs.synced]);
		held.hold();
		mine.log.push([entry('one')]);
		let confirmed = false;
		const answer = mine.confirmed().then(() => (confirmed = true));
		const late = (await another()).open(1, 'a');
		let answered = false;
		const synced = late.synced.then(() => (answered = true));
		await turn();
		expect([confirmed, answered, theirs.log.length]).toEqual([false, false, 0]);
		held.release();
		await Promise.all([answer, synced, theirs.has(1)]);
		expect(texts(late)).toEqual(['one']);
	});

	test('answers keep the order of the questions', async () => {
		const held = heldStore();
		const { client } = await begun({ store: held.store });
		const doc = client.open(1, 'a');
		await doc.synced;
		held.hold();
		const answers = [doc.confirmed(), doc.confirmed()];
		doc.log.push([entry('one')]);
		answers.push(doc.confirmed(), doc.confirmed());
		held.release();
		await Promise.all(answers);
		expect(doc.others.map((other) => (other.kind === 'confirm' ? other.n : 0))).toEqual([
			1, 2, 3, 4,
		]);
	});

	test('of one that wrote what another is just writing waits for that commit', async () => {
		const held = heldStore();
		const { client, another } = await begun({ store: held.store });
		const [mine, theirs] = [client.open(1, 'a'), (await another()).open(1, 'a')];
		await Promise.all([mine.synced, theirs.synced]);
		held.hold();
		mine.log.push([entry('one')]);
		await turn();
		theirs.send({ kind: 'update', update: Y.encodeStateAsUpdate(mine.doc) as Bytes });
		let confirmed = false;
		const answer = theirs.confirmed().then(() => (confirmed = true));
		await turn();
		expect(confirmed).toBe(false);
		held.release();
		await answer;
	});
});

describe('[3.1] what could not be kept', () => {
	test('closes the channels with 1013, is neither passed on nor confirmed, and comes again', async () => {
		const held = heldStore();
		const { relay, client, another } = await begun({ store: held.store });
		const other = await another();
		const [mine, theirs] = [client.open(1, 'a'), other.open(1, 'a')];
		const elsewhere = client.open(2, 'b');
		await Promise.all([mine.synced, theirs.synced, elsewhere.synced]);
		held.fail(full);
		mine.log.push([entry('one')]);
		void mine.confirmed();
		for (const one of [client, other])
			expect(await one.next('close')).toMatchObject({ channel: 1, code: 1013, reason: 'store' });
		expect(theirs.log.length).toBe(0);
		expect(mine.others).toEqual([]);
		const health = await fetch(`${relay.http}/health`);
		expect([health.status, await health.json()]).toEqual([503, { status: 'can not write' }]);
		held.fail(null);
		// The socket stands, and the other room with it.
		elsewhere.log.push([entry('two')]);
		await elsewhere.confirmed();
		expect((await fetch(`${relay.http}/health`)).status).toBe(200);
		const again = client.open(1, 'a', mine.doc);
		await again.confirmed();
		const reader = other.open(3, 'a');
		await reader.synced;
		expect(texts(reader)).toEqual(['one']);
	});

	test('does not count for the size of the workspace', async () => {
		const held = heldStore();
		const { client } = await begun({ store: held.store, settings: { workspaceBytes: 40_000 } });
		held.fail(full);
		for (let n = 0; n < 10; n++) {
			const doc = client.open(n, 'a');
			doc.log.push([new Uint8Array(10_000)]);
			expect(await client.next('close')).toMatchObject({ reason: 'store' });
		}
		held.fail(null);
		const doc = client.open(99, 'a');
		doc.log.push([new Uint8Array(10_000)]);
		await doc.confirmed();
	});
});

describe('[7.4] a room that nobody is in', () => {
	test('is written back as one update, and holds the same', async () => {
		const store = new MemoryStore();
		const { relay, client, workspace, another } = await begun({ store, lingerMs: 1 });
		const doc = client.open(1, 'a');
		for (let n = 0; n < 40; n++) doc.log.push([entry(`${n}`)]);
		doc.log.delete(0, 30);
		await doc.confirmed();
		expect((await store.room(workspace.id, 'a')).updates.length).toBe(41);
		client.send({ kind: 'close', channel: 1, code: 1000, reason: '' });
		while (!relay.log.some(({ event }) => event === 'room-freed')) await turn();
		const { updates, span } = await store.room(workspace.id, 'a');
		expect(updates).toHaveLength(1);
		expect(span.bytes).toBe(updates[0]!.length);
		const reader = (await another()).open(1, 'a');
		await reader.synced;
		expect(texts(reader)).toEqual(texts(doc));
		// And is written to as any other.
		reader.log.push([entry('more')]);
		await reader.confirmed();
		expect((await store.room(workspace.id, 'a')).updates).toHaveLength(2);
	});

	test('is not freed where somebody came while it was written back', async () => {
		const held = heldStore();
		const { client, relay } = await begun({ store: held.store, lingerMs: 1 });
		const doc = client.open(1, 'a');
		for (let n = 0; n < 9; n++) doc.log.push([entry(`${n}`)]);
		doc.log.delete(0, 8);
		await doc.confirmed();
		held.hold();
		client.send({ kind: 'close', channel: 1, code: 1000, reason: '' });
		await turn();
		const again = client.open(2, 'a');
		again.log.push([entry('more')]);
		await turn(); // it is in, as far as a channel can be
		held.release();
		await again.confirmed();
		await again.synced;
		expect(texts(again).sort()).toEqual(['8', 'more']);
		expect(relay.log.some(({ event }) => event === 'room-freed')).toBe(false);
	});
});

test('any writes of three clients that come and go, with commits that fail, end alike everywhere', async () => {
	const step = fc.record({
		who: fc.nat(2),
		what: fc.constantFrom('write', 'write', 'write', 'delete', 'reconnect', 'fail', 'heal'),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
			const held = heldStore();
			const { client, another } = await begun({ store: held.store, lingerMs: 1 });
			const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
			let channel = 0;
			const open = (doc: Y.Doc) => client.open(++channel, 'a', doc);
			for (const doc of docs) open(doc);
			let written = 0;
			for (const { who, what } of steps) {
				const log = docs[who]!.getArray('log');
				if (what === 'write') log.push([entry(`${++written}`)]);
				if (what === 'delete' && log.length) log.delete(0, 1);
				if (what === 'reconnect') open(docs[who]!);
				if (what === 'fail') held.fail(full);
				if (what === 'heal') held.fail(null);
			}
			held.fail(null);
			await turn();
			const last = docs.map((doc) => open(doc));
			// Twice: the first round brings everything to the relay, the second brings it to everyone.
			for (const one of last) await one.confirmed();
			const final = await another();
			const reader = final.open(1, 'a');
			await reader.synced;
			const rounds = docs.map((doc) => open(doc));
			await Promise.all(rounds.map((one) => one.synced));
			for (const doc of docs) expect(doc.getArray('log').toArray()).toEqual(reader.log.toArray());
		}),
		{ numRuns: 25 },
	);
}, 20_000);

test('frames of all kinds in any order never bring the relay down', async () => {
	const { relay, client } = await begun();
	const any = fc.uint8Array({ maxLength: 40 });
	for (const bytes of fc.sample(any, 50)) {
		const hostile = await TestClient.dial(relay.url);
		hostile.ws.send(encodeClientFrame({ kind: 'hello', min: 1, max: 1 }));
		hostile.ws.send(bytes);
		await hostile.closed;
	}
	const doc = client.open(1, 'a');
	await doc.confirmed();
});
