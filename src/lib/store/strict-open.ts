/** Written by a later version of the app. Nothing has been changed. */
export class NewerDatabaseError extends Error {
	override name = 'NewerDatabaseError';
	constructor() {
		super('a newer version of Muster has written it');
	}
}

/** Parts of the database are missing. Nothing has been changed. */
export class IncompleteDatabaseError extends Error {
	override name = 'IncompleteDatabaseError';
	constructor() {
		super('parts of it are missing');
	}
}

/**
 * What Dexie opens databases with. By itself it opens a database of a later version as if it knew that version,
 * and puts missing stores in, empty, under a number in between: it would write among records it cannot read. Both
 * show in the number it asks the browser for (none at all, or no multiple of ten), and are refused here, before
 * anything is changed.
 */
export const strictOpen: Pick<IDBFactory, 'open' | 'deleteDatabase'> = {
	open(name, version) {
		if (version === undefined) throw new NewerDatabaseError();
		if (version % 10 !== 0) throw new IncompleteDatabaseError();
		return indexedDB.open(name, version);
	},
	deleteDatabase: (name) => indexedDB.deleteDatabase(name),
};
