import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { PIECE_BYTES } from '../../src/lib/wire/limits';
import { CLOSINGS } from '../../src/lib/wire/close-codes';
import { readSettings } from '../../sync-server/settings';
import { begun } from './support/begun';
import { TestClient, type TestDoc } from './support/client';
import { startRelay } from './support/relay';

const filled = (length: number, byte = 1) => new Uint8Array(length).fill(byte);
const sizes = (doc: TestDoc) => doc.log.toArray().map((one) => (one as Uint8Array).length);

describe('[7.3] each limit has its code', () => {
	test('a frame that is too long: 4413 frame', async () => {
		const { client } = await begun({ settings: { frameBytes: 10_000 } });
		client.ws.send(filled(10_001));
		expect(await client.closed).toEqual(CLOSINGS.frame);
	});

	test('a room that is full: 4413 room on its channel, and the socket stands', async () => {
		const { client } = await begun({ settings: { roomBytes: 20_000 } });
		const doc = client.open(1, 'a');
		doc.log.push([filled(15_000)]);
		await doc.confirmed();
		doc.log.push([filled(6_000)]);
		expect(await client.next('close')).toMatchObject({ channel: 1, ...CLOSINGS.room });
		const other = client.open(2, 'b');
		other.log.push([filled(15_000)]);
		await other.confirmed();
	});

	test('a full room can still be made smaller, in one update that does both', async () => {
		const { client, another } = await begun({ settings: { roomBytes: 20_000 } });
		const doc = client.open(1, 'a');
		doc.log.push([filled(9_000), filled(9_000, 2)]);
		await doc.confirmed();
		doc.doc.transact(() => {
			doc.log.delete(0, 2);
			doc.log.push([filled(12_000, 3)]);
		});
		await doc.confirmed();
		const reader = (await another()).open(1, 'a');
		await reader.synced;
		expect(sizes(reader)).toEqual([12_000]);
		doc.log.push([filled(5_000, 3)]);
		await doc.confirmed();
	});

	test('a workspace that is full: 4413 workspace', async () => {
		const { client } = await begun({ settings: { workspaceBytes: 20_000 } });
		for (const [channel, room] of ['a', 'b'].entries()) {
			const doc = client.open(channel, room);
			doc.log.push([filled(11_000)]);
			if (channel === 0) await doc.confirmed();
		}
		expect(await client.next('close')).toMatchObject({ channel: 1, ...CLOSINGS.workspace });
	});

	test('too many channels: 4429 channels on the one too many', async () => {
		const { client } = await begun({ settings: { channels: 2 } });
		const [first] = [client.open(1, 'a'), client.open(2, 'b'), client.open(3, 'c')];
		expect(await client.next('close')).toMatchObject({ channel: 3, ...CLOSINGS.channels });
		await first!.confirmed();
		client.send({ kind: 'close', channel: 2, code: 1000, reason: '' });
		await client.open(3, 'c').confirmed();
	});

	test('too many frames: 4429 rate', async () => {
		const { client } = await begun({ settings: { rate: 5 } });
		for (let n = 0; n < 60; n++) client.send({ kind: 'close', channel: n, code: 1000, reason: '' });
		expect(await client.closed).toEqual(CLOSINGS.rate);
	});

	test('too many sockets in all: 4429 connections', async () => {
		const relay = await startRelay({ settings: { connections: 2 } });
		const first = await TestClient.dial(relay.url);
		await TestClient.dial(relay.url);
		expect(await (await TestClient.dial(relay.url)).closed).toEqual(CLOSINGS.connections);
		first.ws.close();
		await first.closed;
		await (await TestClient.dial(relay.url)).hello();
	});

	test('too many of one address that are not authenticated; one of a workspace: 4429 connections', async () => {
		const { relay, client, another } = await begun();
		for (let n = 1; n < 32; n++) await another();
		await expect(another()).rejects.toThrow('4429 connections');
		const waiting = Array.from({ length: 64 }, () => TestClient.dial(relay.url));
		await Promise.all(waiting);
		expect(await (await TestClient.dial(relay.url)).closed).toEqual(CLOSINGS.connections);
		await client.open(1, 'a').confirmed();
	});
});

