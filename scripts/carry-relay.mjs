import { relayEntry } from './prepare.mjs';

/**
 * Puts the built relay on a server, under /sync (docs/sync.md, 7.1).
 * @param {import('node:http').Server} server
 * @param {object} options
 * @param {string} options.host where the server listens
 * @param {string} options.data the store's folder, unless `RELAY_DATA` says another
 * @param {Record<string, string | undefined>} [options.env] of the process, unless others are given
 * @returns {Promise<import('./serve.mjs').Relay>}
 * @throws {Error} with a sentence
 */
export async function carryRelay(server, { host, data, env = process.env }) {
	const { carryRelay: carry } = await import(relayEntry('carried'));
	/** @param {string} line */
	const warn = (line) => process.stderr.write(line);
	return carry(server, { env, host, data, warn });
}
