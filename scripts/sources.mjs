import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of the repository, with the separator at its end. */
export const root = join(dirname(dirname(fileURLToPath(import.meta.url))), '/');

const folders = ['src', 'static'];
const files = [
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts',
	'tsconfig.json',
	'scripts/csp.mjs',
	'scripts/pwa-manifest.mjs',
	'scripts/vite-announcer.mjs',
];

/**
 * Names what a build is made of: same sources, same name. Decides whether `npm start` builds,
 * and is the app's version, so building the same thing again announces no update.
 */
export const sourcesHash = () => hashOf([...folders.flatMap(list), ...files]);

/** Names what the relay's build is made of. */
export const relaySourcesHash = () =>
	hashOf([
		...['sync-server', 'src/lib/wire'].flatMap(list),
		'package-lock.json',
		'scripts/vite-relay.mjs',
	]);

/** @param {string[]} paths */
function hashOf(paths) {
	const hash = createHash('sha256');
	for (const file of paths.sort()) {
		hash
			.update(file)
			.update('\0')
			.update(readFileSync(join(root, file)))
			.update('\0');
	}
	return hash.digest('hex').slice(0, 16);
}

/** @param {string} folder @returns {string[]} its files, but for tests */
function list(folder) {
	return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !/\.test\.ts$/.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'));
}
