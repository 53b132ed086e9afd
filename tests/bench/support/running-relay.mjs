import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { relayEntry } from '../../../scripts/prepare.mjs';

/** @typedef {{ url: string, port: number, cpu: () => Promise<number>, stop: () => void }} Running */

/** A relay that keeps nothing and does no more than y-websocket's own. */
export const stockRelay = () =>
	started(fileURLToPath(new URL('stock-relay.mjs', import.meta.url)), {});

/** The relay, as it is built, with its store in a folder. @param {string} data @param {Record<string, string>} env */
export const ownRelay = (data, env) =>
	started(fileURLToPath(relayEntry('main')), { RELAY_PORT: '0', RELAY_DATA: data, ...env });

/**
 * A script in a process of its own that says which port it listens on.
 * @param {string} script
 * @param {Record<string, string>} env
 * @returns {Promise<Running>}
 */
function started(script, env) {
	const child = spawn(process.execPath, [script], {
		env: { PATH: process.env.PATH ?? '', ...env },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	return new Promise((done, failed) => {
		child.once('exit', (code) => failed(new Error(`The relay ended with ${code}.`)));
		child.stdout.on('data', (chunk) => {
			const port = /"port":(\d+)/.exec(String(chunk))?.[1];
			if (!port) return;
			const cpu = async () => {
				const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
				return Number(/^muster_relay_cpu_seconds (.*)$/m.exec(text)?.[1]);
			};
			done({
				url: `ws://127.0.0.1:${port}`,
				port: Number(port),
				cpu,
				stop: () => void child.kill('SIGKILL'),
			});
		});
	});
}
