// How fast devices hear of each other, beside stock clients of y-websocket that do the same.
//
// Real: two browsers with profiles of their own on the disk, and so two databases; the code of the app's worker from the
// journal to the socket; the relay as it is built, in a process of its own, with its store on the disk. Not real: that
// code runs in an otherwise empty page and not in a worker beside the app's screens; nothing runs sessions, so logs are
// written by the bench; and all of it shares one machine, its cores and its disk. "Far away" is a line between client and
// relay that takes 25 ms each way, without loss or narrowness.
//
// The floor is y-websocket's own client with plain documents against a relay that keeps nothing (support/stock-relay.mjs):
// nothing sealed, nothing on a disk on the way from one to another. Where rows have to be in a database, its client puts
// them into a table without any index, in one write. A log has a room there, and a room a socket, as stock clients have
// them; four at once.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { ensureRelayBuilt } from '../../scripts/prepare.mjs';
import { root } from '../../scripts/sources.mjs';
import { farAway } from './support/far-away.mjs';
import { ownRelay, stockRelay } from './support/running-relay.mjs';

const EVENTS = 120;
/** Between two events, at least and at most, ms: a model that works, and calls tools. */
const BETWEEN = [300, 700];
const CATALOGUES = [1_000, 10_000];
const LOGS = 1_000;
const FAR_MS = 25;
/** A browser opens the sockets of one host one after the other, so more at once would gain nothing. */
const STOCK_AT_ONCE = 4;
const INVITE = 'for-benches-alone';

/** @typedef {import('../../scripts/bench.mjs').BenchContext} BenchContext */
/** @typedef {import('../../scripts/bench.mjs').Row} Row */
/** @typedef {import('./pages/sync/main.ts').SyncPage} SyncPage */
/** @typedef {{ here: import('playwright').Page, there: import('playwright').Page, relay: string, far: string, stock: string, farStock: string }} Stage */

/** @type {Record<string, (stage: Stage, ctx: BenchContext) => Promise<Row[]>>} */
const parts = { live, catalogues, backfill };

/** Alone: `MUSTER_BENCH_SYNC=live,catalogues,backfill`. @param {BenchContext} ctx @returns {Promise<Row[]>} */
export async function run(ctx) {
	await ensureRelayBuilt();
	const names = process.env.MUSTER_BENCH_SYNC?.split(',') ?? Object.keys(parts);
	/** @type {Row[]} */
	const rows = [];
	await onStage(ctx, async (stage) => {
		for (const name of names) {
			ctx.say(`sync: ${name}`);
			rows.push(...((await parts[name]?.(stage, ctx)) ?? []));
		}
	});
	return rows;
}

/** An event of one device, until a screen of the other can read it. @param {Stage} stage @returns {Promise<Row[]>} */
async function live(stage) {
	const { here, there, relay, stock } = stage;
	const statements = await workspace(stage);
	await call(here, 'start', 'here', relay, statements);
	await call(there, 'start', 'there', relay, statements);
	const session = await call(here, 'beginSession');
	await call(there, 'watch', session);
	await call(there, 'hasRow', session);
	const own = [];
	for (let n = 0; n < EVENTS; n++) {
		const { id, at } = await call(here, 'append', session, n);
		own.push((await call(there, 'readAt', id)) - at);
		await pause(BETWEEN);
	}
	await stopped(here, there);
	await call(here, 'stock.join', stock, 'live');
	await call(there, 'stock.join', stock, 'live');
	const floor = [];
	for (let n = 0; n < EVENTS; n++) {
		const at = await call(here, 'stock.set', `key-${n}`);
		floor.push((await call(there, 'stock.heardAt', `key-${n}`)) - at);
		await pause(BETWEEN);
	}
	await Promise.all([here, there].map((page) => call(page, 'stock.leave')));
	return [0.5, 0.99].map((part) => ({
		measure: `sync: an event from device to device, p${part * 100}`,
		value: quantile(own, part),
		unit: 'ms',
		floor: quantile(floor, part),
	}));
}

/**
 * A device that has just joined: until all rows are in its database, and what they weigh in its memory then.
 * @param {Stage} stage
 * @param {BenchContext} ctx
 * @returns {Promise<Row[]>}
 */
async function catalogues(stage, { say }) {
	const { here, there, relay, stock } = stage;
	/** @type {Row[]} */
	const rows = [];
	for (const count of CATALOGUES) {
		const statements = await workspace(stage);
		await call(here, 'fillCatalogues', relay, statements, count);
		const before = await heap(there);
		const from = await call(there, 'start', 'there', relay, statements);
		const value = (await call(there, 'hasRows', count)) - from;
		say(`${count} rows in ${Math.round(value)} ms`);
		const named = count.toLocaleString('en');
		if (count === CATALOGUES.at(-1)) {
			await call(there, 'isQuiet');
			const weight = (await heap(there)) - before;
			await stopped(there);
			rows.push(await stockHeap(stage, count, weight));
		} else await stopped(there);
		await call(here, 'stock.fill', stock, `catalogue-${count}`, count);
		const floor = await call(there, 'stock.rowsFetched', stock, `catalogue-${count}`);
		rows.push({ measure: `sync: ${named} rows on a new device`, value, unit: 'ms', floor });
	}
	return rows;
}

/** @param {Stage} stage @param {number} count @param {number} value @returns {Promise<Row>} */
async function stockHeap({ here, there, stock }, count, value) {
	await call(here, 'stock.fill', stock, `catalogue-${count}`, count);
	const before = await heap(there);
	await call(there, 'stock.join', stock, `catalogue-${count}`);
	const floor = (await heap(there)) - before;
	await call(there, 'stock.leave');
	const named = count.toLocaleString('en');
	return { measure: `sync: heap of ${named} sessions in catalogues`, value, unit: 'MB', floor };
}

