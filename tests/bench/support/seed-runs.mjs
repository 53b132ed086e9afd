import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** @type {Promise<string> | undefined} */
let code;

/**
 * Puts `count` runs into the database of a page's origin. The app must not be running in the page: give it a file
 * that is no page of the app.
 * @param {import('playwright').Page} page
 * @param {number} count
 * @param {{ indexed?: boolean }} [options] `indexed`: nothing is left to do for the index of words
 */
export async function seedRuns(page, count, { indexed = false } = {}) {
	code ??= bundle();
	await page.evaluate(await code);
	await page.evaluate(
		([count, now, indexed]) => Reflect.get(window, 'seeding').seedRuns(count, now, indexed),
		/** @type {const} */ ([count, Date.now(), indexed]),
	);
}

async function bundle() {
	const entry = fileURLToPath(new URL('../pages/seed/seed-runs.ts', import.meta.url));
	const made = await build({
		configFile: false,
		logLevel: 'error',
		build: { write: false, lib: { entry, formats: ['iife'], name: 'seeding' } },
	});
	const output = Array.isArray(made) ? made[0]?.output : 'output' in made ? made.output : undefined;
	const chunk = output?.[0];
	if (chunk?.type !== 'chunk') throw new Error('The seed was not built');
	return `${chunk.code}\nwindow.seeding = seeding; undefined`;
}
