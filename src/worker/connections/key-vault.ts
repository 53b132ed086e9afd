/** Keys at rest: AES-256-GCM under a key of this device that WebCrypto never gives out. */
import type { MusterDb, SecretRecord } from '$lib/store/db';
import { keepDeviceKey, loadDeviceKey, secretOf } from '$lib/store/secrets';
import { ModelError } from '../models/model-port';

const version = 1;
const ivBytes = 12;

export async function sealKey(
	db: MusterDb,
	connectionId: string,
	key: string,
): Promise<SecretRecord> {
	const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
	const sealed = await crypto.subtle.encrypt(
		{ name: 'AES-GCM', iv, additionalData: boundTo(connectionId) },
		await deviceKey(db),
		new TextEncoder().encode(key),
	);
	return { connectionId, v: version, iv, sealed };
}

/**
 * The key of a connection; null where it has none. Throws {@link ModelError} (`locked-key`) where the record
 * can't be opened: it belongs to another connection or device, or was changed.
 */
export async function openKey(db: MusterDb, connectionId: string): Promise<string | null> {
	const record = await secretOf(db, connectionId);
	if (!record) return null;
	const key = await loadDeviceKey(db);
	if (!key || record.v !== version) throw lockedKey();
	try {
		const plain = await crypto.subtle.decrypt(
			{ name: 'AES-GCM', iv: record.iv, additionalData: boundTo(connectionId) },
			key,
			record.sealed,
		);
		return new TextDecoder().decode(plain);
	} catch {
		throw lockedKey();
	}
}

async function deviceKey(db: MusterDb): Promise<CryptoKey> {
	const known = await loadDeviceKey(db);
	if (known) return known;
	// Made before the transaction that keeps it: one would end while the other is waited for.
	const candidate = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
		'encrypt',
		'decrypt',
	]);
	return keepDeviceKey(db, candidate);
}

function boundTo(connectionId: string): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(`muster connection key v${version} ${connectionId}`);
}

function lockedKey(): ModelError {
	return new ModelError(
		{
			code: 'locked-key',
			message: 'The saved key can’t be opened on this device any more.',
			advice: 'Enter the key again in Settings, Connections.',
		},
		false,
	);
}
