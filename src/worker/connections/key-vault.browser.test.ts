import { expect, test } from 'vitest';
import { MusterDb } from '$lib/store/db';
import { newId } from '$lib/store/ids';
import { loadDeviceKey } from '$lib/store/secrets';
import { openKey, sealKey } from './key-vault';

test('the browser keeps the device’s key where nobody can take it out, and it opens again', async () => {
	const name = `vault-${newId()}`;
	const first = new MusterDb(name);
	await first.secrets.put(await sealKey(first, 'c1', 'sk-ant-canary-0123456789'));
	first.close();
	const later = new MusterDb(name);
	expect(await openKey(later, 'c1')).toBe('sk-ant-canary-0123456789');
	const key = await loadDeviceKey(later);
	expect(key).toMatchObject({ extractable: false, algorithm: { name: 'AES-GCM', length: 256 } });
	await expect(crypto.subtle.exportKey('raw', key as CryptoKey)).rejects.toThrow();
	later.close();
});
