/**
 * Clients that write, go offline, crash, compact and lose frames, with a relay that knows ciphertext alone: in the
 * end all hold the same, nothing that was kept is lost, and nothing that was deleted comes back.
 */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { RoomShelf, ShelfLife } from '../../../../tests/fakes/room-store';
import { seeded } from '../../../../tests/support/seeded';
import { RoomKeys } from '../seal/room-cipher';
import { SealedRoom } from './sealed-room';

const SEEDS = process.env['SYNC_SEEDS']?.split(',').map(Number) ?? [1, 2, 3, 4, 5, 6, 7, 8];
const STEPS = Number(process.env['SYNC_STEPS'] ?? 260);

type Message =
	| { kind: 'vector'; vector: Uint8Array }
	| { kind: 'answer'; update: Uint8Array }
	| { kind: 'update'; update: Uint8Array }
	| { kind: 'ask'; n: number };

class World {
	readonly relay = new Y.Doc();
	readonly clients: Client[];
	readonly written = new Set<string>();
	readonly deleted = new Set<string>();
	readonly random: ReturnType<typeof seeded>;

	constructor(
		seed: number,
		count: number,
		readonly keys: RoomKeys,
	) {
		this.random = seeded(seed);
		this.clients = Array.from({ length: count }, (_, i) => new Client(this, `c${i}`));
		this.relay.on('update', (update: Uint8Array, origin: unknown) => {
			for (const client of this.clients)
				if (client !== origin && client.joined) client.down.push({ kind: 'update', update });
		});
	}
}

class Client {
	readonly shelf = new RoomShelf();
	room: SealedRoom | null = null;
	/** A socket is open, and the relay has had our first word. */
	online = false;
	joined = false;
	up: Message[] = [];
	down: Message[] = [];
	#store = new ShelfLife(this.shelf);
	#asked = new Map<number, () => void>();
	#n = 0;
	#name = '';

	constructor(
		readonly world: World,
		readonly name: string,
	) {}

	async start(): Promise<SealedRoom> {
		if (this.room) return this.room;
		const name = (this.#name = await this.world.keys.nameOf('session|1'));
		this.#store = new ShelfLife(this.shelf);
		const room = (this.room = await SealedRoom.load({
			room: name,
			cipher: this.world.keys.cipher(name),
			store: this.#store,
			failed: () => undefined,
		}));
		room.outer.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== this && this.online && this.room === room)
				this.up.push({ kind: 'update', update });
		});
		return room;
	}

	async connect(): Promise<void> {
		const room = await this.start();
		this.cut();
		this.online = true;
		this.up.push({ kind: 'vector', vector: Y.encodeStateVector(room.outer) });
	}

	cut(): void {
		this.online = this.joined = false;
		[this.up, this.down] = [[], []];
		this.#asked.clear();
	}

	crash(): void {
		this.#store.end();
		this.cut();
		this.room?.outer.destroy();
		this.room = null;
	}

	async write(): Promise<void> {
		const room = await this.start();
		const { world } = this;
		const key = `${this.name}-${world.written.size}`;
		const some = world.written.size > 0 && world.random.chance(0.25);
		const gone = some ? world.random.pick([...world.written]) : undefined;
		let had = false;
		try {
			await room.write(
				(inner) => {
					// Deleting what is not here yet deletes nothing.
					had = gone !== undefined && inner.getMap('m').has(gone);
					inner.getMap('m').set(key, key.length);
					inner.getArray('events').push([key]);
					if (gone !== undefined) inner.getMap('m').delete(gone);
				},
				(update) => this.#store.keep(this.#name, update),
			);
		} catch {
			return;
		}
		world.written.add(key);
		if (gone !== undefined && had) world.deleted.add(gone);
	}

	ask(): void {
		if (!this.online || !this.joined || !this.room) return;
		const n = ++this.#n;
		this.#asked.set(n, this.room.confirming());
		this.up.push({ kind: 'ask', n });
	}

	/** One frame goes through; now and then it comes twice. */
	async deliver(way: 'up' | 'down'): Promise<void> {
		const queue = this[way];
		const message = queue[0];
		if (!message) return;
		if (!this.world.random.chance(0.05) || message.kind === 'ask') queue.shift();
		if (way === 'up') this.#atRelay(message);
		else await this.#here(message);
	}

	#atRelay(message: Message): void {
		const { relay } = this.world;
		if (message.kind === 'vector') {
			this.joined = true;
			this.down.push(
				{ kind: 'answer', update: Y.encodeStateAsUpdate(relay, message.vector) },
				{ kind: 'vector', vector: Y.encodeStateVector(relay) },
			);
		} else if (message.kind === 'ask') this.down.push(message);
		else Y.applyUpdate(relay, message.update, this);
	}

	async #here(message: Message): Promise<void> {
		const room = await this.start();
		if (message.kind === 'vector')
			this.up.push({ kind: 'answer', update: Y.encodeStateAsUpdate(room.outer, message.vector) });
		else if (message.kind === 'ask') this.#asked.get(message.n)?.();
		else {
			Y.applyUpdate(room.outer, message.update, this);
			if (message.kind === 'answer') await room.synced().catch(() => undefined);
		}
	}
}

