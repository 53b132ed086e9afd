// `npm run bench [name…]`: runs tests/bench/<name>.bench.mjs and prints what they measure.
// A bench exports `run(ctx)` and returns rows; where a floor is given, it was measured in the
// same run, so ratios hold on any machine.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled, requireNode, say } from './prepare.mjs';
import { root } from './sources.mjs';

/**
 * One measured thing. `budget` bounds `ratio` where there is a floor, else `value`.
 * @typedef {{ measure: string, value: number, unit: string, floor?: number, budget?: number }} Row
 */

/**
 * What a bench is given.
 * @typedef {object} BenchContext
 * @property {string} root of the repository
 * @property {string} dir of the built app
 * @property {string} url of a server with the built app
 * @property {(options?: import('playwright').BrowserContextOptions) => Promise<import('playwright').Page>} page
 *   a page of a browser with a profile of its own, closed after the bench
 * @property {(line: string) => void} say
 */

/** @typedef {(profile: string, options: import('playwright').BrowserContextOptions) => Promise<import('playwright').BrowserContext>} Launch */
/** @typedef {{ run(ctx: BenchContext): Promise<Row[]> }} Bench */

requireNode();
const code = await main(process.argv.slice(2)).catch((error) => {
	console.error(error);
	return 1;
});
process.exit(code);

/** @param {string[]} names */
async function main(names) {
	await ensureInstalled();
	await ensureBuilt();
	const { chromium } = await import('playwright');
	const { chromiumArgs, ensureChromium } = await import('./chromium.mjs');
	const { serve } = await import('./serve.mjs');
	const server = await serve({ port: 0 });
	const executablePath = ensureChromium(say);
	/** @type {Launch} */
	const launch = (profile, options) =>
		chromium.launchPersistentContext(profile, { executablePath, args: chromiumArgs, ...options });
	/** @type {Row[]} */
	const rows = [];
	try {
		for (const file of benches(names)) {
			say(`measuring ${file}`);
			rows.push(...(await runOne(file, launch, server.url)));
		}
	} finally {
		await server.close();
	}
	if (!rows.length) throw new Error(`No bench named ${names.join(', ')} in tests/bench.`);
	console.log(table(rows));
	return rows.every(within) ? 0 : 1;
}

/** @param {string[]} names */
function benches(names) {
	return readdirSync(join(root, 'tests/bench'))
		.filter((file) => file.endsWith('.bench.mjs'))
		.filter((file) => !names.length || names.includes(file.replace('.bench.mjs', '')))
		.sort();
}

/**
 * @param {string} file
 * @param {Launch} launch
 * @param {string} url
 * @returns {Promise<Row[]>}
 */
async function runOne(file, launch, url) {
	/** @type {Bench} */
	const bench = await import(pathToFileURL(join(root, 'tests/bench', file)).href);
	/** @type {import('playwright').BrowserContext[]} */
	const contexts = [];
	/** @type {string[]} */
	const profiles = [];
	try {
		return await bench.run({
			root,
			dir: join(root, 'build'),
			url,
			say,
			page: async (options) => {
				// On the disk, as people have it: a database in memory is several times slower to fill.
				const profile = mkdtempSync(join(tmpdir(), 'muster-bench-'));
				profiles.push(profile);
				const context = await launch(profile, {
					viewport: { width: 1440, height: 900 },
					...options,
				});
				contexts.push(context);
				return context.newPage();
			},
		});
	} finally {
		await Promise.all(contexts.map((context) => context.close()));
		for (const profile of profiles) rmSync(profile, { recursive: true, force: true });
	}
}

/** @param {Row} row */
function ratio({ value, floor }) {
	return floor === undefined ? undefined : value / floor;
}

/** @param {Row} row */
function within(row) {
	return row.budget === undefined || (ratio(row) ?? row.value) <= row.budget;
}

/** @param {Row[]} rows */
function table(rows) {
	const head = ['measure', 'value', 'floor', 'ratio', 'budget', 'ok'];
	const body = rows.map((row) => {
		const times = ratio(row);
		const unit = times === undefined ? ` ${row.unit}` : ' ×';
		return [
			row.measure,
			`${round(row.value)} ${row.unit}`,
			row.floor === undefined ? '' : `${round(row.floor)} ${row.unit}`,
			times === undefined ? '' : `${round(times)} ×`,
			row.budget === undefined ? '' : `≤ ${row.budget}${unit}`,
			row.budget === undefined ? '' : within(row) ? 'yes' : 'NO',
		];
	});
	const widths = head.map((_, i) =>
		Math.max(...[head, ...body].map((line) => line[i]?.length ?? 0)),
	);
	return [head, ...body]
		.map((line) =>
			line
				.map((cell, i) => cell.padEnd(widths[i] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

/** @param {number} value */
function round(value) {
	return String(value >= 100 ? Math.round(value) : Number(value.toFixed(2)));
}
