// The list of runs with 100,000 of them, beside the same with ten, and beside the least any list would do: one
// indexed read of 50 rows, and a paint.
import { seedRuns } from './support/seed-runs.mjs';

const MANY = 100_000;
const FEW = 10;
const TIMES = 9;
/** A person looks at a list before asking for another one, ms. */
const LOOK_MS = 500;

/** @typedef {import('../../scripts/bench.mjs').BenchContext} BenchContext */
/** @typedef {import('playwright').Page} Page */

/** @param {BenchContext} ctx @returns {Promise<import('../../scripts/bench.mjs').Row[]>} */
export async function run(ctx) {
	const few = await workspace(ctx, FEW);
	ctx.say(`writing ${MANY} runs`);
	const many = await workspace(ctx, MANY);
	const rows = [
		{
			measure: 'runs list: navigation to first rows, 100,000 runs against 10',
			value: await navigation(many),
			floor: await navigation(few),
			unit: 'ms',
			budget: 2,
		},
	];
	await measured(many);
	const floor = await indexedRead(many);
	for (const [what, one, other] of changes)
		rows.push({
			measure: `runs list: ${what} painted, against a read of 50 rows and a paint`,
			value: await change(many, one, other),
			floor,
			unit: 'ms',
			budget: 3,
		});
	rows.push({
		measure: 'runs list: longest frame while 100,000 runs are scrolled end to end',
		value: await scrolled(many),
		unit: 'ms',
		budget: 50,
	});
	rows.push({
		measure: 'runs list: heap of 100,000 runs above that of ten',
		value: (await heap(many)) - (await heap(few)),
		unit: 'MB',
		budget: 60,
	});
	return rows;
}

/** @type {[string, string, string][]} what is changed, and its two addresses */
const changes = [
	['a view', '?view=failed', ''],
	['a filter', '?agent=seed-bug-triage&mode=standard', ''],
	['a sort', '?sort=duration', '?sort=agent'],
];

/** A page past its first run, in a workspace with this many runs. @param {BenchContext} ctx @param {number} count */
async function workspace({ page, url }, count) {
	const tab = await page({ serviceWorkers: 'block' });
	await tab.goto(`${url}/welcome`);
	await tab.getByText('Look around first').click();
	await tab.waitForURL((address) => address.pathname !== '/welcome');
	await tab.goto(`${url}/favicon.svg`);
	// The list by itself: taking in the words of so many runs goes on for minutes.
	await seedRuns(tab, count, { indexed: true });
	await tab.goto(`${url}/agents`);
	await tab.getByRole('link', { name: 'Bug Triage' }).waitFor();
	return tab;
}

/** From the click on the place to the first painted row, in the running app. @param {Page} page */
async function navigation(page) {
	const times = [];
	for (let i = 0; i < TIMES; i++) {
		await page.getByRole('link', { name: 'Agents' }).first().click();
		await page.getByRole('link', { name: 'Bug Triage' }).waitFor();
		times.push(
			await page.evaluate(async () => {
				const link = /** @type {HTMLElement} */ (document.querySelector('a[href="/runs"]'));
				const from = performance.now();
				link.click();
				while (!document.querySelector('[data-id]'))
					await new Promise((done) => requestAnimationFrame(done));
				return performance.now() - from;
			}),
		);
	}
	return median(times);
}

/** Waits until the list knows how long it is. @param {Page} page */
async function measured(page) {
	await page.goto(new URL('/runs', page.url()).href);
	await page.waitForFunction(
		() => Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) > 0,
		null,
		{ timeout: 120_000 },
	);
}

/** @param {Page} page */
async function indexedRead(page) {
	return median(
		await page.evaluate(async (times) => {
			const db = await new Promise((done) => {
				const request = indexedDB.open('muster');
				request.onsuccess = () => done(request.result);
			});
			const found = [];
			for (let i = 0; i < times; i++) {
				await new Promise((done) => requestAnimationFrame(done));
				const from = performance.now();
				const index = db.transaction('sessions').objectStore('sessions').index('facets');
				const all = IDBKeyRange.bound('run\tall\t', 'run\tall\t~');
				await new Promise((done) => {
					/** @type {unknown[]} */
					const rows = [];
					const request = index.openCursor(all, 'prev');
					request.onsuccess = () => {
						const cursor = request.result;
						rows.push(cursor?.value);
						if (rows.length < 50 && cursor) cursor.continue();
						else done(rows);
					};
				});
				document.title = String(i);
				await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
				found.push(performance.now() - from);
			}
			db.close();
			return found;
		}, TIMES),
	);
}

/**
 * From asking for another list, through the address as a person going back does, to its first painted row.
 * @param {Page} page @param {string} one @param {string} other
 */
async function change(page, one, other) {
	const origin = new URL(page.url()).origin;
	await page.goto(`${origin}/runs${other}`);
	await page.locator('[data-id]').first().waitFor();
	const times = [];
	for (let i = 0; i < TIMES; i++) {
		await page.waitForTimeout(LOOK_MS);
		times.push(
			await page.evaluate(
				async (search) => {
					const link = document.createElement('a');
					link.href = `/runs${search}`;
					// As the list's own controls go there.
					link.dataset['sveltekitKeepfocus'] = link.dataset['sveltekitNoscroll'] = '';
					document.querySelector('main')?.append(link);
					const first = () => document.querySelector('[data-id]')?.getAttribute('data-id');
					const before = first();
					const from = performance.now();
					link.click();
					for (;;) {
						await new Promise((done) => requestAnimationFrame(done));
						if (first() !== before) break;
					}
					await new Promise((done) => setTimeout(done));
					link.remove();
					return performance.now() - from;
				},
				i % 2 ? other : one,
			),
		);
	}
	return median(times);
}

/** @param {Page} page */
async function scrolled(page) {
	await measured(page);
	return page.evaluate(async () => {
		const list = /** @type {HTMLElement} */ (document.querySelector('.scroller'));
		const step = list.clientHeight * 2;
		let longest = 0;
		let last = await new Promise((done) => requestAnimationFrame(done));
		// The whole list in jumps of two screens would take an hour: stretches of it, from end to end.
		for (let part = 0; part <= 10; part++) {
			list.scrollTop = ((list.scrollHeight - list.clientHeight) / 10) * part;
			for (let i = 0; i < 30; i++) {
				const now = await new Promise((done) => requestAnimationFrame(done));
				longest = Math.max(longest, now - last);
				last = now;
				list.scrollTop += step;
			}
		}
		return longest;
	});
}

/** Of the page, after what is not needed was collected, MB. @param {Page} page */
async function heap(page) {
	await measured(page);
	const session = await page.context().newCDPSession(page);
	await session.send('HeapProfiler.collectGarbage');
	const { usedSize } = await session.send('Runtime.getHeapUsage');
	await session.detach();
	return usedSize / 1e6;
}

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
