import * as encoding from 'lib0/encoding';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import { ensureRelayBuilt } from '../../scripts/prepare.mjs';
import { ownRelay, stockRelay } from './support/running-relay.mjs';

/** Bytes of a batch, as a streaming answer makes them. */
const BATCH = 300;
const CALM = { sockets: 100, rooms: 20, everyMs: 250, seconds: 5 };
const STORM = { sockets: 200, rooms: 20, each: 100 };

/** @typedef {import('./support/running-relay.mjs').Running} Running */

/**
 * The relay, which keeps every update on the disk before it passes it on, beside a bare one that keeps nothing: both
 * with the plain protocol, in a process of their own. All clients are in this process, so its load is in both.
 * @param {import('../../scripts/bench.mjs').BenchContext} ctx
 */
export async function run({ say }) {
	await ensureRelayBuilt();
	const data = mkdtempSync(join(tmpdir(), 'muster-relay-bench-'));
	try {
		say('a relay that keeps nothing');
		const floor = await measured(await stockRelay());
		say('the relay');
		const env = { RELAY_AUTH: 'off', RELAY_RATE: '100000' };
		const own = await measured(await ownRelay(data, env));
		const row = (
			/** @type {string} */ measure,
			/** @type {keyof typeof own} */ key,
			unit = 'ms',
		) => ({
			measure,
			value: own[key],
			unit,
			floor: floor[key],
		});
		return [
			row('calm (1,600 passed on a second): from one to another, p50', 'p50'),
			row('calm: from one to another, p99', 'p99'),
			{ ...row('calm: CPU of the relay', 'calmCpu', '%'), budget: 4 },
			{ ...row('storm: time for 180,000 passed on', 'stormMs'), budget: 2.5 },
			row('storm: CPU time of the relay', 'stormCpu', 's'),
		];
	} finally {
		rmSync(data, { recursive: true, force: true });
	}
}

/** @param {Running} relay */
async function measured(relay) {
	try {
		const calm = await calmly(relay);
		const storm = await stormily(relay);
		return { ...calm, ...storm };
	} finally {
		relay.stop();
	}
}

/** @param {Running} relay */
async function calmly({ url, cpu }) {
	const crowd = await Crowd.gather(url, 'calm', CALM.sockets, CALM.rooms);
	const before = await cpu();
	const rounds = (CALM.seconds * 1000) / CALM.everyMs;
	for (let round = 0; round < rounds; round++) {
		const next = new Promise((done) => setTimeout(done, CALM.everyMs));
		for (let n = 0; n < CALM.sockets; n++) {
			// Spread over the interval, as people are.
			setTimeout(() => crowd.send(n), (n / CALM.sockets) * CALM.everyMs);
		}
		await next;
	}
	await crowd.received(rounds * CALM.sockets * (CALM.sockets / CALM.rooms - 1));
	const calmCpu = (((await cpu()) - before) / CALM.seconds) * 100;
	const times = crowd.times.sort((a, b) => a - b);
	crowd.leave();
	return { p50: at(times, 0.5), p99: at(times, 0.99), calmCpu };
}

/** @param {Running} relay */
async function stormily({ url, cpu }) {
	const crowd = await Crowd.gather(url, 'storm', STORM.sockets, STORM.rooms);
	const [began, before] = [performance.now(), await cpu()];
	for (let n = 0; n < STORM.each; n++)
		for (let socket = 0; socket < STORM.sockets; socket++) crowd.send(socket);
	await crowd.received(STORM.sockets * STORM.each * (STORM.sockets / STORM.rooms - 1));
	const stormMs = performance.now() - began;
	const stormCpu = (await cpu()) - before;
	crowd.leave();
	return { stormMs, stormCpu };
}

/** Sockets in rooms, each with a document of its own that it appends to. */
class Crowd {
	/** @type {number[]} ms from one to another */
	times = [];
	/** @type {number[]} */
	#sentAt = [];
	/** @type {{ ws: WebSocket, doc: Y.Doc }[]} */
	#members = [];
	#expected = Infinity;
	#all = () => {};

	/**
	 * @param {string} url
	 * @param {string} name
	 * @param {number} sockets
	 * @param {number} rooms
	 */
	static async gather(url, name, sockets, rooms) {
		const crowd = new Crowd();
		for (let n = 0; n < sockets; n++) {
			const ws = new WebSocket(`${url}/${name}-${n % rooms}`);
			const doc = new Y.Doc();
			doc.on('update', (update) => {
				const to = encoding.createEncoder();
				encoding.writeVarUint(to, 0);
				sync.writeUpdate(to, update);
				ws.send(encoding.toUint8Array(to));
			});
			crowd.#members.push({ ws, doc });
			await new Promise((done) => ws.once('open', done));
			ws.on('message', (data) => crowd.#take(/** @type {Buffer} */ (data)));
		}
		return crowd;
	}

	/** @param {number} member */
	send(member) {
		const batch = Buffer.alloc(BATCH, 1);
		batch.writeUInt32BE(this.#sentAt.length, BATCH - 4);
		this.#sentAt.push(performance.now());
		this.#members[member]?.doc.getArray('log').push([new Uint8Array(batch)]);
	}

	/** @param {number} count @returns {Promise<void>} */
	received(count) {
		this.#expected = count;
		return new Promise((done) => {
			this.#all = done;
			if (this.times.length >= count) done();
		});
	}

	leave() {
		for (const { ws } of this.#members) ws.terminate();
	}

	/** @param {Buffer} message an update ends with its content and an empty set of deletions */
	#take(message) {
		if (message.length < BATCH) return;
		this.times.push(
			performance.now() - (this.#sentAt[message.readUInt32BE(message.length - 5)] ?? 0),
		);
		if (this.times.length === this.#expected) this.#all();
	}
}

/** @param {number[]} sorted @param {number} part */
const at = (sorted, part) => sorted[Math.floor((sorted.length - 1) * part)] ?? NaN;
