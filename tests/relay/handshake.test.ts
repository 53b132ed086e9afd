import { describe, expect, test } from 'vitest';
import { randomBytes } from '../../src/lib/wire/bytes';
import { encodeStatement } from '../../src/lib/wire/statement';
import { TestClient } from './support/client';
import { startRelay } from './support/relay';
import { devices, TestWorkspace } from './support/workspace';

type Device = Awaited<ReturnType<typeof devices>>[number];
const [anna, ben] = (await devices(2)) as [Device, Device];
const token = 'a token of some length';
const notAuthorised = { code: 4401, reason: 'not authorised' };
const notAdmitted = { code: 4403, reason: 'not admitted' };
const protocol = { code: 4400, reason: 'protocol' };

/** Dials, begins and authenticates; how that ended. */
async function beginning(
	url: string,
	workspace: TestWorkspace,
	{ invite = '', headers = {} }: { invite?: string; headers?: Record<string, string> } = {},
) {
	const client = await TestClient.dial(url, { headers });
	await client.auth(workspace, anna, { begin: true, invite });
	return Promise.race([
		client.next('ready').then(
			() => 'ready',
			() => client.closed,
		),
		client.closed,
	]);
}

describe('[2.2] hello', () => {
	test('is answered with version, nonce and limits; each socket has a nonce of its own', async () => {
		const relay = await startRelay();
		const client = await TestClient.dial(relay.url);
		client.send({ kind: 'hello', min: 1, max: 7 });
		const hello = await client.next('hello');
		expect(hello).toMatchObject({ version: 1, maxFrame: 1_048_576, maxChannels: 1024 });
		const other = await (await TestClient.dial(relay.url)).hello();
		expect(other).not.toEqual(hello.nonce);
	});

	test('of another version ends with 4406 and the versions there are', async () => {
		const relay = await startRelay();
		const client = await TestClient.dial(relay.url);
		client.send({ kind: 'hello', min: 2, max: 3 });
		expect(await client.closed).toEqual({ code: 4406, reason: 'relay speaks 1-1' });
	});

	test('[2.5] and nothing else ends with 4408', async () => {
		const relay = await startRelay({ beginMs: 30 });
		const client = await TestClient.dial(relay.url);
		await client.hello();
		expect(await client.closed).toEqual({ code: 4408, reason: 'too slow to begin' });
	});
});

describe('[2.1] what is out of turn or no frame ends with 4400', () => {
	test.each([
		['a text', (client: TestClient) => client.ws.send('hello')],
		['no frame', (client: TestClient) => client.ws.send(new Uint8Array([99]))],
		['nothing', (client: TestClient) => client.ws.send(new Uint8Array())],
		[
			'a channel before ready',
			(client: TestClient) => client.send({ kind: 'open', channel: 1, room: 'a' }),
		],
		[
			'auth before hello',
			(client: TestClient) =>
				client.send({
					kind: 'auth',
					workspace: '',
					device: '',
					signature: new Uint8Array(64) as never,
				}),
		],
		[
			'two hellos',
			(client: TestClient) => {
				client.send({ kind: 'hello', min: 1, max: 1 });
				client.send({ kind: 'hello', min: 1, max: 1 });
			},
		],
	])('%s', async (_, send) => {
		const relay = await startRelay();
		const client = await TestClient.dial(relay.url);
		send(client);
		expect(await client.closed).toEqual(protocol);
	});
});

