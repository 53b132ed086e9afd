// `npm run bench [name…]`: runs tests/bench/<name>.bench.mjs and prints what they measure.
// A bench exports `run(ctx)` and returns rows; where a floor is given, it was measured in the
// same run, so ratios hold on any machine.
import { readdirSync } from 'node:fs';
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
 * @property {import('playwright').Browser} browser
 * @property {(options?: import('playwright').BrowserContextOptions) => Promise<import('playwright').Page>} page
 *   a page in a fresh context, closed after the bench
 * @property {(line: string) => void} say
 */

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
	const browser = await chromium.launch({
		executablePath: ensureChromium(say),
		args: chromiumArgs,
	});
	/** @type {Row[]} */
	const rows = [];
	try {
		for (const file of benches(names)) {
			say(`measuring ${file}`);
			rows.push(...(await runOne(file, browser, server.url)));
		}
	} finally {
		await browser.close();
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
 * @param {import('playwright').Browser} browser
 * @param {string} url
 * @returns {Promise<Row[]>}
 */
async function runOne(file, browser, url) {
	/** @type {Bench} */
	const bench = await import(pathToFileURL(join(root, 'tests/bench', file)).href);
	/** @type {import('playwright').BrowserContext[]} */
	const contexts = [];
	try {
		return await bench.run({
			root,
			dir: join(root, 'build'),
			url,
			browser,
			say,
			page: async (options) => {
				const context = await browser.newContext({
					viewport: { width: 1440, height: 900 },
					...options,
				});
				contexts.push(context);
				return context.newPage();
			},
		});
	} finally {
		await Promise.all(contexts.map((context) => context.close()));
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
