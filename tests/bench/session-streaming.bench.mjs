// How dear it is to watch a run stream in the app itself, with its worker, its store and its screen: a run of the
// practice model, against the same text put into a text node in the same time.
import { begin, goOn, withFloorPage } from './support/floor-page.mjs';
import { measureLongestTask, measureMainThread } from './support/main-thread.mjs';

const perSecond = 500;

/** @typedef {import('playwright').Page} Page */
/** @typedef {import('../../scripts/bench.mjs').BenchContext} BenchContext */
/** @typedef {import('../../scripts/bench.mjs').Row} Row */

/** @param {BenchContext} ctx @returns {Promise<Row[]>} */
export async function run(ctx) {
	const page = await ctx.page({ viewport: { width: 1440, height: 900 } });
	await page.goto(ctx.url);
	await page.getByRole('button', { name: 'Try it' }).first().click();
	// Once a model is connected, the first run is offered.
	const offered = page.getByRole('dialog', { name: 'New run' });
	await offered.getByRole('button', { name: 'Close' }).click();
	await offered.waitFor({ state: 'hidden' });
	await startRun(page, `Warm up\n/practice long 500\n/practice fast`);
	await rests(page);
	return [...(await againstFloor(page, ctx)), ...(await flatness(page, ctx))];
}

/** @param {Page} page @param {BenchContext} ctx @returns {Promise<Row[]>} */
async function againstFloor(page, ctx) {
	const start = performance.now();
	/** @type {import('./support/main-thread.mjs').MainThreadCost | undefined} */
	let cost;
	const { longest } = await measureLongestTask(page, async () => {
		({ cost } = await measureMainThread(page, () => streamed(page, 10_000)));
	});
	const tookMs = performance.now() - start;
	const tokens = (await lastAnswer(page)).match(/\s?[^\s]{1,5}|\s+/g) ?? [];
	const floor = await withFloorPage(ctx, async (floorPage) => {
		await begin(floorPage, 'text');
		await goOn(floorPage, tokens.slice(0, 500), perSecond);
		await begin(floorPage, 'text');
		const pace = tokens.length / (tookMs / 1000);
		return (await measureMainThread(floorPage, () => goOn(floorPage, tokens, pace))).cost;
	});
	ctx.say(`a run of 10,000 tokens: ${JSON.stringify(cost)} against ${JSON.stringify(floor)}`);
	return [
		{
			measure: 'a run in the app, 10,000 tokens at 500/s: main thread',
			value: cost?.task ?? NaN,
			unit: 'ms',
			floor: floor.task,
			budget: 1.5,
		},
		{
			measure: 'a run in the app, 10,000 tokens at 500/s: longest task, CPU',
			value: longest.cpu,
			unit: 'ms',
			budget: 50,
		},
	];
}

/** The cost of 20,000 tokens is twice that of 10,000. @param {Page} page @param {BenchContext} ctx @returns {Promise<Row[]>} */
async function flatness(page, ctx) {
	const costs = [];
	for (const count of [10_000, 20_000])
		costs.push((await measureMainThread(page, () => streamed(page, count))).cost);
	ctx.say(
		`runs of 10,000 and 20,000 tokens: ${costs.map(({ task }) => task.toFixed(0)).join(', ')} ms CPU`,
	);
	return [
		{
			measure: 'a run in the app, 20,000 tokens: a token against one of 10,000',
			value: (costs[1]?.task ?? NaN) / 2,
			unit: 'ms',
			floor: costs[0]?.task ?? NaN,
			budget: 1.3,
		},
	];
}

/** @param {Page} page @param {number} tokens */
async function streamed(page, tokens) {
	await startRun(page, `At length\n/practice long ${tokens}\n/practice fast ${perSecond}`);
	await rests(page);
}

/** @param {Page} page @param {string} prompt */
async function startRun(page, prompt) {
	const dialog = page.getByRole('dialog', { name: 'New run' });
	await page.getByRole('button', { name: 'New run' }).first().click();
	const agent = dialog.getByRole('combobox', { name: 'Agent' });
	await agent.fill('Code Reviewer');
	await agent.press('Enter');
	await dialog.getByLabel(/^Prompt/).fill(prompt);
	const before = page.url();
	await dialog.getByRole('button', { name: 'Start run' }).click();
	await page.waitForURL((url) => /\/runs\/[0-9A-Z]{26}$/.test(url.pathname) && url.href !== before);
}

/** @param {Page} page */
async function rests(page) {
	const header = page.getByRole('article').locator('header').first();
	await header.getByText('Completed', { exact: true }).waitFor({ timeout: 120_000 });
}

/** What the last answer of the open run says. @param {Page} page @returns {Promise<string>} */
function lastAnswer(page) {
	return page.evaluate(async () => {
		const db = await new Promise((resolve, reject) => {
			const request = indexedDB.open('muster');
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
		const sessionId = location.pathname.split('/').at(-1);
		const range = IDBKeyRange.bound([sessionId, -1], [sessionId, Infinity]);
		const events = await new Promise((resolve, reject) => {
			const request = db.transaction('events').objectStore('events').getAll(range);
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
		db.close();
		return events.findLast(({ kind }) => kind === 'text')?.text ?? '';
	});
}
