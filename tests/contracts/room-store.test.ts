import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe } from 'vitest';
import { MusterDb } from '$lib/store/db';
import { StoredRooms } from '../../src/worker/sync/store/stored-rooms';
import { RoomShelf } from '../fakes/room-store';
import { roomStoreContract } from './room-store';

describe('rooms on a shelf in memory', () => {
	let shelf = new RoomShelf();
	beforeEach(() => void (shelf = new RoomShelf()));
	roomStoreContract(() => shelf);
});

describe('rooms in the database', () => {
	const name = 'rooms-test';
	const open: MusterDb[] = [];
	afterEach(async () => {
		for (const db of open.splice(0)) db.close();
		await Dexie.delete(name);
	});
	roomStoreContract(() => {
		const db = new MusterDb(name);
		open.push(db);
		return new StoredRooms(db);
	});
});
