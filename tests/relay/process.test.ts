import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DeviceKeys } from '../../src/lib/wire/device';
import { beginAt } from './support/begun';
import { TestClient, type TestDoc } from './support/client';
import { runRelay, tempFolder } from './support/process';
import { devices, TestWorkspace } from './support/workspace';

const [anna] = (await devices(1)) as [DeviceKeys];
const ROOMS = ['a', 'b', 'c'];

/** Numbers from 0 to 1, the same for the same seed. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** Writes without pause, and notes what was confirmed. */
function load(client: TestClient, name: string, confirmed: Set<string>): { stop(): void } {
	let going = true;
	let written = 0;
	const docs = ROOMS.map((room, channel) => client.open(channel, room));
	const write = (doc: TestDoc, room: string) => {
		if (!going || client.ws.readyState !== client.ws.OPEN) return;
		const text = `${room} ${name} ${written++}`;
		doc.log.push([text]);
		void doc.confirmed().then(() => {
			confirmed.add(text);
			write(doc, room);
		});
	};
	// Several at a time in each room, so that commits come in groups.
	for (const [index, doc] of docs.entries()) for (let n = 0; n < 4; n++) write(doc, ROOMS[index]!);
	return { stop: () => (going = false) };
}

/** What a client that holds nothing gets. */
async function everything(client: TestClient): Promise<Set<string>> {
	const docs = ROOMS.map((room, index) => client.open(100 + index, room));
	await Promise.all(docs.map((doc) => doc.synced));
	return new Set(docs.flatMap((doc) => doc.log.toArray() as string[]));
}

describe('[3.2] what was confirmed is there', () => {
	test('after the relay was killed, twenty-two times, at any moment under load', async () => {
		const seed = Number(process.env.RELAY_SEED) || Math.floor(Math.random() * 1e9);
		console.log(`kill -9: RELAY_SEED=${seed}`);
		const next = random(seed);
		const data = tempFolder();
		const workspace = await TestWorkspace.begin(anna);
		const confirmed = new Set<string>();
		for (let round = 0; round < 22; round++) {
			const relay = await runRelay({ data });
			const reader = await (round === 0
				? beginAt(relay.url, workspace, anna)
				: TestClient.connect(relay.url, workspace, anna));
			const there = await everything(reader);
			expect([...confirmed].filter((text) => !there.has(text))).toEqual([]);
			const writers = [0, 1].map(() => TestClient.connect(relay.url, workspace, anna));
			for (const [index, writer] of (await Promise.all(writers)).entries())
				load(writer, `${round}.${index}`, confirmed);
			await new Promise((done) => setTimeout(done, 10 + next() * 150));
			relay.kill('SIGKILL');
			await relay.ended;
		}
		console.log(`kill -9: ${confirmed.size} confirmed, none missing`);
		expect(confirmed.size).toBeGreaterThan(100);
	}, 60_000);

	test.skipIf(process.platform === 'win32')(
		'after the disk was full: what came then was not confirmed, and the relay says so',
		async () => {
			const data = tempFolder();
			const workspace = await TestWorkspace.begin(anna);
			const relay = await runRelay({ data, fileKiB: 200 });
			const client = await beginAt(relay.url, workspace, anna);
			const doc = client.open(1, 'a');
			const confirmed = new Set<string>();
			const closed = client.next('close');
			let over = false;
			void closed.then(() => (over = true));
			for (let n = 0; n < 100 && !over; n++) {
				const text = `${n} ${'x'.repeat(10_000)}`;
				doc.log.push([text]);
				await Promise.race([doc.confirmed().then(() => confirmed.add(text)), closed]);
			}
			expect(await closed).toMatchObject({ code: 1013, reason: 'store' });
			expect(confirmed.size).toBeGreaterThan(5);
			expect((await fetch(`${relay.http}/health`)).status).toBe(503);
			relay.kill('SIGKILL');
			await relay.ended;
			const again = await runRelay({ data });
			const there = await everything(await TestClient.connect(again.url, workspace, anna));
			expect([...confirmed].filter((text) => !there.has(text))).toEqual([]);
		},
	);
});

describe('[7.5] SIGTERM', () => {
	test.each(['SIGTERM', 'SIGINT'] as const)(
		'as %s: all that came is kept and confirmed, then 1001, and exit 0',
		async (signal) => {
			const data = tempFolder();
			const workspace = await TestWorkspace.begin(anna);
			const relay = await runRelay({ data });
			const client = await beginAt(relay.url, workspace, anna);
			const doc = client.open(1, 'a');
			await doc.synced;
			for (let n = 0; n < 200; n++) doc.log.push([`${n}`]);
			const answers = doc.confirmed();
			// It has come, all of it, once a later question on another channel is answered.
			await client.open(2, 'b').confirmed();
			relay.kill(signal);
			await answers;
			expect(await client.closed).toEqual({ code: 1001, reason: 'going' });
			expect(await relay.ended).toBe(0);
			const again = await runRelay({ data });
			const there = await everything(await TestClient.connect(again.url, workspace, anna));
			expect(there.size).toBe(200);
		},
	);

	test('under load: whatever was confirmed is kept, and it still ends within seconds', async () => {
		const data = tempFolder();
		const workspace = await TestWorkspace.begin(anna);
		const relay = await runRelay({ data });
		const client = await beginAt(relay.url, workspace, anna);
		const confirmed = new Set<string>();
		load(client, 'x', confirmed);
		while (confirmed.size < 50) await new Promise((done) => setImmediate(done));
		relay.kill('SIGTERM');
		expect((await client.closed).code).toBe(1001);
		expect(await relay.ended).toBe(0);
		const again = await runRelay({ data });
		const there = await everything(await TestClient.connect(again.url, workspace, anna));
		expect([...confirmed].filter((text) => !there.has(text))).toEqual([]);
	});
});

test('[7.7] a log that nobody reads any longer is no reason to stop', async () => {
	const relay = await runRelay({ data: tempFolder() });
	const workspace = await TestWorkspace.begin(anna);
	const client = await beginAt(relay.url, workspace, anna);
	relay.deaf();
	for (let n = 0; n < 3; n++)
		await (await TestClient.connect(relay.url, workspace, anna)).open(1, 'a').confirmed();
	await client.open(1, 'a').confirmed();
	relay.kill('SIGTERM');
	expect(await relay.ended).toBe(0);
});

describe('a relay that can not begin says why in a sentence, and exits with 1', () => {
	test.each([
		['a setting', { RELAY_ADMIT: 'everyone' }, /RELAY_ADMIT is "everyone"/],
		[
			'the plain protocol for everyone',
			{ RELAY_AUTH: 'off', RELAY_HOST: '0.0.0.0' },
			/others can reach it/,
		],
	])('%s', async (_, env, says) => {
		await expect(runRelay({ data: tempFolder(), env })).rejects.toThrow(says);
	});

	test('a port that is taken', async () => {
		const server = createServer();
		onTestFinished(() => void server.close());
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		const { port } = server.address() as AddressInfo;
		const env = { RELAY_PORT: String(port) };
		await expect(runRelay({ data: tempFolder(), env })).rejects.toThrow(`Port ${port} is in use`);
	});

	test('[7.4] a store that another one uses', async () => {
		const data = tempFolder();
		await runRelay({ data });
		await expect(runRelay({ data })).rejects.toThrow(
			/^The relay's folder .* is in use by another process\. Stop/,
		);
	});
});