async function step(world: World): Promise<void> {
	const client = world.random.pick(world.clients);
	const dice = world.random.next();
	if (dice < 0.3) await client.write();
	else if (dice < 0.42) await client.room?.seal().catch(() => undefined);
	else if (dice < 0.74) await client.deliver(world.random.chance(0.5) ? 'up' : 'down');
	else if (dice < 0.84) await client.connect();
	else if (dice < 0.88) client.cut();
	else if (dice < 0.91) client.crash();
	else if (dice < 0.94) client.ask();
	else if (dice < 0.97) await client.room?.compact().catch(() => undefined);
	else if (dice < 0.98) client.shelf.full = !client.shelf.full;
	else if (dice < 0.985) for (const one of world.clients) one.cut();
	else if (dice < 0.99) {
		const log = world.relay.getArray('log');
		log.delete(0, log.length);
	} else world.relay.getArray('log').push([new Uint8Array([1, 0, 1, 7, 7, 7])]);
}

/** Everybody is online, and nothing is lost any more. */
async function calm(world: World): Promise<void> {
	for (const client of world.clients) {
		client.shelf.full = false;
		await client.connect();
	}
	for (let still = 0; still < 3;) {
		let moved = false;
		for (const client of world.clients) {
			await client.room?.settled();
			await client.room?.seal();
			for (const way of ['up', 'down'] as const)
				while (client[way].length > 0) {
					await client.deliver(way);
					moved = true;
				}
			await client.room?.settled();
		}
		still = moved ? 0 : still + 1;
	}
}

describe('rooms under everything that goes wrong', { timeout: 60_000 }, () => {
	it.each(SEEDS)('converge and lose nothing, seed %i', async (seed) => {
		const secrets = new Map([[1, crypto.getRandomValues(new Uint8Array(32))]]);
		const world = new World(seed, 3 + (seed % 3), new RoomKeys(secrets));
		for (let i = 0; i < STEPS; i++) await step(world);
		await calm(world);
		const [first] = world.clients;
		const events = first?.room?.inner.getArray<string>('events').toArray() ?? [];
		expect([...events].sort()).toEqual([...world.written].sort());
		for (const { room } of world.clients) {
			expect(room?.inner.getArray('events').toArray()).toEqual(events);
			const left = [...(room?.inner.getMap('m').keys() ?? [])].sort();
			expect(left).toEqual([...world.written].filter((key) => !world.deleted.has(key)).sort());
		}
		for (const client of world.clients) client.ask();
		await calm(world);
		for (const client of world.clients) {
			client.ask();
			while (client.up.length > 0) await client.deliver('up');
			while (client.down.length > 0) await client.deliver('down');
			expect(client.room?.isConfirmed).toBe(true);
		}
	});
});
