import { fromBase64Url, toBase64Url } from './base64url';
import { MalformedError, type Bytes } from './bytes';
import { idOf } from './ids';
import { PUBLIC_KEY_BYTES } from './limits';

const { subtle } = globalThis.crypto;
const SIGN = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const AGREE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const ECDSA = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** What everyone may know of a device: raw points, `b64u` [1.1]. */
export interface PublicKeys {
	readonly sign: string;
	readonly agree: string;
}

/** A device with its private keys. */
export interface DeviceKeys {
	readonly id: string;
	readonly keys: PublicKeys;
	/** Private; may sign. */
	readonly signKey: CryptoKey;
	/** Private; may derive bits. */
	readonly agreeKey: CryptoKey;
}

/** @param extractable for a recovery kit alone: a device's keys never leave it */
export async function newDevice(extractable = false): Promise<DeviceKeys> {
	const sign = await subtle.generateKey(SIGN, extractable, ['sign', 'verify']);
	const agree = await subtle.generateKey(AGREE, extractable, ['deriveBits']);
	const raw = await rawKey(sign.publicKey);
	const keys = { sign: toBase64Url(raw), agree: toBase64Url(await rawKey(agree.publicKey)) };
	return { id: await idOf(raw), keys, signKey: sign.privateKey, agreeKey: agree.privateKey };
}

export const rawKey = async (key: CryptoKey): Promise<Bytes> =>
	new Uint8Array(await subtle.exportKey('raw', key));

/** @throws {MalformedError} where `sign` is no point of the curve */
export const importSignKey = (sign: string): Promise<CryptoKey> =>
	importPoint(sign, SIGN, ['verify']);

/** @throws {MalformedError} where `agree` is no point of the curve */
export const importAgreeKey = (agree: string): Promise<CryptoKey> => importPoint(agree, AGREE, []);

async function importPoint(
	point: string,
	algorithm: typeof SIGN | typeof AGREE,
	usages: KeyUsage[],
): Promise<CryptoKey> {
	const raw = fromBase64Url(point, PUBLIC_KEY_BYTES);
	try {
		return await subtle.importKey('raw', raw, algorithm, true, usages);
	} catch {
		throw new MalformedError('no public key');
	}
}

/** The id that goes with a signing key. @throws {MalformedError} */
export const deviceIdOf = (sign: string): Promise<string> =>
	idOf(fromBase64Url(sign, PUBLIC_KEY_BYTES));

/** 64 raw bytes. */
export const signBytes = async (key: CryptoKey, bytes: Uint8Array): Promise<Bytes> =>
	new Uint8Array(await subtle.sign(ECDSA, key, bytes as Bytes));

/** False for anything that is not this key's signature, whatever is wrong with it. */
export async function verifyBytes(
	sign: string,
	signature: Uint8Array,
	bytes: Uint8Array,
): Promise<boolean> {
	try {
		const key = await importSignKey(sign);
		return await subtle.verify(ECDSA, key, signature as Bytes, bytes as Bytes);
	} catch {
		return false;
	}
}
