import type { PendingChange, RoomRecords, RoomStore } from '../../src/worker/sync/rooms/room-store';

interface Kept {
	outer: Uint8Array[];
	pending: PendingChange[];
	unconfirmed: boolean;
}

/** Rooms in memory, as a device keeps them. */
export class RoomShelf implements RoomStore {
	/** Writes fail as on a full disk. */
	full = false;
	#rooms = new Map<string, Kept>();
	#n = 0;

	/** Keeps a change of a room. */
	keep(room: string, update: Uint8Array): Promise<number> {
		return this.#write(room, (kept) => {
			kept.pending.push({ n: ++this.#n, update });
			return this.#n;
		});
	}

	async load(room: string): Promise<RoomRecords> {
		await Promise.resolve();
		const { outer, pending, unconfirmed } = this.#of(room);
		return { outer: [...outer], pending: [...pending], unconfirmed };
	}

	keepCame(room: string, update: Uint8Array): Promise<void> {
		return this.#write(room, ({ outer }) => void outer.push(update));
	}

	keepMade(room: string, update: Uint8Array, carried: readonly number[]): Promise<void> {
		return this.#write(room, (kept) => {
			kept.outer.push(update);
			kept.pending = kept.pending.filter(({ n }) => !carried.includes(n));
			kept.unconfirmed = true;
		});
	}

	keepConfirmed(room: string): Promise<void> {
		return this.#write(room, (kept) => void (kept.unconfirmed = false));
	}

	foldOuter(room: string, count: number, update: Uint8Array): Promise<void> {
		return this.#write(room, ({ outer }) => void outer.splice(0, count, update));
	}

	async #write<T>(room: string, write: (kept: Kept) => T): Promise<T> {
		await Promise.resolve();
		if (this.full) throw new Error('The disk is full');
		return write(this.#of(room));
	}

	#of(room: string): Kept {
		let kept = this.#rooms.get(room);
		if (!kept) this.#rooms.set(room, (kept = { outer: [], pending: [], unconfirmed: false }));
		return kept;
	}
}

/** One life of a client on a shelf: what it writes after {@link end} is written by nobody. */
export class ShelfLife implements RoomStore {
	#shelf: RoomShelf;
	#over = false;

	constructor(shelf: RoomShelf) {
		this.#shelf = shelf;
	}

	end(): void {
		this.#over = true;
	}

	get isOver(): boolean {
		return this.#over;
	}

	load(room: string): Promise<RoomRecords> {
		return this.#shelf.load(room);
	}
	keep(room: string, update: Uint8Array): Promise<number> {
		return this.#alive(() => this.#shelf.keep(room, update));
	}
	keepCame(room: string, update: Uint8Array): Promise<void> {
		return this.#alive(() => this.#shelf.keepCame(room, update));
	}
	keepMade(room: string, update: Uint8Array, carried: readonly number[]): Promise<void> {
		return this.#alive(() => this.#shelf.keepMade(room, update, carried));
	}
	keepConfirmed(room: string): Promise<void> {
		return this.#alive(() => this.#shelf.keepConfirmed(room));
	}
	foldOuter(room: string, count: number, update: Uint8Array): Promise<void> {
		return this.#alive(() => this.#shelf.foldOuter(room, count, update));
	}

	#alive<T>(write: () => Promise<T>): Promise<T> {
		return this.#over ? new Promise<T>(() => undefined) : write();
	}
}
