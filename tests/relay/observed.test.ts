import { expect, test } from 'vitest';
import { begun } from './support/begun';

test('[7.1] /health and /metrics are answered, and alone nothing else', async () => {
	const { relay, client } = await begun();
	const doc = client.open(1, 'a');
	doc.log.push(['x']);
	await doc.confirmed();
	const health = await fetch(`${relay.http}/health`);
	expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
	const metrics = await (await fetch(`${relay.http}/metrics`)).text();
	expect(metrics).toMatch(/^muster_relay_sockets 1$/m);
	expect(metrics).toMatch(/^muster_relay_rooms 1$/m);
	expect(metrics).toMatch(/^muster_relay_changes_total 2$/m);
	expect(metrics).not.toContain('undefined');
	for (const path of ['/', '/sync', '/healthy'])
		expect((await fetch(relay.http + path)).status).toBe(404);
});

test('[7.7] logs are lines of JSON without names of rooms, addresses or content', async () => {
	const { relay, client, workspace, device, another } = await begun({
		lingerMs: 1,
		settings: { bufferBytes: 65_536, roomBytes: 30_000 },
	});
	const doc = client.open(1, 'SecretRoomName');
	doc.log.push(['planted-content']);
	await doc.confirmed();
	doc.log.push(['y'.repeat(40_000)]);
	await client.next('close');
	const other = await another();
	other.ws.send('no frame');
	await other.closed;
	client.ws.close();
	await client.closed;
	while (!relay.log.some(({ event }) => event === 'room-freed'))
		await new Promise((done) => setImmediate(done));
	await relay.close();
	const text = relay.logText();
	for (const line of relay.log)
		expect(line).toMatchObject({ time: expect.any(String), event: expect.any(String) });
	expect(relay.log.map(({ event }) => event)).toEqual(
		expect.arrayContaining(['opened', 'ready', 'closed', 'room-freed', 'draining', 'stopped']),
	);
	const planted = [
		'SecretRoomName',
		'planted-content',
		'127.0.0.1',
		'::1',
		'localhost',
		device.id,
		workspace.id,
	];
	for (const secret of planted) expect(text).not.toContain(secret);
	expect(text).toContain(`"workspace":"${workspace.id.slice(0, 6)}"`);
});
