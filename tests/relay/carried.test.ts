import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { carryRelay } from '../../scripts/carry-relay.mjs';
import { serve } from '../../scripts/serve.mjs';
import type { DeviceKeys } from '../../src/lib/wire/device';
import { beginAt } from './support/begun';
import { tempFolder } from './support/process';
import { devices, TestWorkspace } from './support/workspace';

const [anna] = (await devices(1)) as [DeviceKeys];

/** A built app of one page. */
function page(): string {
	const dir = join(tempFolder(), 'build');
	mkdirSync(dir);
	writeFileSync(join(dir, 'index.html'), 'the page');
	return dir;
}
const carrying = (data: string) => (server: Server) =>
	carryRelay(server, { host: 'localhost', data, env: {} });

test('[7.1] the relay stands on the port of the app, which is served as before', async () => {
	const data = join(tempFolder(), 'relay');
	const { url, close } = await serve({ port: 0, dir: page(), relay: carrying(data) });
	const workspace = await TestWorkspace.begin(anna);
	const client = await beginAt(`${url.replace('http', 'ws')}/sync`, workspace, anna);
	await client.open(1, 'a').confirmed();
	expect(await (await fetch(`${url}/runs`)).text()).toBe('the page');
	expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
	await close();
	expect(await client.closed).toEqual({ code: 1001, reason: 'going' });
});

test('[7.4] a store in use is a sentence, and the server stands without a relay', async () => {
	const data = join(tempFolder(), 'relay');
	const first = await serve({ port: 0, dir: page(), relay: carrying(data) });
	onTestFinished(first.close);
	let said = '';
	const second = await serve({
		port: 0,
		dir: page(),
		relay: (server) =>
			carrying(data)(server).catch((error: Error) => {
				said = error.message;
				return null;
			}),
	});
	onTestFinished(second.close);
	expect(said).toMatch(/in use by another process/);
	expect((await fetch(second.url)).status).toBe(200);
	expect(await (await fetch(`${second.url}/health`)).text()).toBe('the page');
});

test('[7.6] the plain protocol only where the server listens on loopback', async () => {
	const options = { data: join(tempFolder(), 'relay'), env: { RELAY_AUTH: 'off' } };
	await expect(carryRelay(createServer(), { ...options, host: '0.0.0.0' })).rejects.toThrow(
		/others can reach it/,
	);
});
