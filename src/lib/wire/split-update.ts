import * as Y from 'yjs';
import { concat, MalformedError, type Bytes } from './bytes';
import { Writer } from './reader';

type Struct = Y.Item | Y.GC | Y.Skip;

/** Structs of one client that follow each other. */
interface Run {
	readonly clock: number;
	readonly structs: Bytes[];
}

/** Structs of one client that are not in a piece yet. */
interface Queue {
	readonly structs: readonly Struct[];
	at: number;
	/** All before this is in a piece, or was no part of the update. */
	clock: number;
}

/**
 * One Yjs update as several, to be applied one after the other: so that none is longer than a frame may be, and a slow
 * line shows signs of life. Each piece needs only what is in the ones before it, or what the update itself needed.
 * @param update in Yjs' first encoding
 * @param most bytes a piece should have; one that holds a single larger value has more
 * @returns at least one
 * @throws {MalformedError} where a long update can't be read
 */
export function splitUpdate(update: Uint8Array, most: number): Bytes[] {
	if (update.length <= most) return [update as Bytes];
	const { structs, ds } = read(update);
	const pieces = new Pieces(most);
	const queues = new Map<number, Queue>();
	for (const struct of structs) {
		const { client, clock } = struct.id;
		const queue = queues.get(client);
		if (queue) (queue.structs as Struct[]).push(struct);
		else queues.set(client, { structs: [struct], at: 0, clock });
	}
	while (queues.size) {
		let moved = false;
		for (const [client, queue] of queues) moved = take(queue, queues, pieces, client) || moved;
		// Only what nobody writes depends on itself: then any order is as good.
		if (!moved) for (const [client, queue] of queues) take(queue, new Map(), pieces, client);
	}
	for (const [client, ranges] of ds.clients)
		for (const { clock, len } of ranges) pieces.delete(client, clock, len);
	return pieces.all();
}

/** Puts into pieces what a client wrote, up to what depends on something that is in none yet. */
function take(queue: Queue, queues: Map<number, Queue>, pieces: Pieces, client: number): boolean {
	const began = queue.at;
	for (let struct = queue.structs[queue.at]; struct; struct = queue.structs[queue.at]) {
		if (needs(struct).some((id) => id && (queues.get(id.client)?.clock ?? Infinity) <= id.clock))
			break;
		queue.at++;
		queue.clock = struct.id.clock + struct.length;
		if (!(struct instanceof Y.Skip)) pieces.add(client, struct);
	}
	if (queue.at >= queue.structs.length) queues.delete(client);
	return queue.at > began;
}

function needs(struct: Struct): (Y.ID | null)[] {
	if (!(struct instanceof Y.Item)) return [];
	const parent = struct.parent instanceof Y.ID ? struct.parent : null;
	return [struct.origin, struct.rightOrigin, parent];
}

class Pieces {
	readonly #most: number;
	readonly #done: Bytes[] = [];
	#runs = new Map<number, Run & { next: number }>();
	#deletes = new Map<number, [clock: number, length: number][]>();
	#bytes = 0;

	constructor(most: number) {
		this.#most = most;
	}

	add(client: number, struct: Y.Item | Y.GC): void {
		const encoder = new Y.UpdateEncoderV1();
		struct.write(encoder, 0);
		const bytes = encoder.toUint8Array() as Bytes;
		const { clock } = struct.id;
		// An update has one run of each client.
		const gap = (this.#runs.get(client)?.next ?? clock) !== clock;
		if (gap || this.#bytes + bytes.length + OVERHEAD > this.#most) this.#end();
		const run = this.#runs.get(client) ?? { clock, structs: [], next: clock };
		run.structs.push(bytes);
		run.next = clock + struct.length;
		this.#bytes += bytes.length + (this.#runs.has(client) ? 0 : OVERHEAD);
		this.#runs.set(client, run);
	}

	delete(client: number, clock: number, length: number): void {
		if (this.#bytes + 2 * OVERHEAD > this.#most) this.#end();
		const ranges = this.#deletes.get(client) ?? [];
		ranges.push([clock, length]);
		this.#bytes += OVERHEAD;
		this.#deletes.set(client, ranges);
	}

	all(): Bytes[] {
		this.#end();
		return this.#done;
	}

	#end(): void {
		if (!this.#runs.size && !this.#deletes.size) return;
		const head: Uint8Array[] = [new Writer().uint(this.#runs.size).done()];
		for (const [client, { clock, structs }] of this.#runs)
			head.push(new Writer().uint(structs.length).uint(client).uint(clock).done(), ...structs);
		const tail = new Writer().uint(this.#deletes.size);
		for (const [client, ranges] of this.#deletes) {
			tail.uint(client).uint(ranges.length);
			for (const [clock, length] of ranges) tail.uint(clock).uint(length);
		}
		this.#done.push(concat(...head, tail.done()));
		this.#runs = new Map();
		this.#deletes = new Map();
		this.#bytes = 0;
	}
}

/** Most that three numbers take: a client, a clock, a length. */
const OVERHEAD = 24;

function read(update: Uint8Array): ReturnType<typeof Y.decodeUpdate> {
	try {
		return Y.decodeUpdate(update);
	} catch {
		throw new MalformedError('no update');
	}
}