describe('[3.5] a reader that does not read', () => {
	test('is closed with 1013, the others go on, and it catches up when it is back', async () => {
		const { client, another, relay } = await begun({ settings: { bufferBytes: 200_000 } });
		const slow = await another();
		const behind = slow.open(1, 'a');
		await behind.synced;
		slow.ws.pause();
		const doc = client.open(1, 'a');
		const closed = () =>
			relay.log.some(({ event, reason }) => event === 'closed' && reason === 'slow');
		for (let n = 0; n < 400 && !closed(); n++) {
			doc.log.push([filled(50_000)]);
			await doc.confirmed();
		}
		expect(closed()).toBe(true);
		slow.ws.resume();
		expect(await slow.closed).toEqual(CLOSINGS.slow);
		const back = (await another()).open(1, 'a', behind.doc);
		await back.synced;
		expect(back.log.length).toBe(doc.log.length);
	});

	test('[2.11] of documents larger than what may wait is no slow reader: they come in pieces', async () => {
		const { client, another } = await begun({ settings: { bufferBytes: 100_000 } });
		const docs = Array.from({ length: 5 }, (_, n) => client.open(n, `room-${n}`));
		for (const doc of docs) for (let n = 0; n < 20; n++) doc.log.push([filled(50_000, n)]);
		await Promise.all(docs.map((doc) => doc.confirmed()));
		const reader = await another();
		const copies = docs.map((_, n) => reader.open(n, `room-${n}`, new Y.Doc()));
		await Promise.all(copies.map((doc) => doc.synced));
		expect(copies.map((doc) => doc.log.length)).toEqual([20, 20, 20, 20, 20]);
		expect(Math.max(...reader.lengths)).toBeLessThan(PIECE_BYTES + 20);
	});

	test('that is gone without a word gives up its seat', async () => {
		const { relay, client } = await begun({ pingMs: 20 });
		const silent = new WebSocket(relay.url, { autoPong: false });
		const gone = new Promise<number>((done) => silent.once('close', done));
		expect(await gone).toBe(1006);
		await client.open(1, 'a').confirmed();
	});
});

describe('[7.2] settings', () => {
	test('have defaults', () => {
		expect(readSettings({})).toMatchObject({
			host: '127.0.0.1',
			port: 4184,
			data: '.muster-relay',
			admission: { kind: 'first' },
			auth: true,
			names: [],
			frameBytes: 1_048_576,
			roomBytes: 67_108_864,
			workspaceBytes: 2_147_483_648,
			channels: 1_024,
			connections: 1_024,
			rate: 2_000,
			bufferBytes: 8_388_608,
		});
	});

	test.each([
		[{ RELAY_PORT: '80x' }, /RELAY_PORT is "80x".*whole number from 0 to 65535/],
		[{ RELAY_PORT: '70000' }, /RELAY_PORT/],
		[{ RELAY_FRAME_BYTES: '10' }, /RELAY_FRAME_BYTES/],
		[{ RELAY_ROOM_BYTES: '-1' }, /RELAY_ROOM_BYTES/],
		[{ RELAY_CHANNELS: '0' }, /RELAY_CHANNELS/],
		[{ RELAY_RATE: 'many' }, /RELAY_RATE/],
		[{ RELAY_ADMIT: 'all' }, /RELAY_ADMIT is "all".*first or invite or list/],
		[{ RELAY_ADMIT: 'invite' }, /RELAY_INVITES/],
		[{ RELAY_ADMIT: 'invite', RELAY_INVITES: 'short' }, /at least 16 characters/],
		[{ RELAY_ADMIT: 'list', RELAY_WORKSPACES: 'me' }, /"me" is none/],
		[{ RELAY_AUTH: 'no' }, /RELAY_AUTH/],
		[{ RELAY_AUTH: 'off', RELAY_HOST: '0.0.0.0' }, /RELAY_AUTH is "off".*0\.0\.0\.0/],
		[{ RELAY_AUTH: 'off', RELAY_HOST: 'example.com' }, /others can reach it/],
	])('%o is refused with a sentence', (env, says) => {
		expect(() => readSettings(env)).toThrow(says);
	});

	test.each(['127.0.0.1', 'localhost', '::1', '[::1]'])(
		'the plain protocol may be spoken on %s',
		(host) => {
			expect(readSettings({ RELAY_AUTH: 'off', RELAY_HOST: host }).auth).toBe(false);
		},
	);
});
