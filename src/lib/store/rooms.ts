/** Rooms as this device keeps them: updates of documents, sealed or not yet. What they mean is the worker's. */
import type { MusterDb, RoomUpdateRecord } from './db';
import { quotaAware } from './log';

const roomTables = (db: MusterDb) => [db.rooms, db.roomUpdates, db.roomChanges];

/** Everything that is kept of each of these rooms, in its order. */
export function roomRecords(db: MusterDb, rooms: readonly string[]) {
	return db.transaction('r', roomTables(db), async () => {
		const updates = byRoom(await db.roomUpdates.where('room').anyOf(rooms).toArray());
		const changes = byRoom(await db.roomChanges.where('room').anyOf(rooms).toArray());
		const records = await db.rooms.bulkGet([...rooms]);
		return rooms.map((room, i) => ({
			updates: updates.get(room) ?? [],
			changes: changes.get(room) ?? [],
			unconfirmed: records[i]?.unconfirmed === 1,
		}));
	});
}

/** Adds updates that came, in their order: all of them or none. Throws `StorageFullError`. */
export async function addRoomUpdates(
	db: MusterDb,
	updates: readonly Omit<RoomUpdateRecord, 'n'>[],
): Promise<void> {
	await quotaAware(() => db.roomUpdates.bulkAdd([...updates]));
}

/** Adds a change that is in no batch yet. Resolves with its number. Throws `StorageFullError`. */
export async function addRoomChange(
	db: MusterDb,
	room: string,
	update: Uint8Array,
): Promise<number> {
	return quotaAware(() => db.roomChanges.add({ room, update }) as Promise<number>);
}

/** Adds an update made here, not confirmed yet, and takes away the changes it carries. Throws `StorageFullError`. */
export function addMadeUpdate(
	db: MusterDb,
	room: string,
	update: Uint8Array,
	carried: readonly number[],
): Promise<void> {
	return quotaAware(() =>
		db.transaction('rw', roomTables(db), async () => {
			await db.roomUpdates.add({ room, update });
			await db.roomChanges.bulkDelete([...carried]);
			await db.rooms.put({ name: room, unconfirmed: 1 });
		}),
	);
}

export async function confirmRoom(db: MusterDb, room: string): Promise<void> {
	await db.rooms.put({ name: room, unconfirmed: 0 });
}

/** Replaces the first `count` updates by one. Throws `StorageFullError`. */
export function foldRoomUpdates(
	db: MusterDb,
	room: string,
	count: number,
	update: Uint8Array,
): Promise<void> {
	return quotaAware(() =>
		db.transaction('rw', db.roomUpdates, async () => {
			const keys = (await db.roomUpdates.where('room').equals(room).primaryKeys()).sort(
				(a, b) => a - b,
			);
			const [first, ...others] = keys.slice(0, count);
			await db.roomUpdates.bulkDelete(others);
			await db.roomUpdates.put({ ...(first !== undefined && { n: first }), room, update });
		}),
	);
}

/** Forgets a room. */
export function forgetRoom(db: MusterDb, room: string): Promise<void> {
	return db.transaction('rw', roomTables(db), async () => {
		await db.roomUpdates.where('room').equals(room).delete();
		await db.roomChanges.where('room').equals(room).delete();
		await db.rooms.delete(room);
	});
}

function byRoom(records: readonly RoomUpdateRecord[]) {
	const rooms = new Map<string, { n: number; update: Uint8Array }[]>();
	for (const { room, n = 0, update } of [...records].sort((a, b) => (a.n ?? 0) - (b.n ?? 0))) {
		const known = rooms.get(room);
		if (known) known.push({ n, update });
		else rooms.set(room, [{ n, update }]);
	}
	return rooms;
}
