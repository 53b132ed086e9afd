// Node's own modules alone: this runs before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { relaySourcesHash, root, sourcesHash } from './sources.mjs';

const build = join(root, 'build');
/** Says which sources the build was made of. A dot file: the server does not hand it out. */
const buildStamp = join(build, '.sources');
const relayBuild = join(root, 'build-relay');
const relayStamp = join(relayBuild, '.sources');

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockedPackage
 */

/** Ends the process with advice when this Node is older than package.json asks for. */
export function requireNode() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	if (major > 20 || (major === 20 && minor >= 19)) return;
	console.error(
		`Muster needs Node 20.19 or newer, and this is ${process.versions.node}. Install a newer one from https://nodejs.org, then try again.`,
	);
	process.exit(1);
}

/** @param {string} line */
export const say = (line) => console.log(`muster: ${line}`);

/** Installs the locked packages, unless exactly those are there. */
export async function ensureInstalled() {
	if (installed()) return;
	say('installing packages (npm ci)');
	await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
		failed: 'Installing failed. Check the network and the lines above, then try again.',
	});
}

/** Builds the app, unless the build was made of exactly these sources. */
export async function ensureBuilt() {
	if (existsSync(join(build, 'index.html')) && read(buildStamp) === sourcesHash()) return;
	say('building the app');
	await buildApp({ quiet: true });
}

/**
 * Builds the app, and notes what it was made of.
 * @param {{ quiet?: boolean }} [options] `quiet` shows the builder's output only when it fails
 */
export async function buildApp({ quiet = false } = {}) {
	const sources = sourcesHash(); // before, so that an edit during the build counts as newer
	await run(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], {
		quiet,
		failed: 'The build failed, the lines above say where.',
	});
	writeFileSync(buildStamp, sources);
}

/**
 * The relay's bundle, as an address to import.
 * @param {'main' | 'carried'} name
 */
export const relayEntry = (name) => pathToFileURL(join(relayBuild, `${name}.js`)).href;

/** Builds the relay, unless the build was made of exactly these sources. */
export async function ensureRelayBuilt() {
	if (existsSync(join(relayBuild, 'main.js')) && read(relayStamp) === relaySourcesHash()) return;
	await buildRelay();
}

/** Bundles the relay, which takes a second or two. */
export async function buildRelay() {
	const sources = relaySourcesHash();
	// tsconfig.json builds on what Kit writes. An install has it written; packages that came otherwise have not.
	if (!existsSync(join(root, '.svelte-kit/tsconfig.json')))
		await run(process.execPath, [join(root, 'node_modules/@sveltejs/kit/svelte-kit.js'), 'sync'], {
			quiet: true,
			failed: 'Preparing the build failed, the lines above say where.',
		});
	const vite = join(root, 'node_modules/vite/bin/vite.js');
	await run(process.execPath, [vite, 'build', '--config', join(root, 'scripts/vite-relay.mjs')], {
		quiet: true,
		failed: 'Building the relay failed, the lines above say where.',
	});
	writeFileSync(relayStamp, sources);
}

/**
 * Runs a command from the root of the repository; stopping this process stops it too.
 * @param {string} command
 * @param {string[]} args
 * @param {{ quiet?: boolean, failed?: string, env?: NodeJS.ProcessEnv }} [options]
 *   `quiet` shows its output only when it fails
 * @returns {Promise<void>} rejects with `failed` when it ends with an error
 */
export async function run(command, args, { quiet = false, failed, env } = {}) {
	const { code, output } = await spawned(command, args, quiet, env);
	if (code === 0) return;
	if (quiet) process.stderr.write(output);
	throw new Error(failed ?? `${command} ${args.join(' ')} ended with code ${code}`);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {boolean} quiet
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function spawned(command, args, quiet, env) {
	return new Promise((done, fail) => {
		const child = spawn(command, args, {
			cwd: root,
			env: { ...process.env, ...env },
			stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
			shell: process.platform === 'win32' && command === 'npm',
		});
		let output = '';
		child.stdout?.on('data', (chunk) => (output += chunk));
		child.stderr?.on('data', (chunk) => (output += chunk));
		const stop = () => child.kill('SIGTERM');
		process.once('SIGINT', stop).once('SIGTERM', stop);
		child.once('error', fail);
		child.once('exit', (code, signal) => {
			process.off('SIGINT', stop).off('SIGTERM', stop);
			if (signal) process.exitCode = 130;
			done({ code: signal ? 130 : (code ?? 1), output });
		});
	});
}

/** npm leaves a lock of what it installed; compare it with the one asked for. */
function installed() {
	const wanted = packagesOf('package-lock.json');
	const present = packagesOf('node_modules/.package-lock.json');
	return Object.entries(wanted).every(([path, entry]) => {
		if (!path || entry.optional || entry.devOptional || entry.link) return true;
		return present[path]?.version === entry.version;
	});
}

/** @param {string} file @returns {Record<string, LockedPackage>} */
function packagesOf(file) {
	const text = read(join(root, file));
	return text ? JSON.parse(text).packages : {};
}

/** @param {string} path */
function read(path) {
	return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
