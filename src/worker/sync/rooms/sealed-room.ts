import * as Y from 'yjs';
import { payloadsOf } from '../seal/payload';
import { PAYLOAD_BYTES, type RoomCipher } from '../seal/room-cipher';
import { Batches, type Unread } from './batches';
import { worthCompacting } from './compaction';
import { missingFrom } from './cover';
import type { KeepChange, PendingChange, RoomStore } from './room-store';

/** Changes of the inner document that came from batches or the store have this origin. */
export const CAME = Symbol('came');
/** Outer updates that were made or loaded here have this origin; others are the transport's. */
const OWN = Symbol('own');

/** More outer updates than this in the store become one. */
const MOST_RECORDS = 200;

export interface RoomParts {
	room: string;
	cipher: RoomCipher;
	store: RoomStore;
	/** An inner document takes effect: at the start, and when a change could not be written down. */
	attach?: (inner: Y.Doc) => void;
	/** Something that came could not be written down: it is here, and comes again after the next start. */
	failed: (error: unknown) => void;
}

/**
 * One room on this device: an inner document, and the outer one whose sealed batches make it. The outer one is what
 * travels: a transport ties itself to {@link outer}, and says what it learns by {@link synced} and
 * {@link confirming}. See docs/sync.md §5 and §6.
 */
export class SealedRoom {
	readonly outer = new Y.Doc();
	inner = new Y.Doc();
	#parts: RoomParts;
	#log = this.outer.getArray<Uint8Array>('log');
	#batches = new Batches();
	#pending: PendingChange[] = [];
	/** Outer updates in the store. */
	#records = 0;
	/** Updates made here that the store could not take: those made after make sense only with them. */
	#unkept: Uint8Array[] = [];
	/** Something that came is not in the store. It comes again, or is written once it does no harm. */
	#skipped = false;
	/** Batches made here, and how many of them, from the first on, are confirmed. */
	#made = 0;
	#confirmed = 0;
	/** As many of them as the store knows to be confirmed. */
	#noted = 0;
	/** What writes goes one after the other. */
	#turn: Promise<unknown> = Promise.resolve();
	#opening = new Set<Promise<void>>();
	/**
	 * How often the readable batches may have come to cover less than is known here, and how much of that was looked
	 * into. In between what came is not written down: after a crash the store must still have all that is known.
	 */
	#doubts = 0;
	#settledDoubts = 0;

	private constructor(parts: RoomParts) {
		this.#parts = parts;
	}

	/** Opens a room from what the device keeps of it. */
	static async load(parts: RoomParts): Promise<SealedRoom> {
		const room = new SealedRoom(parts);
		await room.#load();
		return room;
	}

	async #load(): Promise<void> {
		const { room, store, attach } = this.#parts;
		const { outer, pending, unconfirmed } = await store.load(room);
		this.#records = outer.length;
		this.#made = unconfirmed ? 1 : 0;
		this.#pending = [...pending];
		this.outer.transact(() => {
			for (const update of outer) Y.applyUpdate(this.outer, update, OWN);
		}, OWN);
		await this.#openNew();
		for (const { update } of pending) Y.applyUpdate(this.inner, update, CAME);
		this.outer.on('update', this.#outerUpdated);
		this.#log.observe(this.#logChanged);
		attach?.(this.inner);
	}

	/** Nothing is heard from now on; what was asked for is done first. */
	async close(): Promise<void> {
		this.outer.off('update', this.#outerUpdated);
		this.#log.unobserve(this.#logChanged);
		await this.settled();
		this.inner.destroy();
		this.outer.destroy();
	}

	/** Whether everything done here is known to be kept by the relay. [3.3] */
	get isConfirmed(): boolean {
		return this.#pending.length === 0 && this.#confirmed === this.#made;
	}

	/** Gives what tells whether everything done here until now is kept by the relay, whatever is done after. [3.3] */
	mark(): () => boolean {
		const last = this.#pending.at(-1);
		let made = last ? null : this.#made;
		return () => {
			if (made === null && last && !this.#pending.includes(last)) made = this.#made;
			return made !== null && this.#confirmed >= made;
		};
	}

	/** Changes made here that are in no batch yet. */
	get unsealed(): number {
		return this.#pending.length;
	}

	/** Batches that can't be read, by reason. [5.6] */
	get unread(): ReadonlyMap<Unread, number> {
		return this.#batches.unread();
	}

	/** Batches in the room, whoever made them. */
	get size(): number {
		return this.#log.length;
	}

	/**
	 * Changes the inner document, and is done once `keep` has written the change down. When that fails it is as if the
	 * change had never been, and the error is passed on. What changes nothing is not kept.
	 */
	write(change: (inner: Y.Doc) => void, keep: KeepChange): Promise<void> {
		return this.#inTurn(async () => {
			const update = captured(this.inner, undefined, () => change(this.inner));
			if (!update) return;
			try {
				this.#pending.push({ n: await keep(update), update });
			} catch (error) {
				await this.#makeAnew();
				throw error;
			}
		});
	}

