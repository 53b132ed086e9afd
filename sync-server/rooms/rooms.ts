import type { GroupCommit } from '../store/group-commit';
import type { Store } from '../store/port';
import { Room, type RoomLimits, type RoomMember } from './room';
import type { Workspace } from './workspace';

export interface RoomsOptions {
	readonly store: Store;
	readonly commits: GroupCommit;
	readonly limits: RoomLimits;
	/** How long a room stays after the last one left, in milliseconds. */
	readonly linger: number;
	readonly report: (event: 'room-freed' | 'room-damaged', workspace: string, bytes: number) => void;
}

interface Entry {
	readonly room: Promise<Room>;
	/** Channels in it, or about to be. */
	users: number;
	timer?: ReturnType<typeof setTimeout>;
}

/** A channel's place in a room, from opening to closing. */
export interface Stay {
	readonly room: Promise<Room>;
	/** Once, whatever became of the room. */
	readonly leave: (member: RoomMember) => void;
}

/** Every room that is in memory: loaded when first opened, freed some time after the last channel [7.4]. */
export class Rooms {
	readonly #options: RoomsOptions;
	readonly #entries = new Map<string, Entry>();
	/** Rooms that broke, while what they had sent to the store is not settled: loading waits for it. */
	readonly #settling = new Map<string, Promise<unknown>>();

	constructor(options: RoomsOptions) {
		this.#options = options;
	}

	/** How many are in memory. */
	get size(): number {
		return this.#entries.size;
	}

	/** Its `room` rejects with a `StoreError` where it can't be loaded. */
	enter(workspace: Workspace, name: string): Stay {
		const key = `${workspace.id}!${name}`;
		const entry = this.#entries.get(key) ?? this.#begin(key, workspace, name);
		entry.users++;
		clearTimeout(entry.timer);
		let here = true;
		const leave = (member: RoomMember) => {
			if (!here) return;
			here = false;
			entry.users--;
			void entry.room.then(
				(room) => {
					room.leave(member);
					this.#freeLater(key, workspace, entry, room);
				},
				() => undefined,
			);
		};
		return { room: entry.room, leave };
	}

	/** Forgets all rooms, without writing any back. */
	close(): void {
		for (const entry of this.#entries.values()) {
			clearTimeout(entry.timer);
			entry.room.then(
				(room) => room.free(),
				() => undefined,
			);
		}
		this.#entries.clear();
	}

	#begin(key: string, workspace: Workspace, name: string): Entry {
		const drop = () => {
			if (this.#entries.get(key) === entry) this.#entries.delete(key);
		};
		const broken = (room: Room) => {
			drop();
			const settled = room.settled().then(() => {
				if (this.#settling.get(key) === settled) this.#settling.delete(key);
			});
			this.#settling.set(key, settled);
			room.free();
		};
		const entry: Entry = { room: this.#load(key, workspace, name, broken), users: 0 };
		this.#entries.set(key, entry);
		entry.room.catch(drop);
		return entry;
	}

	async #load(
		key: string,
		workspace: Workspace,
		name: string,
		broken: (room: Room) => void,
	): Promise<Room> {
		await this.#settling.get(key);
		const { store, commits, limits, report } = this.#options;
		const records = await store.room(workspace.id, name);
		const room = new Room({ workspace, name, commits, limits, broken }, records);
		if (!room.whole) report('room-damaged', workspace.id, room.bytes);
		return room;
	}

	#freeLater(key: string, workspace: Workspace, entry: Entry, room: Room): void {
		if (entry.users > 0 || this.#entries.get(key) !== entry) return;
		clearTimeout(entry.timer);
		entry.timer = setTimeout(() => {
			void this.#free(key, workspace, entry, room);
		}, this.#options.linger);
		entry.timer.unref();
	}

	async #free(key: string, workspace: Workspace, entry: Entry, room: Room): Promise<void> {
		await room.compact();
		await room.settled();
		// Somebody came while it was written, or it broke.
		if (entry.users > 0 || this.#entries.get(key) !== entry) return;
		this.#entries.delete(key);
		room.free();
		this.#options.report('room-freed', workspace.id, room.bytes);
	}
}
