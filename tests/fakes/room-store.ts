import type { PendingChange, RoomRecords, RoomStore } from '../../src/worker/sync/rooms/room-store';

/** Rooms in memory. What is written after {@link crash} is written by nobody. */
export class MemoryRooms implements RoomStore {
	#outer: Uint8Array[] = [];
	#pending: PendingChange[] = [];
	#unconfirmed = false;
	#n = 0;
	#life = 0;
	/** Writes fail as on a full disk. */
	full = false;

	/** The port as one life of a client holds it. */
	life(): RoomStore & { keep: (update: Uint8Array) => Promise<number> } {
		const life = this.#life;
		const writes = async <T>(write: () => T): Promise<T> => {
			await Promise.resolve();
			if (life !== this.#life) return new Promise<T>(() => undefined);
			if (this.full) throw new Error('The disk is full');
			return write();
		};
		return {
			load: (room) => this.load(room),
			keepCame: (_, update) => writes(() => void this.#outer.push(update)),
			keepMade: (_, update, carried) =>
				writes(() => {
					this.#outer.push(update);
					this.#pending = this.#pending.filter(({ n }) => !carried.includes(n));
					this.#unconfirmed = true;
				}),
			keepConfirmed: () => writes(() => void (this.#unconfirmed = false)),
			foldOuter: (_, count, update) => writes(() => void this.#outer.splice(0, count, update)),
			keep: (update) =>
				writes(() => {
					this.#pending.push({ n: ++this.#n, update });
					return this.#n;
				}),
		};
	}

	crash(): void {
		this.#life++;
	}

	async load(_room: string): Promise<RoomRecords> {
		await Promise.resolve();
		return {
			outer: [...this.#outer],
			pending: [...this.#pending],
			unconfirmed: this.#unconfirmed,
		};
	}

	keepCame(room: string, update: Uint8Array): Promise<void> {
		return this.life().keepCame(room, update);
	}
	keepMade(room: string, update: Uint8Array, carried: readonly number[]): Promise<void> {
		return this.life().keepMade(room, update, carried);
	}
	keepConfirmed(room: string): Promise<void> {
		return this.life().keepConfirmed(room);
	}
	foldOuter(room: string, count: number, update: Uint8Array): Promise<void> {
		return this.life().foldOuter(room, count, update);
	}
}