	/** Seals what was changed here into batches. */
	seal(): Promise<void> {
		return this.#inTurn(async () => {
			if (this.#pending.length === 0) return;
			const carried = [...this.#pending];
			const update = Y.mergeUpdates(carried.map((one) => one.update));
			await this.#push('update', update, { carried, replaced: [] });
		});
	}

	/** The transport has exchanged everything with the relay: is all that is known here in the room? [6.3] */
	synced(): Promise<void> {
		this.#doubts++;
		return this.#cover();
	}

	/** Call it when the relay is asked to confirm; what it gives, when the relay has. [3.2] */
	confirming(): () => void {
		const made = this.#made;
		const log = this.#log.toArray();
		return () => {
			this.#batches.confirm(log);
			this.#confirmed = Math.max(this.#confirmed, made);
			if (this.#confirmed < this.#made || this.#noted === this.#made) return;
			const { store, room, failed } = this.#parts;
			this.#noted = this.#made;
			// Otherwise it is asked for again after the next start.
			store.keepConfirmed(room).catch(failed);
		};
	}

	/** Replaces what may be replaced by one snapshot, where that is worth it. [6.2] Whether it was. */
	compact(): Promise<boolean> {
		return this.#inTurn(async () => {
			await this.#opened();
			const readable = this.#batches.readable(this.#log.toArray());
			let made: Uint8Array | null = null;
			const snapshot = () => (made ??= Y.encodeStateAsUpdate(this.inner));
			const applied = readable.map(({ batches, confirmed }) => ({
				bytes: batches.reduce((sum, { length }) => sum + length, 0),
				confirmed,
			}));
			if (!worthCompacting(applied, () => snapshot().length)) return false;
			const replaced = readable.flatMap(({ batches, confirmed }) => (confirmed ? batches : []));
			await this.#push('snapshot', snapshot(), { carried: [...this.#pending], replaced });
			return true;
		});
	}

	/** Tries again what could not be opened: there is another key. */
	async reopen(): Promise<void> {
		this.#batches.again();
		await this.#openNew();
	}

	/** Once everything that has come is applied, and everything asked for is done. */
	async settled(): Promise<void> {
		for (let turn: unknown; turn !== this.#turn || this.#opening.size > 0;) {
			turn = this.#turn;
			await this.#opened();
			await this.#turn.catch(() => undefined);
		}
	}

	async #opened(): Promise<void> {
		while (this.#opening.size > 0) await Promise.all(this.#opening);
	}

	#inTurn<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.#turn.catch(() => undefined).then(work);
		this.#turn = turn;
		return turn;
	}

	async #push(
		kind: 'update' | 'snapshot',
		update: Uint8Array,
		{ carried, replaced }: { carried: readonly PendingChange[]; replaced: readonly Uint8Array[] },
	): Promise<void> {
		const { cipher, store, room } = this.#parts;
		const payloads = payloadsOf(kind, update, PAYLOAD_BYTES);
		const batches = await Promise.all(payloads.map((payload) => cipher.seal(payload)));
		// Places are looked up now: others may have changed the log while the batches were sealed.
		const made = captured(this.outer, OWN, () => {
			const gone = new Set(replaced);
			for (const [at, bytes] of [...this.#log.toArray().entries()].reverse())
				if (gone.has(bytes)) this.#log.delete(at);
			this.#log.push(batches);
		});
		// The array hands out bytes of its own.
		const pushed = this.#log.toArray().slice(-batches.length);
		this.#batches.begin(pushed);
		for (const [i, bytes] of pushed.entries()) {
			const payload = payloads[i];
			if (payload) this.#batches.made(bytes, payload);
		}
		this.#made += batches.length;
		if (made) this.#unkept.push(made);
		const numbers = carried.map(({ n }) => n);
		await store.keepMade(room, Y.mergeUpdates(this.#unkept), numbers);
		this.#unkept = [];
		this.#records++;
		this.#pending = this.#pending.filter((change) => !carried.includes(change));
		await this.#fold();
	}

	/**
	 * Makes the inner document anew from what is kept: a change in it could not be written down. The store may have more
	 * than the log, from which somebody may just have taken something.
	 */
	async #makeAnew(): Promise<void> {
		const kept = new Y.Doc();
		const { outer } = await this.#parts.store.load(this.#parts.room);
		const stored = new Y.Doc();
		for (const update of outer) Y.applyUpdate(stored, update);
		const batches = new Batches();
		const log = stored.getArray<Uint8Array>('log').toArray();
		for (const bytes of batches.begin(log))
			batches.opened(bytes, await this.#parts.cipher.open(bytes));
		await this.#opened();
		const readable = [...batches.readable(log), ...this.#batches.readable(this.#log.toArray())];
		kept.transact(() => {
			for (const { update } of readable) Y.applyUpdate(kept, update, CAME);
			for (const { update } of this.#pending) Y.applyUpdate(kept, update, CAME);
		}, CAME);
		this.inner.destroy();
		this.inner = kept;
		this.#parts.attach?.(kept);
	}

	#outerUpdated = (update: Uint8Array, origin: unknown): void => {
		if (origin === OWN) return;
		void this.#inTurn(() => this.#keepCame(update)).catch((error: unknown) => {
			this.#skipped = true;
			this.#parts.failed(error);
		});
	};

	async #keepCame(update: Uint8Array): Promise<void> {
		this.#skipped ||= this.#doubts > this.#settledDoubts;
		if (this.#skipped) return;
		await this.#parts.store.keepCame(this.#parts.room, update);
		this.#records++;
		await this.#fold();
	}

	/** Writes the outer document down as a whole, where that is due and does no harm. */
	async #fold(): Promise<void> {
		if (this.#doubts > this.#settledDoubts || this.#unkept.length > 0) return;
		if (!this.#skipped && this.#records <= MOST_RECORDS) return;
		const count = this.#records;
		const whole = Y.encodeStateAsUpdate(this.outer);
		this.#skipped = false;
		try {
			await this.#parts.store.foldOuter(this.#parts.room, count, whole);
		} catch (error) {
			this.#skipped = true;
			throw error;
		}
		this.#records = 1;
	}

	#logChanged = (event: Y.YArrayEvent<Uint8Array>, { origin }: Y.Transaction): void => {
		if (origin === OWN) return;
		const taken = event.changes.deleted.size > 0;
		if (taken) this.#doubts++;
		void this.#openNew()
			.then(() => (taken ? this.#cover() : undefined))
			.catch((error: unknown) => this.#parts.failed(error));
	};

	#openNew(): Promise<void> {
		const log = this.#log.toArray();
		this.#batches.keepOnly(log);
		const fresh = this.#batches.begin(log);
		const opening = Promise.all(fresh.map((bytes) => this.#open(bytes))).then(() => undefined);
		this.#opening.add(opening);
		return opening.finally(() => this.#opening.delete(opening));
	}

	async #open(bytes: Uint8Array): Promise<void> {
		const update = this.#batches.opened(bytes, await this.#parts.cipher.open(bytes));
		if (!update) return;
		try {
			// Applied in part it would leave the document neither with it nor without.
			Y.decodeUpdate(update);
		} catch {
			this.#batches.refuse(bytes);
			return;
		}
		Y.applyUpdate(this.inner, update, CAME);
	}

	#cover(): Promise<void> {
		return this.#inTurn(async () => {
			while (this.#doubts > this.#settledDoubts) {
				await this.#opened();
				const doubts = this.#doubts;
				const log = this.#log.toArray();
				this.#batches.keepOnly(log);
				const readable = this.#batches.readable(log).map(({ update }) => update);
				const missing = missingFrom(readable, this.inner);
				if (missing)
					await this.#push('update', missing, { carried: [...this.#pending], replaced: [] });
				this.#settledDoubts = doubts;
			}
			await this.#fold();
		});
	}
}

/** The update that a change of a document makes; null where it changes nothing. */
function captured(doc: Y.Doc, origin: unknown, change: () => void): Uint8Array | null {
	const updates: Uint8Array[] = [];
	const collect = (update: Uint8Array) => updates.push(update);
	doc.on('update', collect);
	try {
		doc.transact(change, origin);
	} finally {
		doc.off('update', collect);
	}
	return updates.length === 0 ? null : Y.mergeUpdates(updates);
}
