// How dear it is to watch an answer arrive: the Markdown component alone, on a built page, against
// the same text put into a text node once a frame. Alone: `node tests/bench/streaming.bench.mjs`,
// with the kinds of text to measure after it, if not all.
import { fileURLToPath } from 'node:url';
import { answerTokens, endless, hostile } from './support/answer.mjs';
import { begin, goOn as growAt, withFloorPage } from './support/floor-page.mjs';
import { measureLongestTask, measureMainThread } from './support/main-thread.mjs';

const perSecond = 500;
/** Endless blocks of one kind, and the mixed answer people really get. */
const kinds = { mixed: answerTokens, ...endless };

/** @typedef {import('../../scripts/bench.mjs').BenchContext} BenchContext */
/** @typedef {import('../../scripts/bench.mjs').Row} Row */

/**
 * @param {BenchContext} ctx
 * @param {string[]} [names]
 * @returns {Promise<Row[]>}
 */
export async function run(ctx, names = ['answer', ...Object.keys(kinds), 'at-once', 'hostile']) {
	return withFloorPage(ctx, async (page) => {
		await begin(page, 'markdown'); // what every page does once: compile, fetch the fonts
		await goOn(page, answerTokens(500));
		/** @type {Row[]} */
		const rows = [];
		for (const name of names) {
			if (name === 'answer') rows.push(...(await againstFloor(page, ctx.say)));
			else if (name === 'at-once') rows.push(await atOnce(page, ctx.say));
			else if (name === 'hostile') rows.push(await hostileTexts(page, ctx.say));
			else rows.push(...(await flatness(page, name, ctx.say)));
		}
		return rows;
	});
}

/** @typedef {import('playwright').Page} Page */
/** @typedef {(line: string) => void} Say */

/** @param {Page} page @param {Say} say @returns {Promise<Row[]>} */
async function againstFloor(page, say) {
	const tokens = answerTokens(10_000);
	await begin(page, 'text');
	const floor = await measureMainThread(page, () => goOn(page, tokens));
	await begin(page, 'markdown');
	const shown = await measureMainThread(page, () => goOn(page, tokens));
	say(`text node ${describe(floor.cost)}`);
	say(`markdown  ${describe(shown.cost)}`);
	return [
		{
			measure: 'markdown, 10,000 tokens at 500/s: main thread',
			value: shown.cost.task,
			unit: 'ms',
			floor: floor.cost.task,
			budget: 1.5,
		},
	];
}

/** @param {Page} page @param {string} kind @param {Say} say @returns {Promise<Row[]>} */
async function flatness(page, kind, say) {
	const tokens = kinds[kind](20_000);
	const halves = [tokens.slice(0, 10_000), tokens.slice(10_000)];
	await begin(page, 'markdown');
	/** @type {import('./support/main-thread.mjs').MainThreadCost[]} */
	const costs = [];
	const { longest } = await measureLongestTask(page, async () => {
		for (const half of halves) {
			costs.push((await measureMainThread(page, () => goOn(page, half))).cost);
		}
	});
	costs.forEach((cost, half) => say(`${kind}, half ${half + 1}: ${describe(cost)}`));
	say(
		`${kind}, longest task: ${longest.cpu.toFixed(0)} ms CPU, ${longest.clock.toFixed(0)} ms clock`,
	);
	return [
		{
			measure: `markdown, 20,000 tokens (${kind}): second half against first`,
			value: costs[1].task,
			unit: 'ms',
			floor: costs[0].task,
			budget: 1.3,
		},
		{
			measure: `markdown, 20,000 tokens (${kind}): longest task, CPU`,
			value: longest.cpu,
			unit: 'ms',
			budget: 50,
		},
	];
}

/** A finished answer of 20,000 tokens, as when a session is opened. @param {Page} page @param {Say} say */
async function atOnce(page, say) {
	const text = answerTokens(20_000).join('');
	const longest = await longestShowing(page, text);
	say(`20,000 tokens at once: longest task ${longest.cpu.toFixed(0)} ms CPU`);
	return {
		measure: 'markdown, 20,000 tokens at once: longest task, CPU',
		value: longest.cpu,
		unit: 'ms',
		budget: 50,
	};
}

/** @param {Page} page @param {string} text */
async function longestShowing(page, text) {
	const { longest } = await measureLongestTask(page, async () => {
		await begin(page, 'markdown');
		await page.evaluate((whole) => window.showWhole(whole), text);
	});
	return longest;
}

/** Texts made to hang a reader of markdown, shown at once. @param {Page} page @param {Say} say */
async function hostileTexts(page, say) {
	let worst = 0;
	for (const [name, text] of Object.entries(hostile)) {
		const longest = await longestShowing(page, text);
		worst = Math.max(worst, longest.cpu);
		say(`hostile, ${name}: longest task ${longest.cpu.toFixed(0)} ms CPU`);
	}
	return {
		measure: 'markdown, hostile texts: longest task, CPU',
		value: worst,
		unit: 'ms',
		budget: 150,
	};
}

/** @param {Page} page @param {string[]} tokens */
function goOn(page, tokens) {
	return growAt(page, tokens, perSecond);
}

/** @param {import('./support/main-thread.mjs').MainThreadCost} cost */
function describe(cost) {
	const parts = Object.entries(cost).map(([name, ms]) => `${name} ${ms.toFixed(0)}`);
	return `${parts.join(', ')} ms CPU`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const { chromium } = await import('playwright');
	const { chromiumArgs, findChromium } = await import('../../scripts/chromium.mjs');
	const browser = await chromium.launch({
		executablePath: findChromium() ?? undefined,
		args: chromiumArgs,
	});
	const alone = { page: (options) => browser.newPage(options), say: console.log };
	const names = process.argv.length > 2 ? process.argv.slice(2) : undefined;
	const rows = await run(/** @type {never} */ (alone), names);
	console.table(rows.map((row) => ({ ...row, ratio: row.floor && row.value / row.floor })));
	await browser.close();
}
