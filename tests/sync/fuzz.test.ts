/**
 * Devices that write, go offline and crash, while the relay's process is killed again and again: in the end all hold
 * the same, and neither the wire nor the relay's folder has a word of it. `SYNC_SEEDS=1,2 npx vitest run tests/sync/fuzz`
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/free-port.mjs';
import { RoomShelf } from '../fakes/room-store';
import { seeded } from '../support/seeded';
import { runRelay, tempFolder } from '../relay/support/process';
import { SyncDevice } from './support/device';
import { workspaceOf } from './support/workspace';

const SEEDS = process.env['SYNC_SEEDS']?.split(',').map(Number) ?? [1, 2];
const ROUNDS = 12;
const CANARY = 'canary-7f3a';
const ROOM = `session|${CANARY}`;

describe('devices and a relay under everything that goes wrong', { timeout: 90_000 }, () => {
	it.each(SEEDS)('converge, and nothing that was kept is lost, seed %i', async (seed) => {
		const { chance, pick, next } = seeded(seed);
		const data = tempFolder();
		const port = await freePort(42_000 + Math.floor(next() * 2000));
		const start = () => runRelay({ data, env: { RELAY_PORT: String(port) } });
		let relay = await start();
		let wire = '';
		const tap = (bytes: Uint8Array) => void (wire += Buffer.from(bytes).toString('latin1'));
		const { workspace, devices } = await workspaceOf(3 + (seed % 3), relay.url);

		const clients = await Promise.all(devices.map((device) => client(new RoomShelf(), device)));
		async function client(shelf: RoomShelf, device: (typeof devices)[number]) {
			const sync = new SyncDevice(relay.url, workspace, device, { shelf, tap });
			sync.connection.start();
			return { sync, device, shelf, room: await sync.events(ROOM) };
		}

		const said = new Set<string>();
		for (let round = 0; round < ROUNDS; round++) {
			for (const [i, { room }] of clients.entries()) {
				if (chance(0.3)) continue;
				const text = `${CANARY} ${round} of ${i}`;
				await room.say(text);
				said.add(text);
			}
			const one = pick(clients);
			const dice = next();
			if (dice < 0.3) one.sync.connection.stop();
			else if (dice < 0.5) {
				one.sync.crash();
				clients[clients.indexOf(one)] = await client(one.shelf, one.device);
			} else one.sync.connection.start();
			if (chance(0.5)) {
				relay.kill('SIGKILL');
				await relay.ended;
				relay = await start();
			} else
				await one.sync.until(() => one.sync.connection.state.kind !== 'connecting', 'in or out');
		}

		for (const { sync } of clients) sync.connection.start();
		for (const { sync, room } of clients) {
			await sync.until(() => room.read().length === said.size, 'everything');
			await sync.until(() => room.held.isConfirmed, 'confirmed');
		}
		const [first] = clients;
		const order = first?.room.read() ?? [];
		expect([...order].sort()).toEqual([...said].sort());
		for (const { room, sync } of clients) {
			expect(room.read()).toEqual(order);
			expect(sync.errors).toEqual([]);
		}
		expect(wire).not.toContain(CANARY);
		for (const name of readdirSync(data, { recursive: true, withFileTypes: true }))
			if (name.isFile())
				expect(readFileSync(join(name.parentPath, name.name)).includes(CANARY)).toBe(false);
		expect(relay.output()).not.toContain(CANARY);
	});
});
