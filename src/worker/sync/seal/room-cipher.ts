/**
 * What the relay sees of a room: its name and sealed batches. Names, keys and the format of a batch are those of
 * docs/sync.md §5.
 */
import { toBase64Url } from '$lib/wire/base64url';
import { utf8 } from '$lib/wire/bytes';
import { BATCH_BYTES, SECRET_BYTES } from '$lib/wire/limits';
import { deflate, inflate } from './deflate';

/** In which batches are written. */
const VERSION = 2;
/** In which they are read. */
const VERSIONS = [1, 2];
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 3;

/** Most a payload may have so that its batch is never too long, whatever deflate makes of it. Bytes. */
export const PAYLOAD_BYTES = BATCH_BYTES - HEAD_BYTES - IV_BYTES - TAG_BYTES - 256;

/** Why a batch stays closed. [5.6] */
export type Closed = 'version' | 'epoch' | 'check' | 'damaged';

export type Opened = { payload: Uint8Array } | { closed: Closed };

/** Seals and opens the batches of one room. */
export interface RoomCipher {
	/** `payload` has at most {@link PAYLOAD_BYTES}. Uses the newest epoch. */
	seal(payload: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
	/** Never rejects for what a batch holds. */
	open(batch: Uint8Array): Promise<Opened>;
}

/** Secrets by epoch, 32 bytes each; epochs count from 1. */
export type EpochSecrets = ReadonlyMap<number, Uint8Array<ArrayBuffer>>;

/** Makes the names of rooms and their ciphers. Throws a TypeError where epoch 1 is missing. */
export class RoomKeys {
	#secrets: EpochSecrets;
	#namer: Promise<CryptoKey>;

	constructor(secrets: EpochSecrets) {
		const first = secrets.get(1);
		if (!first || [...secrets.values()].some(({ length }) => length !== SECRET_BYTES))
			throw new TypeError('Rooms need the secret of epoch 1, and 32 bytes for each epoch');
		this.#secrets = secrets;
		this.#namer = derive(first, 'muster rooms 1', { name: 'HMAC', hash: 'SHA-256', length: 256 }, [
			'sign',
		]);
	}

	get epoch(): number {
		return Math.max(...this.#secrets.keys());
	}

	/** The room of a meaning: `workspace`, `catalogue|2026-11`, `session|<id>`. [5.2] */
	async nameOf(meaning: string): Promise<string> {
		const name = await crypto.subtle.sign('HMAC', await this.#namer, utf8(meaning));
		return toBase64Url(new Uint8Array(name, 0, 16));
	}

	cipher(room: string): RoomCipher {
		const keys = new Map<number, Promise<CryptoKey>>();
		const keyOf = (epoch: number): Promise<CryptoKey> | null => {
			const secret = this.#secrets.get(epoch);
			if (!secret) return null;
			let key = keys.get(epoch);
			if (!key) keys.set(epoch, (key = roomKey(secret, room)));
			return key;
		};
		return {
			seal: (payload) => seal(room, this.epoch, keyOf, payload),
			open: (batch) => open(room, keyOf, batch),
		};
	}
}

type KeyOf = (epoch: number) => Promise<CryptoKey> | null;

async function seal(
	room: string,
	epoch: number,
	keyOf: KeyOf,
	payload: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
	if (payload.length > PAYLOAD_BYTES)
		throw new RangeError(`A payload of ${payload.length} bytes is too long for one batch`);
	const key = await keyOf(epoch);
	if (!key) throw new TypeError(`There is no secret of epoch ${epoch}`);
	const head = new Uint8Array([VERSION, epoch >> 8, epoch & 0xff]);
	const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
	const sealed = await crypto.subtle.encrypt(gcm(iv, head, room), key, deflate(payload, VERSION));
	const batch = new Uint8Array(HEAD_BYTES + IV_BYTES + sealed.byteLength);
	batch.set(head);
	batch.set(iv, HEAD_BYTES);
	batch.set(new Uint8Array(sealed), HEAD_BYTES + IV_BYTES);
	return batch;
}

async function open(room: string, keyOf: KeyOf, batch: Uint8Array): Promise<Opened> {
	if (batch.length < HEAD_BYTES + IV_BYTES + TAG_BYTES || batch.length > BATCH_BYTES)
		return { closed: 'damaged' };
	const [version = 0] = batch;
	if (!VERSIONS.includes(version)) return { closed: 'version' };
	const head = batch.slice(0, HEAD_BYTES);
	const key = await keyOf(((head[1] ?? 0) << 8) | (head[2] ?? 0));
	if (!key) return { closed: 'epoch' };
	const iv = batch.slice(HEAD_BYTES, HEAD_BYTES + IV_BYTES);
	let deflated: ArrayBuffer;
	try {
		const sealed = batch.slice(HEAD_BYTES + IV_BYTES);
		deflated = await crypto.subtle.decrypt(gcm(iv, head, room), key, sealed);
	} catch {
		return { closed: 'check' };
	}
	try {
		return { payload: inflate(new Uint8Array(deflated), version) };
	} catch {
		return { closed: 'damaged' };
	}
}

/** Bound to the version, the epoch and the room: none of them can be another's. */
function gcm(
	iv: Uint8Array<ArrayBuffer>,
	head: Uint8Array<ArrayBuffer>,
	room: string,
): AesGcmParams {
	const name = utf8(room);
	const additionalData = new Uint8Array(head.length + name.length);
	additionalData.set(head);
	additionalData.set(name, head.length);
	return { name: 'AES-GCM', iv, additionalData };
}

/** [5.3] */
const roomKey = (secret: Uint8Array<ArrayBuffer>, room: string) =>
	derive(secret, `muster room 1|${room}`, { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt']);

async function derive(
	secret: Uint8Array<ArrayBuffer>,
	info: string,
	algorithm: HmacImportParams | AesKeyGenParams,
	usages: KeyUsage[],
): Promise<CryptoKey> {
	const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
	const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8(info) };
	return crypto.subtle.deriveKey(hkdf, material, algorithm, false, usages);
}
