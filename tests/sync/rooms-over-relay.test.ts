import { describe, expect, it } from 'vitest';
import { encodeStatement } from '../../src/lib/wire/statement';
import { heldStore, startRelay } from '../relay/support/relay';
import { RoomShelf } from '../fakes/room-store';
import { SyncDevice } from './support/device';
import { workspaceOf } from './support/workspace';

const ROOM = 'session|01J0000000';

async function two(url: string, options: ConstructorParameters<typeof SyncDevice>[3] = {}) {
	const { workspace, devices } = await workspaceOf(2, url);
	const [one, other] = devices.map((device) => new SyncDevice(url, workspace, device, options));
	if (!one || !other) throw new Error('There are no devices');
	for (const { connection } of [one, other]) connection.start();
	return { workspace, one, other };
}

describe('rooms over a relay', () => {
	it('show on one device what was said on the other, and both know it is kept', async () => {
		const { one, other } = await two((await startRelay()).url);
		const here = await one.events(ROOM);
		const there = await other.events(ROOM);
		await here.say('said');
		await other.until(() => there.read().length === 1, 'heard');
		expect(there.read()).toEqual(['said']);
		await there.say('answered');
		await one.until(() => here.read().length === 2, 'answered');
		await one.until(() => here.held.isConfirmed, 'confirmed');
		await other.until(() => there.held.isConfirmed, 'confirmed there');
		expect([...one.errors, ...other.errors]).toEqual([]);
	});

	it('are not confirmed before the relay has committed [3.2]', async () => {
		const { store, hold, release } = heldStore();
		let sent = 0;
		const tap = (bytes: Uint8Array) => void (sent += bytes.length > 200 ? 1 : 0);
		const { one, other } = await two((await startRelay({ store })).url, { tap });
		const here = await one.events(ROOM);
		const there = await other.events(ROOM);
		await one.until(() => here.held.isSynced, 'in the room');
		await other.until(() => there.held.isSynced, 'in the room');
		hold();
		sent = 0;
		await here.say(Array.from({ length: 10 }, () => crypto.randomUUID()).join());
		await one.until(() => sent > 0, 'sent');
		expect(here.held.isConfirmed).toBe(false);
		expect(there.read()).toEqual([]);
		release();
		await one.until(() => here.held.isConfirmed, 'confirmed');
		await other.until(() => there.read().length === 1, 'heard');
	});

	it('take on what was said offline, more than a frame of it [3.3]', async () => {
		const relay = await startRelay();
		const { one, other } = await two(relay.url);
		one.connection.stop();
		const here = await one.events(ROOM);
		const noise = Array.from({ length: 6 }, () =>
			Array.from({ length: 11_000 }, () => crypto.randomUUID()).join(''),
		);
		for (const text of noise) await here.say(text);
		expect(here.held.isConfirmed).toBe(false);
		one.connection.start();
		const there = await other.events(ROOM);
		await other.until(() => there.read().length === noise.length, 'all of it');
		expect(there.read()).toEqual(noise);
		await one.until(() => here.held.isConfirmed, 'confirmed');
		expect([...one.closings, ...other.closings]).toEqual([]);
	}, 30_000);

	it('come back after the relay was away', async () => {
		const { store } = heldStore();
		const relay = await startRelay({ store });
		const { one } = await two(relay.url);
		const here = await one.events(ROOM);
		await here.say('before');
		await one.until(() => here.held.isConfirmed, 'confirmed');
		await relay.close();
		await one.until(() => one.connection.state.kind === 'waiting', 'cut off');
		await here.say('meanwhile');
		expect(here.read()).toEqual(['before', 'meanwhile']);
		expect(here.held.isConfirmed).toBe(false);
	});

	it('remember over a restart that something is not confirmed', async () => {
		const shelf = new RoomShelf();
		const { workspace, devices } = await workspaceOf(1, (await startRelay()).url);
		const [device] = devices;
		if (!device) throw new Error('There is no device');
		const nowhere = 'ws://localhost:1/sync';
		const one = new SyncDevice(nowhere, workspace, device, { shelf });
		const here = await one.events(ROOM);
		await here.say('unsent');
		here.held.release();
		await one.stop();
		const again = new SyncDevice(nowhere, workspace, device, { shelf });
		const later = await again.events(ROOM);
		expect(later.read()).toEqual(['unsent']);
		expect(later.held.isConfirmed).toBe(false);
	});

	it('pass sealed words on to those who are there, and keep them nowhere [2.9]', async () => {
		const { one, other } = await two((await startRelay()).url);
		const here = await one.events(ROOM);
		const there = await other.events(ROOM);
		await other.until(() => there.held.isSynced, 'in the room');
		await one.until(() => here.held.isSynced, 'in the room');
		await here.held.broadcast(new TextEncoder().encode('writing'));
		await other.until(() => other.broadcasts.length === 1, 'heard');
		expect(other.broadcasts).toEqual(['writing']);
	});

	it('are nothing but cipher on the wire', async () => {
		let wire = '';
		const tap = (bytes: Uint8Array) => void (wire += Buffer.from(bytes).toString('latin1'));
		const { one, other } = await two((await startRelay()).url, { tap });
		const here = await one.events('session|canary-room');
		const there = await other.events('session|canary-room');
		await here.say('canary-7f3a said');
		await other.until(() => there.read().length === 1, 'heard');
		await one.until(() => here.held.isConfirmed, 'confirmed');
		expect(wire.length).toBeGreaterThan(300);
		expect(wire).not.toContain('canary');
	});

	it('are closed to a device that was removed, which is told so [2.6]', async () => {
		const { workspace, one, other } = await two((await startRelay()).url);
		for (const { connection, until } of [one, other])
			await until(() => connection.state.kind === 'ready', 'ready');
		const removing = await workspace.removing(one.device, other.device);
		expect(await one.connection.append(encodeStatement(removing))).toMatchObject({ result: 0 });
		await other.until(() => other.connection.state.kind === 'stopped', 'stopped');
		expect(other.connection.state).toMatchObject({ closing: { code: 4401 } });
	});
});
