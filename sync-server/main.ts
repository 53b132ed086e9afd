import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jsonLines } from './log';
import { createRelay } from './relay';
import { readSettings, SettingsError, type Settings } from './settings';
import { openLevelStore } from './store/open-store';
import { StoreError } from './store/port';

/** The relay alone: one process, one port [7.1]. */
async function main(): Promise<void> {
	const log = jsonLines((line) => process.stdout.write(line));
	// Whoever read the log has gone: no reason for devices to lose the relay.
	process.stdout.on('error', () => undefined);
	const settings = readSettings(process.env);
	const store = await openLevelStore(settings.data);
	const server = createServer((request, response) => {
		if (!relay.handle(request, response)) response.writeHead(404).end();
	});
	const relay = createRelay({ server, settings, store, log, alone: true });
	try {
		await listening(server, settings);
	} catch (error) {
		await relay.close();
		throw error;
	}
	log('info', 'listening', { port: (server.address() as AddressInfo).port });
	const stop = async () => {
		await relay.close();
		server.closeAllConnections();
		server.close(() => process.exit(0));
	};
	process.once('SIGTERM', () => void stop());
	process.once('SIGINT', () => void stop());
}

function listening(server: ReturnType<typeof createServer>, { port, host }: Settings) {
	return new Promise<void>((done, failed) => {
		server.once('error', ({ code, message }: NodeJS.ErrnoException) =>
			failed(
				new SettingsError(
					code === 'EADDRINUSE'
						? `Port ${port} is in use, perhaps by another relay. Stop that, or choose another with RELAY_PORT.`
						: `The relay can not listen on ${host}, port ${port} (${message}). Correct RELAY_HOST and RELAY_PORT.`,
				),
			),
		);
		server.listen(port, host, done);
	});
}

try {
	await main();
} catch (error) {
	const sentence = error instanceof SettingsError || error instanceof StoreError;
	console.error(sentence ? error.message : error);
	process.exit(1);
}
