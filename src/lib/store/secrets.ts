/** Sealed keys and the key that opens them. For the worker only: no page has business here. */
import type { MusterDb, SecretRecord } from './db';

/** Beside the settings, because it is one value of this device; no setting a person can see. */
export const deviceKeyName = 'deviceKey';

export function secretOf(db: MusterDb, connectionId: string): Promise<SecretRecord | undefined> {
	return db.secrets.get(connectionId);
}

export async function loadDeviceKey(db: MusterDb): Promise<CryptoKey | null> {
	const record = await db.settings.get(deviceKeyName);
	return record?.value instanceof CryptoKey ? record.value : null;
}

/** Keeps `candidate` unless another tab was first, and returns the key that counts. */
export function keepDeviceKey(db: MusterDb, candidate: CryptoKey): Promise<CryptoKey> {
	return db.transaction('rw', db.settings, async () => {
		const known = await loadDeviceKey(db);
		if (known) return known;
		await db.settings.put({ key: deviceKeyName, value: candidate });
		return candidate;
	});
}
