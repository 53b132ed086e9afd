import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** KiB of JavaScript a device downloads before it can show, or run, anything. */
const budgets = { runs: 120, worker: 150 };

/** @param {import('../../scripts/bench.mjs').BenchContext} ctx */
export async function run(ctx) {
	return [
		{
			measure: 'JavaScript of Agent Runs before interaction, gz',
			value: await initialScripts(ctx, '/runs'),
			unit: 'KiB',
			budget: budgets.runs,
		},
		{
			measure: 'engine worker before anything lazy, gz',
			value: engineWorker(ctx.dir),
			unit: 'KiB',
			budget: budgets.worker,
		},
	];
}

/**
 * Every script the page asks for until it is quiet, on a device past its first run. Workers'
 * own requests are left out, and the service worker is kept away, since it fetches the whole app
 * on purpose.
 * @param {import('../../scripts/bench.mjs').BenchContext} ctx
 * @param {string} path
 */
async function initialScripts({ dir, url, page }, path) {
	const tab = await page({ serviceWorkers: 'block' });
	await tab.goto(`${url}/welcome`);
	await tab.getByText('Look around first').click();
	await tab.waitForURL((address) => address.pathname !== '/welcome');
	await tab.goto('about:blank');
	/** @type {Set<string>} */
	const scripts = new Set();
	tab.on('request', (request) => {
		const { pathname } = new URL(request.url());
		if (pathname.endsWith('.js') && !pathname.includes('/workers/')) scripts.add(pathname);
	});
	await tab.goto(url + path);
	await tab.waitForLoadState('networkidle');
	const { pathname } = new URL(tab.url());
	if (pathname !== path) throw new Error(`${path} led to ${pathname}: this measures another page.`);
	return sum([...scripts].map((script) => gzKiB(join(dir, script))));
}

/**
 * The entry with what it imports statically; chunks behind `import()` don't count.
 * @param {string} dir
 */
function engineWorker(dir) {
	const workers = join(dir, '_app/immutable/workers');
	const entry = readdirSync(workers).find((file) => /^engine-worker-.*\.js$/.test(file));
	if (!entry) throw new Error(`No engine worker in ${workers}: is it still built under that name?`);
	return sum([...closure(join(workers, entry))].map(gzKiB));
}

/**
 * @param {string} file
 * @param {Set<string>} seen
 */
function closure(file, seen = new Set()) {
	if (seen.has(file)) return seen;
	seen.add(file);
	const source = readFileSync(file, 'utf8');
	for (const [, from] of source.matchAll(/(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g))
		closure(join(dirname(file), from ?? ''), seen);
	return seen;
}

/** @param {string} file */
const gzKiB = (file) => gzipSync(readFileSync(file), { level: 9 }).length / 1024;

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
