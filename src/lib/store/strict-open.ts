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

/** The stores that databases had when their upgrade began. */
const foundStores = new Map<string, ReadonlySet<string>>();

/** Throws {@link IncompleteDatabaseError}, which takes the upgrade back, unless the old database had these stores. */
export function requireStores(name: string, stores: readonly string[]): void {
	const found = foundStores.get(name);
	if (!stores.every((store) => found?.has(store))) throw new IncompleteDatabaseError();
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
		const request = indexedDB.open(name, version);
		// Before Dexie makes the stores of the new version, and so anything that is missing.
		request.addEventListener('upgradeneeded', () => {
			foundStores.set(name, new Set(request.result.objectStoreNames));
		});
		return request;
	},
	deleteDatabase: (name) => indexedDB.deleteDatabase(name),
};
