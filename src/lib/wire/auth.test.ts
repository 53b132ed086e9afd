import { describe, expect, it } from 'vitest';
import { authText, dialledHost, signAuth, verifyAuth } from './auth';
import { newDevice } from './device';

describe('[2.3] what a device signs', () => {
	it.each([
		['wss://Relay.Example/sync', 'relay.example'],
		['wss://relay.example:443/sync', 'relay.example'],
		['wss://relay.example:8443/sync', 'relay.example:8443'],
		['ws://relay.example:80/sync', 'relay.example'],
		['ws://localhost:4173/sync', 'localhost:4173'],
		['ws://[::1]:4173/sync', '[::1]:4173'],
	])('for %s names the host %s', (address, host) => {
		expect(dialledHost(address)).toBe(host);
	});

	it('is host, workspace, device and nonce, and holds for no other', async () => {
		const device = await newDevice();
		const nonce = new Uint8Array(32).fill(7);
		const claim = { host: 'localhost:4173', workspace: 'w', device: device.id, nonce };
		expect(authText(claim)).toBe(
			`muster relay 1|localhost:4173|w|${device.id}|${Buffer.from(nonce).toString('base64url')}`,
		);
		const signature = await signAuth(device.signKey, claim);
		expect(await verifyAuth(device.keys.sign, claim, signature)).toBe(true);
		const others = [
			{ host: 'a' },
			{ workspace: 'v' },
			{ device: 'd' },
			{ nonce: new Uint8Array(32) },
		];
		for (const other of others)
			expect(await verifyAuth(device.keys.sign, { ...claim, ...other }, signature)).toBe(false);
		expect(await verifyAuth(device.keys.sign, claim, signature.slice(1))).toBe(false);
		expect(await verifyAuth('no key', claim, signature)).toBe(false);
	});
});
