import type { Membership, DeviceCard } from '../domain/sync/membership';
import type { SyncStatus } from '../domain/sync/sync-status';
import type { MusterDb } from './db';
import { taskEverything, taskedTables } from './sync-tasks';

/** Null: this device shares its workspace with nobody. */
export async function loadMembership(db: MusterDb): Promise<Membership | null> {
	return (await db.membership.get('this')) ?? null;
}

export async function saveMembership(db: MusterDb, membership: Membership): Promise<void> {
	await db.membership.put(membership);
}

/** Keeps the roster as it was checked; what is shorter than what is kept changes nothing. */
export function keepRoster(
	db: MusterDb,
	workspace: string,
	roster: readonly Uint8Array<ArrayBuffer>[],
): Promise<void> {
	return db.transaction('rw', db.membership, async () => {
		const known = await db.membership.get('this');
		if (known?.workspace !== workspace || known.roster.length >= roster.length) return;
		await db.membership.put({ ...known, roster: [...roster] });
	});
}

export async function loadSyncStatus(db: MusterDb): Promise<SyncStatus | null> {
	const status = await db.syncStatus.get('this');
	// Written before anybody said that they are there.
	return status ? { ...status, present: (status as Partial<SyncStatus>).present ?? [] } : null;
}

export async function saveSyncStatus(db: MusterDb, status: SyncStatus): Promise<void> {
	await db.syncStatus.put(status);
}

/** Devices of the workspace that have said what they are called. */
export function allDevices(db: MusterDb): Promise<DeviceCard[]> {
	return db.devices.toArray();
}

/**
 * This device belongs to no workspace any more. What it has stays; what it had of rooms goes, and everything counts as not
 * told, for the next workspace it joins.
 */
export function forgetMembership(db: MusterDb): Promise<void> {
	const tables = [db.membership, db.rooms, db.roomUpdates, db.roomChanges, db.devices];
	return db.transaction('rw', [...tables, ...taskedTables(db), db.syncStatus], async () => {
		for (const table of tables) await table.clear();
		await db.syncStatus.clear();
		await taskEverything(db);
	});
}
