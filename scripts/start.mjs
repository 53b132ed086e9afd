// `npm start`: from a fresh checkout to the running app, saying each thing it does.
import { ensureBuilt, ensureInstalled, requireNode, say } from './prepare.mjs';

requireNode();
try {
	const port = portFrom(process.env.PORT);
	await ensureInstalled();
	await ensureBuilt();
	const { serve } = await import('./serve.mjs');
	const { url, close } = await serve({ port, host: process.env.HOST || 'localhost' });
	say(`open ${url} (Ctrl+C stops it)`);
	const stop = () => void close().then(() => process.exit(0));
	process.once('SIGINT', stop).once('SIGTERM', stop);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(process.exitCode || 1);
}

/** @param {string | undefined} value */
function portFrom(value) {
	if (!value) return 4173;
	const port = Number(value);
	if (Number.isInteger(port) && port >= 0 && port < 65536) return port;
	throw new Error(`PORT is "${value}", which is no port. Use a number from 1024 to 65535.`);
}
