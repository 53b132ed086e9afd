/** The workspaces of this device: each has a database of its own, and nothing in common with the others. */
import { databaseOf, isWorkspace, MAIN_DATABASE } from '../domain/workspace';
import { MusterDb } from '../store/db';
import { newId } from '../store/ids';
import { loadMembership } from '../store/membership';
import { loadSettings, saveSetting } from '../store/settings';
import { app } from './app.svelte';
import { writePreference } from './platform';
import { CHOSEN, KNOWN, others } from './workspace-choice';

export interface KnownWorkspace {
	database: string;
	name: string;
	sessions: number;
	/** Shared with other devices. */
	isShared: boolean;
	/** In this tab. */
	isShown: boolean;
}

/** All there are, the first one first. */
export async function allWorkspaces(): Promise<KnownWorkspace[]> {
	const databases = (await indexedDB.databases()).flatMap(({ name }) =>
		name !== undefined && isWorkspace(name) ? [name] : [],
	);
	for (const database of databases) remember(database);
	return Promise.all(databases.sort().map(tellOf));
}

async function tellOf(database: string): Promise<KnownWorkspace> {
	return withDatabase(database, async (db) => ({
		database,
		name: (await loadSettings(db)).workspaceName,
		sessions: await db.sessions.count(),
		isShared: (await loadMembership(db)) !== null,
		isShown: database === app.db.name,
	}));
}

/**
 * Makes an empty workspace. Whoever works in it has the same name and the same connections as here; their keys stay sealed on
 * this device. Gives its database.
 */
export async function createWorkspace(name: string): Promise<string> {
	const database = databaseOf(newId());
	const { personName, deviceName } = await loadSettings(app.db);
	await withDatabase(database, async (db) => {
		await saveSetting(db, 'workspaceName', name);
		await saveSetting(db, 'personName', personName);
		await saveSetting(db, 'deviceName', deviceName);
	});
	await app.ask('copy-connections', { database });
	remember(database);
	return database;
}

/** Shows another workspace in this tab, by loading the app anew. */
export function openWorkspace(database: string, path = '/'): void {
	choose(database);
	// The same address with another fragment would not be loaded.
	history.replaceState(null, '', path);
	location.reload();
}

/** Takes a workspace and all that is in it off this device, for good. */
export async function deleteWorkspace(database: string): Promise<void> {
	if (database === app.db.name) throw new Error('The workspace that is shown stays');
	await MusterDb.delete(database);
	if (database !== MAIN_DATABASE) forget(database);
}

async function withDatabase<T>(database: string, work: (db: MusterDb) => Promise<T>): Promise<T> {
	if (database === app.db.name) return work(app.db);
	const db = new MusterDb(database);
	try {
		await db.open();
		return await work(db);
	} finally {
		db.close();
	}
}

/** From the next load of this tab on, and in tabs opened later. */
function choose(database: string): void {
	remember(database);
	writePreference(CHOSEN, database);
	try {
		sessionStorage.setItem(CHOSEN, database);
	} catch {
		// Without storage a tab shows what was chosen last.
	}
}

/** There is such a workspace. */
function remember(database: string): void {
	if (database !== MAIN_DATABASE && !others().includes(database))
		writePreference(KNOWN, [...others(), database].join(' '));
}

/** There is none any more. */
function forget(database: string): void {
	writePreference(
		KNOWN,
		others()
			.filter((name) => name !== database)
			.join(' '),
	);
}
