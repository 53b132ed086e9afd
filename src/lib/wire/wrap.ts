import { fromBase64Url, toBase64Url } from './base64url';
import { concat, MalformedError, randomBytes, utf8, type Bytes } from './bytes';
import { importAgreeKey, rawKey } from './device';
import { PUBLIC_KEY_BYTES, SECRET_BYTES } from './limits';

const { subtle } = globalThis.crypto;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** `ephemeral public key | iv | AES-256-GCM(secret)` [1.8]. */
export const WRAP_BYTES = PUBLIC_KEY_BYTES + IV_BYTES + SECRET_BYTES + TAG_BYTES;

/** Whom a secret is wrapped for, and in what: all of it is bound to the wrap. */
export interface WrapScope {
	/** The workspace's salt, `b64u`. */
	readonly salt: string;
	readonly epoch: number;
	/** Id of the member it is for. */
	readonly member: string;
}

export const newSecret = (): Bytes => randomBytes(SECRET_BYTES);

/**
 * @param secret an epoch's, 32 bytes
 * @param agree the member's public agreeing key, `b64u`
 * @returns `b64u`
 * @throws {MalformedError} where `agree` is no public key
 */
export async function wrapSecret(
	secret: Uint8Array,
	agree: string,
	scope: WrapScope,
): Promise<string> {
	const own = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, [
		'deriveBits',
	]);
	const key = await wrapKey(own.privateKey, await importAgreeKey(agree), scope, 'encrypt');
	const iv = randomBytes(IV_BYTES);
	const sealed = await subtle.encrypt(gcm(iv, scope), key, secret as Bytes);
	return toBase64Url(concat(await rawKey(own.publicKey), iv, new Uint8Array(sealed)));
}

/**
 * @param agreeKey the member's private agreeing key
 * @returns 32 bytes
 * @throws {MalformedError} where this is no wrap, or one for somebody or something else
 */
export async function unwrapSecret(
	wrap: string,
	agreeKey: CryptoKey,
	scope: WrapScope,
): Promise<Bytes> {
	const bytes = fromBase64Url(wrap, WRAP_BYTES);
	const ephemeral = await importAgreeKey(toBase64Url(bytes.subarray(0, PUBLIC_KEY_BYTES)));
	const iv = bytes.slice(PUBLIC_KEY_BYTES, PUBLIC_KEY_BYTES + IV_BYTES);
	const key = await wrapKey(agreeKey, ephemeral, scope, 'decrypt');
	try {
		const sealed = bytes.subarray(PUBLIC_KEY_BYTES + IV_BYTES);
		return new Uint8Array(await subtle.decrypt(gcm(iv, scope), key, sealed));
	} catch {
		throw new MalformedError('wrapped for something else');
	}
}

/** Whether this is of the form of a wrap; only its member can tell what is in it. */
export function isWrap(text: unknown): text is string {
	try {
		return typeof text === 'string' && fromBase64Url(text, WRAP_BYTES).length > 0;
	} catch {
		return false;
	}
}

const info = ({ salt, epoch, member }: WrapScope): Bytes =>
	utf8(`muster wrap 1|${salt}|${epoch}|${member}`);

const gcm = (iv: Bytes, scope: WrapScope) => ({
	name: 'AES-GCM',
	iv,
	additionalData: info(scope),
});

async function wrapKey(
	own: CryptoKey,
	other: CryptoKey,
	scope: WrapScope,
	usage: 'encrypt' | 'decrypt',
): Promise<CryptoKey> {
	const bits = await subtle.deriveBits({ name: 'ECDH', public: other }, own, 256);
	const secret = await subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey']);
	return subtle.deriveKey(
		{ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: info(scope) },
		secret,
		{ name: 'AES-GCM', length: 256 },
		false,
		[usage],
	);
}
