import type { MusterDb } from '$lib/store/db';
import {
	addMadeUpdate,
	addRoomChange,
	addRoomUpdates,
	confirmRoom,
	foldRoomUpdates,
	roomRecords,
} from '$lib/store/rooms';
import type { RoomRecords, RoomStore } from '../rooms/room-store';
import { inLots } from './in-lots';

/** The rooms of this device's database. */
export class StoredRooms implements RoomStore {
	#db: MusterDb;
	// Rooms are opened and filled by the thousand when a device joins.
	#records = inLots((rooms: readonly string[]) => roomRecords(this.#db, rooms));
	#came = inLots(async (updates: readonly { room: string; update: Uint8Array }[]) => {
		await addRoomUpdates(this.#db, updates);
		return updates.map(() => undefined);
	});

	constructor(db: MusterDb) {
		this.#db = db;
	}

	async load(room: string): Promise<RoomRecords> {
		const { updates, changes, unconfirmed } = await this.#records(room);
		return { outer: updates.map(({ update }) => update), pending: changes, unconfirmed };
	}

	/** Keeps a change of a room. */
	keep(room: string, update: Uint8Array): Promise<number> {
		return addRoomChange(this.#db, room, update);
	}

	keepCame(room: string, update: Uint8Array): Promise<void> {
		return this.#came({ room, update });
	}

	keepMade(room: string, update: Uint8Array, carried: readonly number[]): Promise<void> {
		return addMadeUpdate(this.#db, room, update, carried);
	}

	keepConfirmed(room: string): Promise<void> {
		return confirmRoom(this.#db, room);
	}

	foldOuter(room: string, count: number, update: Uint8Array): Promise<void> {
		// A room that has just come for the first time.
		if (count === 0) return this.#came({ room, update });
		return foldRoomUpdates(this.#db, room, count, update);
	}
}
