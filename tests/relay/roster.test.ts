import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../src/lib/wire/bytes';
import { APPEND } from '../../src/lib/wire/frames';
import { encodeStatement, type Statement } from '../../src/lib/wire/statement';
import { MemoryStore } from '../../sync-server/store/memory-store';
import { TestClient } from './support/client';
import { heldStore, startRelay } from './support/relay';
import { devices, TestWorkspace } from './support/workspace';

const [anna, ben, cleo] = (await devices(3)) as [Device, Device, Device];
type Device = Awaited<ReturnType<typeof devices>>[number];

async function begun(options: Parameters<typeof startRelay>[0] = {}) {
	const relay = await startRelay(options);
	const workspace = await TestWorkspace.begin(anna);
	const client = await TestClient.dial(relay.url);
	await client.auth(workspace, anna, { begin: true });
	expect(await client.next('ready')).toMatchObject({ length: 1 });
	return { relay, workspace, client };
}

let requests = 0;
async function append(client: TestClient, statement: Statement) {
	const request = ++requests;
	client.send({ kind: 'append', request, statement: encodeStatement(statement) });
	const answer = await client.next('append');
	expect(answer.request).toBe(request);
	return answer;
}

/** Appends, and takes it where the relay does. */
async function grow(client: TestClient, workspace: TestWorkspace, statement: Statement) {
	expect(await append(client, statement)).toMatchObject({ result: APPEND.taken });
	await workspace.take(statement);
}

describe('[1.9] the relay keeps the roster', () => {
	test('[2.6] what is taken is sent to every socket of the workspace', async () => {
		const { relay, workspace, client } = await begun();
		await grow(client, workspace, await workspace.adding(anna, ben));
		const other = await TestClient.connect(relay.url, workspace, ben);
		const statement = await workspace.adding(ben, cleo);
		await grow(other, workspace, statement);
		await client.next('roster'); // ben's
		for (const one of [client, other])
			expect(await one.next('roster')).toEqual({
				kind: 'roster',
				from: 2,
				statements: [encodeStatement(statement)],
			});
	});

	test('two that add at once: the first is taken, the other is told that the roster has moved on', async () => {
		const { relay, workspace, client } = await begun();
		await grow(client, workspace, await workspace.adding(anna, ben));
		const other = await TestClient.connect(relay.url, workspace, ben);
		const [dan, eve] = await devices(2);
		const [first, second] = [await workspace.adding(anna, dan!), await workspace.adding(ben, eve!)];
		const answers = await Promise.all([append(client, first), append(other, second)]);
		expect(answers.map(({ result }) => result).sort()).toEqual([APPEND.taken, APPEND.moved]);
		await workspace.take(answers[0]!.result === APPEND.taken ? first : second);
		const again = answers[0]!.result === APPEND.taken ? eve! : dan!;
		await grow(other, workspace, await workspace.adding(ben, again));
		expect(workspace.roster.members.size).toBe(4);
	});

	test('what does not count is refused, with why', async () => {
		const { workspace, client } = await begun();
		const good = await workspace.adding(anna, ben);
		const forged = await workspace.adding({ ...ben, id: anna.id }, ben);
		expect(await append(client, forged)).toMatchObject({
			result: APPEND.refused,
			reason: 'signature',
		});
		expect(await append(client, { ...good, body: good.body.slice(1) })).toMatchObject({
			reason: 'malformed',
		});
		expect(await append(client, good)).toMatchObject({ result: APPEND.taken });
		expect(await append(client, good)).toMatchObject({ result: APPEND.moved });
	});

	test('[2.6] a removed device is closed with 4401, in the middle of whatever, and does not get in again', async () => {
		const { relay, workspace, client } = await begun();
		await grow(client, workspace, await workspace.adding(anna, ben));
		const removed = await TestClient.connect(relay.url, workspace, ben);
		const doc = removed.open(1, 'a');
		await doc.synced;
		await grow(client, workspace, await workspace.removing(anna, ben));
		expect(await removed.closed).toEqual({ code: 4401, reason: 'not authorised' });
		const again = await TestClient.dial(relay.url);
		await again.auth(workspace, ben);
		expect((await again.closed).code).toBe(4401);
	});

	test('[2.6] it comes in several frames where it is longer than one may be', async () => {
		const store = new MemoryStore();
		const { relay, workspace, client } = await begun({ store });
		for (let n = 0; n < 30; n++) {
			const [one] = await devices(1);
			await grow(client, workspace, await workspace.adding(anna, one!));
		}
		await relay.close();
		// The same store behind a relay with the shortest frames there are.
		const small = await startRelay({ store, settings: { frameBytes: 4_096 } });
		const reader = await TestClient.dial(small.url);
		await reader.auth(workspace, anna);
		expect(await reader.next('ready')).toMatchObject({ length: 31 });
		reader.send({ kind: 'roster', from: 1 });
		const got: Bytes[] = [];
		let frames = 0;
		while (got.length < 30) {
			const { from, statements } = await reader.next('roster');
			expect(from).toBe(1 + got.length);
			got.push(...statements);
			frames++;
		}
		expect(frames).toBeGreaterThan(3);
		expect(got).toEqual(workspace.statements.slice(1).map(encodeStatement));
		reader.send({ kind: 'roster', from: 31 });
		expect(await reader.next('roster')).toEqual({ kind: 'roster', from: 31, statements: [] });
	});

	test('one that asks for it and does not read holds up nobody', async () => {
		const { relay, workspace, client } = await begun({ settings: { bufferBytes: 1 } });
		await grow(client, workspace, await workspace.adding(anna, ben));
		const deaf = await TestClient.connect(relay.url, workspace, ben);
		deaf.ws.pause();
		for (let n = 0; n < 60; n++) deaf.send({ kind: 'roster', from: 0 });
		await grow(client, workspace, await workspace.adding(anna, cleo));
	});

	test('[3.1] a statement that could not be kept counts for nobody', async () => {
		const held = heldStore();
		const { relay, workspace, client } = await begun({ store: held.store });
		held.fail(new Error('no space left on device'));
		const statement = await workspace.adding(anna, ben);
		client.send({ kind: 'append', request: 1, statement: encodeStatement(statement) });
		expect(await client.closed).toEqual({ code: 1013, reason: 'store' });
		held.fail(null);
		const again = await TestClient.connect(relay.url, workspace, anna);
		await grow(again, workspace, statement);
	});
});
