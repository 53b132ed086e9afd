import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { build } from 'vite';

/**
 * Builds and serves the page that shows a growing text, in the Markdown component or in a text node, for as long
 * as `work` takes.
 * @template T
 * @param {import('../../../scripts/bench.mjs').BenchContext} ctx
 * @param {(page: import('playwright').Page) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withFloorPage(ctx, work) {
	const out = await mkdtemp(join(tmpdir(), 'streaming-bench-'));
	const configFile = fileURLToPath(new URL('../pages/markdown/vite.config.ts', import.meta.url));
	await build({ configFile, logLevel: 'error', build: { outDir: out } });
	const server = createServer(sirv(out)).listen(0);
	try {
		const page = await ctx.page({ viewport: { width: 900, height: 800 } });
		const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
		await page.goto(`http://localhost:${port}/`);
		return await work(page);
	} finally {
		server.close();
		await rm(out, { recursive: true, force: true });
	}
}

/** Starts an empty text. @param {import('playwright').Page} page @param {'markdown' | 'text'} mode */
export function begin(page, mode) {
	return page.evaluate((how) => window.begin(how), mode);
}

/**
 * Lets the text grow at its end.
 * @param {import('playwright').Page} page
 * @param {string[]} tokens
 * @param {number} perSecond
 */
export function goOn(page, tokens, perSecond) {
	return page.evaluate(([more, rate]) => window.goOn(more, rate), [tokens, perSecond]);
}
