// Opening a session of 10,000 messages beside one of 100, both from the running app: from the click to the painted end.
import { longOnes } from '../../scripts/seed/workspace.mjs';
import { seedRuns } from './support/seed-runs.mjs';

const TIMES = 9;

/** @typedef {import('playwright').Page} Page */

/** @param {import('../../scripts/bench.mjs').BenchContext} ctx @returns {Promise<import('../../scripts/bench.mjs').Row[]>} */
export async function run({ page, url }) {
	const tab = await page({ serviceWorkers: 'block' });
	await tab.goto(`${url}/welcome`);
	await tab.getByText('Look around first').click();
	await tab.waitForURL((address) => address.pathname !== '/welcome');
	await tab.goto(`${url}/favicon.svg`);
	await seedRuns(tab, 40);
	await tab.goto(`${url}/runs`);
	await tab.locator('[data-id]').first().waitFor();
	const [few, many] = await Promise.all(longOnes.map(({ title }) => idOf(tab, title)));
	// Once for what is loaded lazily.
	await opened(tab, few ?? '');
	return [
		{
			measure: 'session of 10,000 messages: opened, against one of 100',
			value: await median(tab, many ?? ''),
			floor: await median(tab, few ?? ''),
			unit: 'ms',
			budget: 1.5,
		},
	];
}

/** @param {Page} tab @param {string} title */
function idOf(tab, title) {
	return tab.evaluate(
		(title) =>
			new Promise((found, failed) => {
				const request = indexedDB.open('muster');
				request.onerror = () => failed(request.error);
				request.onsuccess = () => {
					const rows = request.result.transaction('sessions').objectStore('sessions').getAll();
					rows.onsuccess = () => {
						request.result.close();
						found(rows.result.find((row) => row.title === title)?.id);
					};
				};
			}),
		title,
	);
}

/** From the click on its address to the first painted message, ms; back in the list after. @param {Page} tab @param {string} id */
async function opened(tab, id) {
	const ms = await tab.evaluate(async (id) => {
		const link = document.createElement('a');
		link.href = `/runs/${id}`;
		document.querySelector('main')?.append(link);
		const from = performance.now();
		link.click();
		while (!document.querySelector('[role=log] [data-block] p'))
			await new Promise((done) => requestAnimationFrame(done));
		await new Promise((done) => setTimeout(done));
		link.remove();
		return performance.now() - from;
	}, id);
	await tab.keyboard.press('Escape');
	await tab.waitForURL((address) => address.pathname === '/runs');
	return ms;
}

/** @param {Page} tab @param {string} id */
async function median(tab, id) {
	const times = [];
	for (let i = 0; i < TIMES; i++) times.push(await opened(tab, id));
	return times.sort((a, b) => a - b)[TIMES >> 1] ?? 0;
}
