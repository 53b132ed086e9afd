/** What two devices say through a mailbox that the relay can't read. docs/sync.md §4 */
import { toBase64Url } from '$lib/wire/base64url';
import { fromUtf8, MalformedError, randomBytes, sha256, utf8, type Bytes } from '$lib/wire/bytes';
import type { PublicKeys } from '$lib/wire/device';

export type Side = 'guest' | 'member';

const IV_BYTES = 12;
const ID_BYTES = 16;

/** A mailbox: its id on the relay, and the key of what is in it. */
export interface PairBox {
	id: string;
	seal(from: Side, message: object): Promise<Bytes>;
	/** Throws a MalformedError for what the other side did not say. */
	open(from: Side, sealed: Uint8Array): Promise<Record<string, unknown>>;
}

export async function pairBox(secret: Bytes): Promise<PairBox> {
	const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, [
		'deriveBits',
		'deriveKey',
	]);
	const hkdf = (info: string) => ({
		name: 'HKDF',
		hash: 'SHA-256',
		salt: new Uint8Array(),
		info: utf8(info),
	});
	const bits = await crypto.subtle.deriveBits(hkdf('muster pair 1 id'), material, ID_BYTES * 8);
	const id = toBase64Url(new Uint8Array(bits));
	const aes = { name: 'AES-GCM', length: 256 };
	const key = await crypto.subtle.deriveKey(hkdf('muster pair 1 key'), material, aes, false, [
		'encrypt',
		'decrypt',
	]);
	const gcm = (iv: Bytes, from: Side) => ({
		name: 'AES-GCM',
		iv,
		additionalData: utf8(`${id}|${from}`),
	});
	return {
		id,
		async seal(from, message) {
			const iv = randomBytes(IV_BYTES);
			const plain = utf8(JSON.stringify(message));
			const sealed = new Uint8Array(await crypto.subtle.encrypt(gcm(iv, from), key, plain));
			return new Uint8Array([...iv, ...sealed]);
		},
		async open(from, sealed) {
			const bytes = sealed.slice();
			try {
				const iv = bytes.slice(0, IV_BYTES);
				const plain = await crypto.subtle.decrypt(gcm(iv, from), key, bytes.slice(IV_BYTES));
				const message: unknown = JSON.parse(fromUtf8(new Uint8Array(plain)));
				if (typeof message === 'object' && message !== null) return { ...message };
			} catch {
				// Said below.
			}
			throw new MalformedError('This is not what the other device said');
		},
	};
}

/** The six digits that both show. [4.4] */
export async function shortCode(
	workspace: string,
	{ sign, agree }: PublicKeys,
	nonce: Uint8Array,
): Promise<string> {
	const text = `muster code 1|${workspace}|${sign}|${agree}|${toBase64Url(nonce)}`;
	const hash = await sha256(utf8(text));
	const number = new DataView(hash.buffer, hash.byteOffset).getUint32(0);
	return String(number % 1_000_000).padStart(6, '0');
}
