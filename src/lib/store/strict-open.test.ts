import { afterEach, expect, test } from 'vitest';
import { MusterDb } from './db';
import { newId } from './ids';
import { openFailure } from './open-failure';

const opened: MusterDb[] = [];
const named = (name: string) => {
	const db = new MusterDb(name);
	opened.push(db);
	return db;
};
afterEach(() => {
	for (const db of opened.splice(0)) db.close();
});

/** Opens the database as the browser has it; `change` may change its stores. */
function raw(
	name: string,
	version?: number,
	change?: (db: IDBDatabase) => void,
): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(name, version);
		request.onupgradeneeded = () => change?.(request.result);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('not opened'));
	});
}

async function stored(): Promise<string> {
	const name = `test-${newId()}`;
	const db = named(name);
	await db.settings.put({ key: 'personName', value: 'Ada' });
	db.close();
	return name;
}

/** What a query throws when the database is refused. */
const refusal = (name: string): Promise<unknown> =>
	named(name)
		.settings.toArray()
		.then(
			() => null,
			(error: unknown) => error,
		);

async function shape(name: string): Promise<{ version: number; stores: string[] }> {
	const db = await raw(name);
	const { version, objectStoreNames } = db;
	db.close();
	return { version, stores: [...objectStoreNames] };
}

test('what was stored opens again', async () => {
	const name = await stored();
	expect(await named(name).settings.get('personName')).toEqual({ key: 'personName', value: 'Ada' });
});

test('a database of a newer version is refused and left as it is', async () => {
	const name = await stored();
	(await raw(name, 9_990)).close();
	expect(openFailure(await refusal(name)).code).toBe('store-newer');
	expect((await shape(name)).version).toBe(9_990);
});

test('a database that lacks a part is refused and left as it is', async () => {
	const name = `test-${newId()}`;
	const half = await raw(name, 10, (db) => db.createObjectStore('settings', { keyPath: 'key' }));
	half.close();
	expect(openFailure(await refusal(name)).code).toBe('store-incomplete');
	expect(await shape(name)).toEqual({ version: 10, stores: ['settings'] });
});