describe('[2.4] a workspace is begun', () => {
	test('first: the first one, from this machine, and no other', async () => {
		const relay = await startRelay();
		const [workspace, second] = [await TestWorkspace.begin(anna), await TestWorkspace.begin(anna)];
		expect(await beginning(relay.url, workspace)).toBe('ready');
		expect(await beginning(relay.url, second)).toEqual(notAdmitted);
		// The one that is known can say so again: it may not have heard that it was taken.
		expect(await beginning(relay.url, workspace)).toBe('ready');
	});

	test.each([
		['through a proxy', { 'X-Forwarded-For': '10.0.0.9' }],
		['by a page from elsewhere', { Origin: 'https://example.com' }],
	])('first: not %s', async (_, headers) => {
		const relay = await startRelay();
		const workspace = await TestWorkspace.begin(anna);
		expect(await beginning(relay.url, workspace, { headers })).toEqual(notAdmitted);
		expect(await beginning(relay.url, workspace)).toBe('ready');
	});

	test('first: of two at once one', async () => {
		const relay = await startRelay();
		const both = [await TestWorkspace.begin(anna), await TestWorkspace.begin(anna)];
		const outcomes = await Promise.all(both.map((workspace) => beginning(relay.url, workspace)));
		expect(outcomes).toContain('ready');
		expect(outcomes).toContainEqual(notAdmitted);
	});

	test('invite: by whoever has a token', async () => {
		const relay = await startRelay({
			settings: { admission: { kind: 'invite', tokens: ['another token', token] } },
		});
		const workspace = await TestWorkspace.begin(anna);
		for (const invite of ['', 'a token', `${token}x`])
			expect(await beginning(relay.url, workspace, { invite })).toEqual(notAdmitted);
		expect(await beginning(relay.url, workspace, { invite: token })).toBe('ready');
		expect(await beginning(relay.url, await TestWorkspace.begin(anna), { invite: token })).toBe(
			'ready',
		);
	});

	test('list: if it is on it', async () => {
		const workspace = await TestWorkspace.begin(anna);
		const relay = await startRelay({
			settings: { admission: { kind: 'list', workspaces: [workspace.id] } },
		});
		expect(await beginning(relay.url, await TestWorkspace.begin(anna))).toEqual(notAdmitted);
		expect(await beginning(relay.url, workspace)).toBe('ready');
	});

	test('only by a device that shows who it is: nothing is kept before', async () => {
		const relay = await startRelay();
		const workspace = await TestWorkspace.begin(anna);
		const thief = await TestClient.dial(relay.url);
		await thief.auth(workspace, { ...ben, id: anna.id }, { begin: true });
		expect(await thief.closed).toEqual(notAuthorised);
		expect(await beginning(relay.url, await TestWorkspace.begin(anna))).toBe('ready');
	});

	test('with a statement that does not count: 4400', async () => {
		const relay = await startRelay();
		const client = await TestClient.dial(relay.url);
		await client.hello();
		const [first] = (await TestWorkspace.begin(anna)).statements;
		const statement = encodeStatement({ ...first!, signature: randomBytes(64) });
		client.send({ kind: 'begin', statement, invite: '' });
		expect(await client.closed).toEqual(protocol);
	});
});

describe('[2.3] whoever is not let in is told 4401, all alike', () => {
	test.each(['unknown workspace', 'no member', 'wrong signature', 'another host', 'no ids'])(
		'%s',
		async (what) => {
			const relay = await startRelay();
			const workspace = await TestWorkspace.begin(anna);
			expect(await beginning(relay.url, workspace)).toBe('ready');
			const client = await TestClient.dial(relay.url);
			if (what === 'unknown workspace') await client.auth(await TestWorkspace.begin(anna), anna);
			if (what === 'no member') await client.auth(workspace, ben);
			if (what === 'wrong signature') await client.auth(workspace, { ...ben, id: anna.id });
			if (what === 'another host') await client.auth(workspace, anna, { host: 'relay.example' });
			if (what === 'no ids') {
				await client.hello();
				client.send({ kind: 'auth', workspace: '../x', device: '', signature: randomBytes(64) });
			}
			expect(await client.closed).toEqual(notAuthorised);
		},
	);

	test('a signature over the nonce of another socket', async () => {
		const relay = await startRelay();
		const workspace = await TestWorkspace.begin(anna);
		const sent: Uint8Array[] = [];
		const first = await TestClient.dial(relay.url);
		const original = first.ws.send.bind(first.ws);
		first.ws.send = ((data: Uint8Array) => (
			sent.push(data),
			original(data)
		)) as typeof first.ws.send;
		await first.auth(workspace, anna, { begin: true });
		await first.next('ready');
		const again = await TestClient.dial(relay.url);
		await again.hello();
		again.ws.send(sent.at(-1)!);
		expect(await again.closed).toEqual(notAuthorised);
	});

	test('RELAY_NAMES says what may be dialled, whatever Host says', async () => {
		const relay = await startRelay({ settings: { names: ['relay.example'] } });
		const workspace = await TestWorkspace.begin(anna);
		const client = await TestClient.dial(relay.url);
		await client.auth(workspace, anna, { begin: true, host: 'relay.example' });
		await client.next('ready');
		const other = await TestClient.dial(relay.url);
		await other.auth(workspace, anna);
		expect(await other.closed).toEqual(notAuthorised);
	});
});