/** A device far away from the relay, which fetches every log. @param {Stage} stage @param {BenchContext} ctx @returns {Promise<Row[]>} */
async function backfill(stage, { say }) {
	const { here, there, relay, far, stock, farStock } = stage;
	const statements = await workspace(stage);
	const told = await call(here, 'author', relay, statements, LOGS);
	say(`${LOGS} sessions told in ${Math.round(told)} ms`);
	await call(there, 'start', 'there', far, statements);
	const from = await call(there, 'hasRows', 1);
	const took = (await call(there, 'hasEvents', await call(here, 'events'))) - from;
	await stopped(here, there);
	const rooms = await call(here, 'stock.fillRooms', stock, LOGS);
	const floor = await call(there, 'stock.roomsFetched', farStock, rooms, STOCK_AT_ONCE);
	return [
		{
			measure: `sync: ${LOGS} logs back-filled at ${FAR_MS} ms, from the first row on`,
			value: took,
			unit: 'ms',
			floor,
		},
		{
			measure: `sync: the same, rooms a second (aim: 1,000)`,
			value: (LOGS / took) * 1000,
			unit: 'rooms/s',
			floor: (LOGS / floor) * 1000,
		},
		{
			measure: `sync: ${LOGS} logs told to a relay beside it`,
			value: (LOGS / told) * 1000,
			unit: 'rooms/s',
		},
	];
}

/** A workspace of both pages' devices. @param {Stage} stage */
async function workspace({ here, there, relay }) {
	const other = await call(there, 'publicKeys');
	return call(here, 'begin', relay, { invite: INVITE, other });
}

/** Fails where a device had met with an error. @param {import('playwright').Page[]} pages */
async function stopped(...pages) {
	for (const page of pages) {
		const errors = await call(page, 'stop');
		if (errors.length > 0) throw new Error(errors.join('\n'));
	}
}

/** MB of a page once what nobody needs is gone. @param {import('playwright').Page} page */
async function heap(page) {
	const session = await page.context().newCDPSession(page);
	await session.send('HeapProfiler.collectGarbage');
	const usage = await session.send('Runtime.getHeapUsage');
	await session.detach();
	return (usage.usedSize + (Reflect.get(usage, 'backingStorageSize') ?? 0)) / 1e6;
}

/**
 * Calls a function of a page.
 * @param {import('playwright').Page} page
 * @param {string} name
 * @param {...unknown} args
 * @returns {Promise<any>}
 */
function call(page, name, ...args) {
	return page.evaluate(
		([name, args]) => {
			const path = /** @type {string} */ (name).split('.');
			const it = path.reduce((found, key) => Reflect.get(found, key), Reflect.get(window, 'sync'));
			return it(.../** @type {unknown[]} */ (args));
		},
		[name, args],
	);
}

/** @param {BenchContext} ctx @param {(stage: Stage) => Promise<void>} work */
async function onStage(ctx, work) {
	const data = mkdtempSync(join(tmpdir(), 'muster-sync-bench-'));
	/** @type {(() => void)[]} */
	const stops = [() => rmSync(data, { recursive: true, force: true })];
	try {
		const script = await bundle();
		const server = createServer((_, response) =>
			response
				.writeHead(200, { 'content-type': 'text/html' })
				.end('<!doctype html><title>-</title>'),
		).listen(0, '127.0.0.1');
		stops.unshift(() => server.close());
		const relay = await ownRelay(data, { RELAY_ADMIT: 'invite', RELAY_INVITES: INVITE });
		stops.unshift(relay.stop);
		const stock = await stockRelay();
		stops.unshift(stock.stop);
		const far = await farAway(relay.port, FAR_MS);
		const farStock = await farAway(stock.port, FAR_MS);
		stops.unshift(far.stop, farStock.stop);
		const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
		const opened = async () => {
			const page = await ctx.page();
			page.on('pageerror', (error) => ctx.say(String(error)));
			page.on('console', (message) => message.type() === 'error' && ctx.say(message.text()));
			await page.goto(`http://127.0.0.1:${port}/`);
			await page.addScriptTag({ content: script });
			return page;
		};
		await work({
			here: await opened(),
			there: await opened(),
			relay: `${relay.url}/sync`,
			far: `ws://127.0.0.1:${far.port}/sync`,
			stock: stock.url,
			farStock: `ws://127.0.0.1:${farStock.port}`,
		});
	} finally {
		for (const stop of stops) stop();
	}
}

async function bundle() {
	const entry = fileURLToPath(new URL('pages/sync/main.ts', import.meta.url));
	const made = await build({
		configFile: false,
		logLevel: 'error',
		resolve: { alias: { $lib: join(root, 'src/lib') } },
		// As it is written, so that a profile of it can be read.
		build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'bench' } },
	});
	const output = Array.isArray(made) ? made[0]?.output : 'output' in made ? made.output : undefined;
	const chunk = output?.[0];
	if (chunk?.type !== 'chunk') throw new Error('The page was not built');
	return chunk.code;
}

/** @param {number[]} between least and most, ms */
const pause = ([least = 0, most = 0]) =>
	new Promise((done) => setTimeout(done, least + Math.random() * (most - least)));

/** @param {number[]} times @param {number} part */
function quantile(times, part) {
	const sorted = [...times].sort((a, b) => a - b);
	return sorted[Math.floor((sorted.length - 1) * part)] ?? NaN;
}
