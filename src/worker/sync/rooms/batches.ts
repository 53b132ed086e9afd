import { joinPieces, readPayload, type Payload, type Piece } from '../seal/payload';
import type { Closed, Opened } from '../seal/room-cipher';

/** Why a batch says nothing here: it can't be opened, or holds what this version does not know. */
export type Unread = Closed | 'unknown';

type Batch = { update: Uint8Array } | { piece: Piece } | { unread: Unread } | 'opening';

/** An update that can be read in a room, and the batches that carry it: one, or as many as it was cut into. */
export interface Readable {
	update: Uint8Array;
	batches: readonly Uint8Array[];
	confirmed: boolean;
}

/**
 * What is known of the batches of a room. They are told apart by identity: a Y.Array hands out the same bytes again
 * and again.
 */
export class Batches {
	#known = new Map<Uint8Array, Batch>();
	#confirmed = new WeakSet<Uint8Array>();
	/** Of pieces that came together. */
	#joined = new Map<string, Uint8Array>();

	/** Those of `log` that were never seen; they are taken as being opened from now on. */
	begin(log: readonly Uint8Array[]): Uint8Array[] {
		const fresh = log.filter((bytes) => !this.#known.has(bytes));
		for (const bytes of fresh) this.#known.set(bytes, 'opening');
		return fresh;
	}

	/** Forgets what is in the log no more. */
	keepOnly(log: readonly Uint8Array[]): void {
		const held = new Set(log);
		for (const bytes of this.#known.keys()) if (!held.has(bytes)) this.#known.delete(bytes);
	}

	/** Forgets what was unread, so that it counts as new. */
	again(): void {
		for (const [bytes, batch] of this.#known)
			if (batch !== 'opening' && 'unread' in batch) this.#known.delete(bytes);
	}

	/** A batch made here. */
	made(bytes: Uint8Array, payload: Uint8Array): void {
		this.#put(bytes, readPayload(payload));
	}

	/** What came of opening a batch. Gives the update that can be read now and could not be before. */
	opened(bytes: Uint8Array, opened: Opened): Uint8Array | null {
		if ('closed' in opened) return this.#unread(bytes, opened.closed);
		try {
			return this.#put(bytes, readPayload(opened.payload));
		} catch {
			return this.#unread(bytes, 'damaged');
		}
	}

	/** An update that was read turned out to be none. */
	refuse(bytes: Uint8Array): void {
		this.#unread(bytes, 'damaged');
	}

	confirm(log: readonly Uint8Array[]): void {
		for (const bytes of log) this.#confirmed.add(bytes);
	}

	/** What can be read of the log now. */
	readable(log: readonly Uint8Array[]): Readable[] {
		const found: Readable[] = [];
		const cut = new Map<string, { batches: Uint8Array[]; indexes: Set<number>; count: number }>();
		for (const bytes of log) {
			const batch = this.#known.get(bytes);
			if (batch === undefined || batch === 'opening' || 'unread' in batch) continue;
			if ('update' in batch) {
				const confirmed = this.#confirmed.has(bytes);
				found.push({ update: batch.update, batches: [bytes], confirmed });
				continue;
			}
			const { id, index, count } = batch.piece;
			const parts = cut.get(id) ?? { batches: [], indexes: new Set(), count };
			parts.batches.push(bytes);
			parts.indexes.add(index);
			cut.set(id, parts);
		}
		for (const [id, { batches, indexes, count }] of cut) {
			const update = this.#joined.get(id);
			if (!update || indexes.size < count) continue;
			const confirmed = batches.every((bytes) => this.#confirmed.has(bytes));
			found.push({ update, batches, confirmed });
		}
		return found;
	}

	/** How many can't be read, by reason. */
	unread(): ReadonlyMap<Unread, number> {
		const sums = new Map<Unread, number>();
		for (const batch of this.#known.values())
			if (batch !== 'opening' && 'unread' in batch)
				sums.set(batch.unread, (sums.get(batch.unread) ?? 0) + 1);
		return sums;
	}

	#unread(bytes: Uint8Array, unread: Unread): null {
		this.#known.set(bytes, { unread });
		return null;
	}

	#put(bytes: Uint8Array, payload: Payload): Uint8Array | null {
		switch (payload.kind) {
			case 'unknown':
				return this.#unread(bytes, 'unknown');
			case 'piece':
				this.#known.set(bytes, { piece: payload });
				return this.#join(payload.id);
			case 'update':
			case 'snapshot':
				this.#known.set(bytes, { update: payload.update });
				return payload.update;
		}
	}

	#join(id: string): Uint8Array | null {
		if (this.#joined.has(id)) return null;
		const pieces = [...this.#known.values()].flatMap((batch) =>
			batch !== 'opening' && 'piece' in batch && batch.piece.id === id ? [batch.piece] : [],
		);
		const whole = joinPieces(pieces);
		if (!whole || !('update' in whole)) return null;
		this.#joined.set(id, whole.update);
		return whole.update;
	}
}
