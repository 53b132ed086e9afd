/** What every store of rooms keeps its word on. */
import { expect, it } from 'vitest';
import type { RoomStore } from '../../src/worker/sync/rooms/room-store';

type Keeping = RoomStore & { keep(room: string, update: Uint8Array): Promise<number> };

const bytes = (...values: number[]) => new Uint8Array(values);

/** @param open the store as it is found after a restart, with all that was kept before */
export function roomStoreContract(open: () => Keeping): void {
	it('knows nothing of a room it never heard of', async () => {
		expect(await open().load('none')).toEqual({ outer: [], pending: [], unconfirmed: false });
	});

	it('keeps what came and what was made in the order of the writes, each room by itself', async () => {
		const store = open();
		await store.keepCame('a', bytes(1));
		await store.keepCame('b', bytes(9));
		await store.keepMade('a', bytes(2), []);
		await store.keepCame('a', bytes(3));
		expect((await open().load('a')).outer).toEqual([bytes(1), bytes(2), bytes(3)]);
		expect((await open().load('b')).outer).toEqual([bytes(9)]);
	});

	it('gives changes numbers, and takes away those that a batch carries', async () => {
		const store = open();
		const first = await store.keep('a', bytes(1));
		const second = await store.keep('a', bytes(2));
		await store.keep('b', bytes(3));
		expect(second).toBeGreaterThan(first);
		await store.keepMade('a', bytes(7), [first]);
		expect((await open().load('a')).pending).toEqual([{ n: second, update: bytes(2) }]);
		expect((await open().load('b')).pending).toHaveLength(1);
	});

	it('remembers that something made here is unconfirmed until it is confirmed', async () => {
		const store = open();
		await store.keepMade('a', bytes(1), []);
		expect((await open().load('a')).unconfirmed).toBe(true);
		await store.keepConfirmed('a');
		expect((await open().load('a')).unconfirmed).toBe(false);
		await store.keepMade('a', bytes(2), []);
		expect((await open().load('a')).unconfirmed).toBe(true);
	});

	it('puts one update in the place of the first ones, before what came meanwhile', async () => {
		const store = open();
		for (const n of [1, 2, 3, 4]) await store.keepCame('a', bytes(n));
		await store.foldOuter('a', 3, bytes(123));
		await store.keepCame('a', bytes(5));
		expect((await open().load('a')).outer).toEqual([bytes(123), bytes(4), bytes(5)]);
	});
}
