/** The relay as `npm run relay` runs it: a process of its own. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { relayEntry } from '../../../scripts/prepare.mjs';

export interface RelayProcess {
	readonly url: string;
	readonly http: string;
	kill(signal: NodeJS.Signals): void;
	/** Nobody reads its log any longer. */
	deaf(): void;
	/** How it ended: its code, and null where it was killed. */
	readonly ended: Promise<number | null>;
	readonly output: () => string;
}

export interface ProcessOptions {
	readonly data: string;
	readonly env?: Record<string, string>;
	/** Most that a file may grow to, in KiB: what a full disk is to a store. */
	readonly fileKiB?: number;
}

/** A folder that is gone after the test. */
export function tempFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'muster-relay-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** Resolves once it listens. @throws {Error} with its output where it ends before */
export async function runRelay({ data, env, fileKiB }: ProcessOptions): Promise<RelayProcess> {
	const main = fileURLToPath(relayEntry('main'));
	const [command, args] = fileKiB
		? ['sh', ['-c', `ulimit -f ${fileKiB * 2}; exec "$0" "$1"`, process.execPath, main]]
		: [process.execPath, [main]];
	const child = spawn(command, args, {
		env: { PATH: process.env.PATH ?? '', RELAY_PORT: '0', RELAY_DATA: data, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
	onTestFinished(() => void child.kill('SIGKILL'));
	child.stderr.on('data', (chunk) => (output += chunk));
	const port = await new Promise<number>((done, failed) => {
		child.stdout.on('data', (chunk) => {
			output += chunk;
			const found = /"event":"listening","port":(\d+)/.exec(output);
			if (found) done(Number(found[1]));
		});
		child.once('close', () => failed(new Error(output))); // by then all of its output is here
	});
	return {
		url: `ws://localhost:${port}/sync`,
		http: `http://localhost:${port}`,
		kill: (signal) => void child.kill(signal),
		deaf: () => void child.stdout.destroy(),
		ended,
		output: () => output,
	};
}
