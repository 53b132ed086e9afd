import type { Server } from 'node:http';
import { jsonLines } from './log';
import { createRelay, type Relay } from './relay';
import { checkPlain, readSettings } from './settings';
import { openLevelStore } from './store/open-store';

export interface CarriedOptions {
	/** `RELAY_` settings [7.2]; host and port are the server's. */
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Where the server listens: decides whether the plain protocol may be spoken. */
	readonly host: string;
	/** The store's folder, unless `RELAY_DATA` says another. */
	readonly data: string;
	/** Takes lines of JSON: warnings alone, since the server has its own things to say. */
	readonly warn: (line: string) => void;
}

/**
 * The relay as a part of the server that serves the app, under `/sync` [7.1].
 * @throws {SettingsError | StoreError} with a sentence; the server stands as it was
 */
export async function carryRelay(server: Server, options: CarriedOptions): Promise<Relay> {
	const { env, host, data, warn } = options;
	const settings = readSettings({ RELAY_DATA: data, ...env, RELAY_HOST: '', RELAY_PORT: '' });
	checkPlain(settings.auth, host);
	const store = await openLevelStore(settings.data);
	const lines = jsonLines(warn);
	return createRelay({
		server,
		settings,
		store,
		log: (level, event, fields) => {
			if (level === 'warning') lines(level, event, fields);
		},
	});
}
