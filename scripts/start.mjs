// `npm start`: from a fresh checkout to the running app, saying each thing it does.
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, ensureRelayBuilt, requireNode, say } from './prepare.mjs';
import { root } from './sources.mjs';

requireNode();
try {
	const port = portFrom(process.env.PORT);
	await ensureInstalled();
	await ensureBuilt();
	const { serve } = await import('./serve.mjs');
	const host = process.env.HOST || 'localhost';
	const { url, close } = await serve({ port, host, relay: (server) => withRelay(server, host) });
	say(`open ${url} (Ctrl+C stops it)`);
	const stop = () => void close().then(() => process.exit(0));
	process.once('SIGINT', stop).once('SIGTERM', stop);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(process.exitCode || 1);
}

/**
 * The relay on the app's port, under /sync. Where it can't begin, the app is served without.
 * @param {import('node:http').Server} server
 * @param {string} host
 */
async function withRelay(server, host) {
	try {
		await ensureRelayBuilt();
		const { carryRelay } = await import('./carry-relay.mjs');
		return await carryRelay(server, { host, data: join(root, '.muster-relay') });
	} catch (error) {
		say(
			`devices can not sync through this server. ${error instanceof Error ? error.message : error}`,
		);
		return null;
	}
}

/** @param {string | undefined} value */
function portFrom(value) {
	if (!value) return 4173;
	const port = Number(value);
	if (Number.isInteger(port) && port >= 0 && port < 65536) return port;
	throw new Error(`PORT is "${value}", which is no port. Use a number from 1024 to 65535.`);
}
