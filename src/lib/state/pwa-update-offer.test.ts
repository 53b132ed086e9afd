import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { UpdateOffer } from './pwa-update-offer.svelte';

function setting(running: number) {
	const world = { updateReady: true, running: Array<number>(running).fill(0), applied: 0 };
	const update = {
		get updateReady() {
			return world.updateReady;
		},
		apply: async () => void world.applied++,
	};
	return { world, offer: new UpdateOffer(update, world) };
}

test('nothing is replaced before the person takes it', () => {
	const { world, offer } = setting(0);
	offer.settle();
	expect([offer.shown, world.applied]).toEqual([true, 0]);
});

test('with everything at rest it is applied when it is taken', () => {
	const { world, offer } = setting(0);
	offer.take();
	expect(world.applied).toBe(1);
});

test('while a session runs, a taken update waits, and comes when the last one rests', () => {
	const { world, offer } = setting(2);
	offer.take();
	expect([offer.waits, world.applied]).toEqual([true, 0]);
	world.running.pop();
	offer.settle();
	expect(world.applied).toBe(0);
	world.running.pop();
	offer.settle();
	expect(world.applied).toBe(1);
});

test('who insists gets it at once', async () => {
	const { world, offer } = setting(2);
	offer.take();
	await offer.insist();
	expect(world.applied).toBe(1);
});

test('put off, it is not shown again and does not come by itself', () => {
	const { world, offer } = setting(1);
	offer.take();
	offer.later();
	flushSync();
	world.running.pop();
	offer.settle();
	expect([offer.shown, offer.ready, world.applied]).toEqual([false, true, 0]);
});
