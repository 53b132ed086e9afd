import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RegisterSWOptions } from 'vite-plugin-pwa/types';
import { PwaUpdate } from './pwa-update.svelte';

let options: RegisterSWOptions = {};
let activated: (boolean | undefined)[] = [];
let container = new EventTarget();
const register = (given: RegisterSWOptions) => {
	options = given;
	return async (reload?: boolean) => void activated.push(reload);
};

beforeEach(() => {
	activated = [];
	container = new EventTarget();
	vi.stubGlobal('navigator', { serviceWorker: container, onLine: true });
});
afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

test('a new version waits until it is applied', async () => {
	const update = new PwaUpdate();
	await update.start(async () => register);
	expect(update.updateReady).toBe(false);
	options.onNeedRefresh?.();
	expect(update.updateReady).toBe(true);
	expect(activated).toEqual([]);
	await update.apply();
	expect(activated).toEqual([true]);
});

describe('a taken version reloads the page', () => {
	let reloads = 0;
	/** An update that has been offered, with `waiting` in the registration. */
	async function offered(waiting: ServiceWorker | null): Promise<PwaUpdate> {
		reloads = 0;
		vi.stubGlobal('addEventListener', () => undefined);
		const update = new PwaUpdate(() => void reloads++);
		await update.start(async () => register);
		options.onRegisteredSW?.('/sw.js', { waiting } as ServiceWorkerRegistration);
		options.onNeedRefresh?.();
		return update;
	}

	test('at once, where it had nobody to wait for', async () => {
		const update = await offered(null);
		await update.apply();
		expect(reloads).toBe(1);
	});

	test('once it has taken over, where no worker controls the page', async () => {
		const waiting = Object.assign(new EventTarget(), { state: 'installed' });
		const update = await offered(waiting as unknown as ServiceWorker);
		await update.apply();
		expect(reloads).toBe(0);
		waiting.state = 'activated';
		waiting.dispatchEvent(new Event('statechange'));
		expect(reloads).toBe(1);
	});

	test('that was taken in another tab', async () => {
		await offered(new EventTarget() as ServiceWorker);
		container.dispatchEvent(new Event('controllerchange'));
		expect(reloads).toBe(1);
	});
});

test('it says once that the app is stored on this device', async () => {
	const update = new PwaUpdate();
	await update.start(async () => register);
	options.onOfflineReady?.();
	expect({ offline: update.offlineReady, update: update.updateReady }).toEqual({
		offline: true,
		update: false,
	});
});

test('without service workers there is nothing to register, and apply does nothing', async () => {
	vi.stubGlobal('navigator', {});
	const update = new PwaUpdate();
	await update.start(() => Promise.reject(new Error('not asked')));
	await update.apply();
	expect(update.updateReady).toBe(false);
});

test('it looks for a new version every hour and when the network is back, until stopped', async () => {
	vi.useFakeTimers();
	const page = new EventTarget();
	vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
	vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
	const look = vi.fn(async () => undefined);
	const stop = await new PwaUpdate().start(async () => register);
	options.onRegisteredSW?.('/sw.js', { update: look } as unknown as ServiceWorkerRegistration);
	vi.advanceTimersByTime(2 * 60 * 60 * 1000);
	expect(look).toHaveBeenCalledTimes(2);
	page.dispatchEvent(new Event('online'));
	expect(look).toHaveBeenCalledTimes(3);
	stop();
	vi.advanceTimersByTime(60 * 60 * 1000);
	page.dispatchEvent(new Event('online'));
	expect(look).toHaveBeenCalledTimes(3);
});
