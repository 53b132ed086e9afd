import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { RoomShelf, ShelfLife } from '../../../../tests/fakes/room-store';
import { RoomKeys } from '../seal/room-cipher';
import { SealedRoom } from './sealed-room';

const first = new Map([[1, new Uint8Array(32).fill(1)]]);
const keys = new RoomKeys(first);
const rotated = new RoomKeys(new Map([...first, [2, new Uint8Array(32).fill(2)]]));
let shelf: RoomShelf;
let errors: unknown[];

beforeEach(() => {
	shelf = new RoomShelf();
	errors = [];
});

async function open(of = shelf, { cipher } = { cipher: keys.cipher('room') }) {
	const store = new ShelfLife(of);
	const failed = (error: unknown) => void errors.push(error);
	const room = await SealedRoom.load({ room: 'room', cipher, store, failed });
	const write = (...texts: string[]) =>
		room.write(
			(inner) => inner.getArray('events').push(texts),
			(update) => store.keep('room', update),
		);
	const events = () => room.inner.getArray<string>('events').toArray();
	return { room, write, events, store };
}

/** Everything that one room has goes to another. */
async function send(from: SealedRoom, to: SealedRoom): Promise<void> {
	Y.applyUpdate(to.outer, Y.encodeStateAsUpdate(from.outer, Y.encodeStateVector(to.outer)), 'wire');
	await to.settled();
}

const log = (room: SealedRoom) => room.outer.getArray<Uint8Array>('log');

describe('a sealed room', () => {
	it('has what was written after the next start, sealed or not', async () => {
		const { room, write } = await open();
		await write('one');
		await room.seal();
		await write('two');
		const again = await open();
		expect(again.events()).toEqual(['one', 'two']);
		expect(again.room.isConfirmed).toBe(false);
	});

	it('seals what was written since into one batch', async () => {
		const { room, write } = await open();
		for (const text of ['one', 'two', 'three']) await write(text);
		expect(room.size).toBe(0);
		await room.seal();
		expect(room.size).toBe(1);
		await room.seal();
		expect(room.size).toBe(1);
	});

	it('is as before when a change could not be kept', async () => {
		const { room, write, events } = await open();
		await write('one');
		shelf.full = true;
		await expect(write('two')).rejects.toThrow('The disk is full');
		expect(events()).toEqual(['one']);
		shelf.full = false;
		await write('three');
		await room.seal();
		expect((await open()).events()).toEqual(['one', 'three']);
	});

	it('gives another device what it holds', async () => {
		const one = await open();
		const other = await open(new RoomShelf());
		await one.write('said');
		await one.room.seal();
		await send(one.room, other.room);
		expect(other.events()).toEqual(['said']);
	});

	it('sends a change longer than a batch in pieces [5.5]', async () => {
		const one = await open();
		const store = new RoomShelf();
		const other = await open(store);
		const noise = Array.from({ length: 30_000 }, () => crypto.randomUUID()).join('');
		await one.write(noise);
		await one.room.seal();
		expect(one.room.size).toBeGreaterThan(2);
		await send(one.room, other.room);
		expect(other.events()).toEqual([noise]);
		expect((await open(store)).events()).toEqual([noise]);
		await other.room.synced();
		expect(other.room.size).toBe(one.room.size);
	});

	it('keeps what it can not open, reports it, and reads on [5.6]', async () => {
		const one = await open();
		const other = await open(new RoomShelf());
		await one.write('before');
		await one.room.seal();
		const [said] = log(one.room).toArray();
		const foreign = await keys.cipher('another').seal(new Uint8Array([1, 0, 0]));
		const truncated = (said ?? new Uint8Array()).slice(0, 40);
		const newer = new Uint8Array([3, ...(said ?? []).slice(1)]);
		const nonsense = await keys.cipher('room').seal(new Uint8Array([1, 255, 255, 255, 255]));
		log(one.room).push([foreign, truncated, newer, nonsense]);
		await one.write('after');
		await one.room.seal();
		await send(one.room, other.room);
		expect(other.events()).toEqual(['before', 'after']);
		expect([...other.room.unread]).toEqual([
			['check', 2],
			['version', 1],
			['damaged', 1],
		]);
		expect(other.room.size).toBe(6);
		expect(errors).toEqual([]);
	});

	it('says the same when a batch comes twice', async () => {
		const one = await open();
		const other = await open(new RoomShelf());
		await one.write('said');
		await one.room.seal();
		log(one.room).push(
			log(one.room)
				.toArray()
				.map((bytes) => bytes.slice()),
		);
		await send(one.room, other.room);
		expect(other.events()).toEqual(['said']);
	});

	it('reads a newer epoch once there is its secret', async () => {
		const one = await open(new RoomShelf(), { cipher: rotated.cipher('room') });
		let cipher = keys.cipher('room');
		const late = { seal: cipher.seal, open: (batch: Uint8Array) => cipher.open(batch) };
		const other = await open(shelf, { cipher: late });
		await one.write('secret');
		await one.room.seal();
		await send(one.room, other.room);
		expect(other.events()).toEqual([]);
		expect([...other.room.unread]).toEqual([['epoch', 1]]);
		cipher = rotated.cipher('room');
		await other.room.reopen();
		expect(other.events()).toEqual(['secret']);
	});

	it('gives back what somebody takes out of the room [6.3]', async () => {
		const one = await open();
		const other = await open(new RoomShelf());
		await one.write('mine');
		await one.room.seal();
		await other.write('theirs');
		await other.room.seal();
		await send(one.room, other.room);
		await send(other.room, one.room);
		log(one.room).delete(0, 2);
		await one.room.settled();
		expect(one.room.size).toBe(1);
		const newcomer = await open(new RoomShelf());
		await send(one.room, newcomer.room);
		expect(newcomer.events().sort()).toEqual(['mine', 'theirs']);
	});

	it('has everything after a crash that comes between a theft and its mending', async () => {
		const one = await open();
		await one.write('mine');
		await one.room.seal();
		shelf.full = true;
		log(one.room).delete(0, 1);
		await one.room.settled();
		expect(errors).not.toEqual([]);
		one.store.end();
		shelf.full = false;
		const again = await open();
		expect(again.events()).toEqual(['mine']);
	});

	it('becomes one snapshot when it has many batches, all confirmed [6.2]', async () => {
		const { room, write, events } = await open();
		for (let i = 0; i < 70; i++) {
			await write(`event ${i}`);
			await room.seal();
		}
		expect(await room.compact()).toBe(false);
		room.confirming()();
		expect(room.isConfirmed).toBe(true);
		expect(await room.compact()).toBe(true);
		expect(room.size).toBe(1);
		expect(room.isConfirmed).toBe(false);
		expect(events()).toHaveLength(70);
		expect((await open()).events()).toHaveLength(70);
	});

	it('keeps what is written, sealed and confirmed apart [3.3]', async () => {
		const { room, write } = await open();
		expect(room.isConfirmed).toBe(true);
		await write('one');
		await room.seal();
		const confirmed = room.confirming();
		await write('two');
		await room.seal();
		confirmed();
		expect(room.isConfirmed).toBe(false);
		room.confirming()();
		expect(room.isConfirmed).toBe(true);
		await room.settled();
		expect((await open()).room.isConfirmed).toBe(true);
	});
});
