/**
 * What a page's main thread did, in ms of its own CPU time: other work on the machine does not
 * count. `task` is everything (script, style, layout, paint, and what belongs to none of them).
 * @typedef {{ task: number, script: number, layout: number, style: number }} MainThreadCost
 */

/**
 * @template T
 * @param {import('playwright').Page} page
 * @param {() => Promise<T>} work
 * @returns {Promise<{ cost: MainThreadCost, result: T }>}
 */
export async function measureMainThread(page, work) {
	const session = await page.context().newCDPSession(page);
	await session.send('Performance.enable', { timeDomain: 'threadTicks' });
	const before = await read(session);
	const result = await work();
	const cost = difference(await read(session), before);
	await session.detach();
	return { cost, result };
}

/**
 * The longest task of a page's main thread: ms by the clock, and ms of its own CPU time. On a
 * busy machine the clock also counts the time the thread had to wait for a processor.
 * @template T
 * @param {import('playwright').Page} page
 * @param {() => Promise<T>} work
 * @returns {Promise<{ longest: { clock: number, cpu: number }, result: T }>}
 */
export async function measureLongestTask(page, work) {
	const browser = page.context().browser();
	if (!browser) throw new Error('This page belongs to no browser that can be traced.');
	await browser.startTracing(page, {
		categories: ['toplevel', 'disabled-by-default-devtools.timeline'],
	});
	const result = await work();
	/** @type {{ traceEvents: TraceEvent[] }} */
	const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
	return { longest: longestTask(traceEvents), result };
}

/**
 * @typedef {{ name: string, ph: string, pid: number, tid: number, dur?: number, tdur?: number,
 *   args?: { name?: string } }} TraceEvent
 * `dur` and `tdur` in microseconds
 */

/** Of all pages: those that are not measured lie idle. @param {TraceEvent[]} events */
function longestTask(events) {
	const main = new Set(
		events
			.filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain')
			.map(threadOf),
	);
	const longest = { clock: 0, cpu: 0 };
	for (const event of events) {
		if (event.ph !== 'X' || event.name !== 'RunTask' || !main.has(threadOf(event))) continue;
		longest.clock = Math.max(longest.clock, (event.dur ?? 0) / 1000);
		longest.cpu = Math.max(longest.cpu, (event.tdur ?? 0) / 1000);
	}
	return longest;
}

/** @param {TraceEvent} event */
function threadOf({ pid, tid }) {
	return `${pid}:${tid}`;
}

/** @param {import('playwright').CDPSession} session @returns {Promise<MainThreadCost>} */
async function read(session) {
	const { metrics } = await session.send('Performance.getMetrics');
	/** @param {string} name */
	const ms = (name) => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? 0);
	return {
		task: ms('TaskDuration'),
		script: ms('ScriptDuration'),
		layout: ms('LayoutDuration'),
		style: ms('RecalcStyleDuration'),
	};
}

/** @param {MainThreadCost} after @param {MainThreadCost} before @returns {MainThreadCost} */
function difference(after, before) {
	return {
		task: after.task - before.task,
		script: after.script - before.script,
		layout: after.layout - before.layout,
		style: after.style - before.style,
	};
}
