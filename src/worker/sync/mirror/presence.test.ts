import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GONE_MS, Presence, SAY_MS } from './presence';

let devices: Map<string, Presence>;
let changes: number;

/** A device that all others in the room hear. */
function device(self: string): Presence {
	const presence = new Presence({
		self,
		broadcast: (payload) => {
			for (const [id, other] of devices) if (id !== self) other.heard(payload);
			return Promise.resolve();
		},
		changed: () => changes++,
		failed: (error) => {
			throw error;
		},
	});
	devices.set(self, presence);
	return presence;
}

beforeEach(() => {
	vi.useFakeTimers();
	devices = new Map();
	changes = 0;
});
afterEach(() => {
	for (const presence of devices.values()) presence.stop();
	vi.useRealTimers();
});

describe('which devices are there', () => {
	it('whoever comes is heard, and hears at once of those who were there before', () => {
		const laptop = device('laptop');
		const tablet = device('tablet');
		laptop.setRuns(['s1']);
		laptop.start();
		expect(laptop.others).toEqual([]);
		tablet.start();
		expect(tablet.others).toEqual([{ id: 'laptop', runs: ['s1'] }]);
		expect(laptop.others).toEqual([{ id: 'tablet', runs: [] }]);
	});

	it('what a device runs is heard as it changes, and nothing is told where nothing has', () => {
		const laptop = device('laptop');
		const tablet = device('tablet');
		laptop.start();
		tablet.start();
		laptop.setRuns(['s1']);
		expect(tablet.others).toEqual([{ id: 'laptop', runs: ['s1'] }]);
		const before = changes;
		laptop.setRuns(['s1']);
		vi.advanceTimersByTime(4 * SAY_MS);
		expect(changes).toBe(before);
	});

	it('whoever says good-bye is gone at once, whoever falls silent after a while', async () => {
		const laptop = device('laptop');
		const tablet = device('tablet');
		const phone = device('phone');
		for (const one of [laptop, tablet, phone]) one.start();
		await tablet.leave();
		expect(laptop.others).toEqual([{ id: 'phone', runs: [] }]);
		phone.stop();
		vi.advanceTimersByTime(GONE_MS + 2 * SAY_MS);
		expect(laptop.others).toEqual([]);
	});

	it('nobody is known to be there while this device can hear nobody', () => {
		const laptop = device('laptop');
		const tablet = device('tablet');
		laptop.start();
		tablet.start();
		laptop.stop();
		expect(laptop.others).toEqual([]);
		tablet.setRuns(['s1']);
		expect(laptop.others).toEqual([]);
		laptop.start();
		expect(laptop.others).toEqual([{ id: 'tablet', runs: ['s1'] }]);
	});

	it('what is no word of a device is passed over', () => {
		const laptop = device('laptop');
		laptop.start();
		const said = (value: unknown) =>
			laptop.heard(
				new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)),
			);
		for (const value of [
			'{',
			'[]',
			{},
			{ v: 2, device: 'x' },
			{ v: 1, device: 7 },
			{ v: 1, device: 'laptop' },
		])
			said(value);
		expect(laptop.others).toEqual([]);
		said({ v: 1, device: 'x', runs: [1, 's1', null] });
		expect(laptop.others).toEqual([{ id: 'x', runs: ['s1'] }]);
	});
});
