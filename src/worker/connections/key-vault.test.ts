import { expect, test } from 'vitest';
import { MusterDb } from '$lib/store/db';
import { newId } from '$lib/store/ids';
import { keepDeviceKey, loadDeviceKey } from '$lib/store/secrets';
import { openKey, sealKey } from './key-vault';

const key = 'sk-ant-canary-0123456789abcdefghij';
const fresh = () => new MusterDb(`vault-${newId()}`);
const locked = expect.objectContaining({
	failure: expect.objectContaining({ code: 'locked-key' }),
});

test('a sealed key opens again, also after a restart', async () => {
	const db = fresh();
	await db.secrets.put(await sealKey(db, 'c1', key));
	expect(await openKey(db, 'c1')).toBe(key);
	const { name } = db;
	db.close();
	expect(await openKey(new MusterDb(name), 'c1')).toBe(key);
});
test('a connection without a key has none', async () => {
	expect(await openKey(fresh(), 'c1')).toBeNull();
});
test('the device’s key can’t be taken out, and nothing stored shows the key', async () => {
	const db = fresh();
	const record = await sealKey(db, 'c1', key);
	const device = await loadDeviceKey(db);
	expect(device?.extractable).toBe(false);
	await expect(crypto.subtle.exportKey('raw', device as CryptoKey)).rejects.toThrow();
	expect(new TextDecoder('latin1').decode(record.sealed)).not.toContain('canary');
});
test('each sealing is another one', async () => {
	const db = fresh();
	const [one, other] = [await sealKey(db, 'c1', key), await sealKey(db, 'c1', key)];
	expect(one.iv).not.toEqual(other.iv);
});
test('a record moved to another connection, changed, or of another version does not open', async () => {
	const db = fresh();
	const record = await sealKey(db, 'c1', key);
	await db.secrets.put({ ...record, connectionId: 'c2' });
	await expect(openKey(db, 'c2')).rejects.toEqual(locked);
	const sealed = record.sealed.slice(0);
	new Uint8Array(sealed).set([1, 2, 3]);
	await db.secrets.put({ ...record, sealed });
	await expect(openKey(db, 'c1')).rejects.toEqual(locked);
	await db.secrets.put({ ...record, v: 2 as 1 });
	await expect(openKey(db, 'c1')).rejects.toEqual(locked);
});
test('without the device’s key nothing opens', async () => {
	const db = fresh();
	await db.secrets.put(await sealKey(db, 'c1', key));
	await db.settings.clear();
	await expect(openKey(db, 'c1')).rejects.toEqual(locked);
});
test('of two tabs that start at once the first one’s device key counts', async () => {
	const db = fresh();
	const make = () =>
		crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
	const [one, other] = await Promise.all([make(), make()]);
	await Promise.all([keepDeviceKey(db, one), keepDeviceKey(db, other)]);
	const [sealedHere, sealedThere] = await Promise.all([
		sealKey(db, 'a', key),
		sealKey(db, 'b', key),
	]);
	await db.secrets.bulkPut([sealedHere, sealedThere]);
	expect([await openKey(db, 'a'), await openKey(db, 'b')]).toEqual([key, key]);
});
