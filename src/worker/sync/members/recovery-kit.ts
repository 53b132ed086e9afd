/**
 * A recovery kit is a member of the workspace on paper: a code from which its keys follow. docs/sync.md [1.10]
 */
import { p256 } from '@noble/curves/nist.js';
import { fromBase64Url, toBase64Url } from '$lib/wire/base64url';
import { MalformedError, randomBytes, utf8, type Bytes } from '$lib/wire/bytes';
import { deviceIdOf, type DeviceKeys } from '$lib/wire/device';
import { isId } from '$lib/wire/ids';

/** What is printed, and what a new device is told. */
export interface RecoveryKit {
	workspace: string;
	/** Address of the relay. */
	relay: string;
	/** 20 random bytes. */
	secret: Bytes;
}

const SECRET_BYTES = 20;
const CHECK_BYTES = 1;
const HEAD = 'muster-kit-1';
/** Crockford's base32: no I, L, O, U. https://www.crockford.com/base32.html */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP = 5;

export const newKit = (workspace: string, relay: string): RecoveryKit => ({
	workspace,
	relay,
	secret: randomBytes(SECRET_BYTES),
});

/** The code as a person copies it: 34 letters and digits in groups of five, the last ones against errors. */
export async function kitCode({ secret }: RecoveryKit): Promise<string> {
	const letters = toLetters(new Uint8Array([...secret, ...(await check(secret))]));
	return (letters.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join('-');
}

/** The whole kit as text, for a file or a QR code. */
export async function kitText(kit: RecoveryKit): Promise<string> {
	return [HEAD, kit.workspace, toBase64Url(utf8(kit.relay)), await kitCode(kit)].join('.');
}

/**
 * A kit from its text, with whatever stands around it in a file. Throws a MalformedError that says what is wrong with
 * it.
 */
export async function readKit(text: string): Promise<RecoveryKit> {
	const found = /muster-kit-(\d+)\.([\w-]+)\.([\w-]+)\.([0-9A-Za-z-]+)/.exec(text);
	if (!found) throw new MalformedError('There is no recovery kit in this text');
	const [, version, workspace = '', relay = '', code = ''] = found;
	if (version !== '1') throw new MalformedError('This kit was made by a newer Muster');
	if (!isId(workspace)) throw new MalformedError('The kit names no workspace');
	return { workspace, relay: relayOf(relay), secret: await readCode(code) };
}

/** The secret of a code, as a person types it: letters of either case, O for 0, I and L for 1, with or without dashes. */
export async function readCode(typed: string): Promise<Bytes> {
	const bytes = fromLetters(typed);
	if (bytes.length !== SECRET_BYTES + CHECK_BYTES)
		throw new MalformedError('The code is not complete');
	const secret = bytes.slice(0, SECRET_BYTES);
	const [sum] = await check(secret);
	if (bytes.at(-1) !== sum) throw new MalformedError('There is a mistake in the code');
	return secret;
}

/** The member that the kit is. Its private keys can't be taken out of the browser either. */
export async function kitMember({ secret }: Pick<RecoveryKit, 'secret'>): Promise<DeviceKeys> {
	const sign = await keyPair(secret, 'muster kit 1 sign');
	const agree = await keyPair(secret, 'muster kit 1 agree');
	const { subtle } = crypto;
	const named = { namedCurve: 'P-256' };
	return {
		id: await deviceIdOf(sign.point),
		keys: { sign: sign.point, agree: agree.point },
		signKey: await subtle.importKey('jwk', sign.jwk, { name: 'ECDSA', ...named }, false, ['sign']),
		agreeKey: await subtle.importKey('jwk', agree.jwk, { name: 'ECDH', ...named }, false, [
			'deriveBits',
		]),
	};
}

/** 48 bytes of HKDF become a private key without bias: FIPS 186-5, A.2.1. */
async function keyPair(secret: Bytes, info: string): Promise<{ point: string; jwk: JsonWebKey }> {
	const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
	const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8(info) };
	const seed = new Uint8Array(await crypto.subtle.deriveBits(hkdf, material, 48 * 8));
	const { secretKey } = p256.keygen(seed);
	const point = p256.getPublicKey(secretKey, false);
	const [x, y] = [toBase64Url(point.subarray(1, 33)), toBase64Url(point.subarray(33))];
	const jwk = { kty: 'EC', crv: 'P-256', d: toBase64Url(secretKey), x, y };
	return { point: toBase64Url(point), jwk };
}

async function check(secret: Bytes): Promise<Bytes> {
	return new Uint8Array(await crypto.subtle.digest('SHA-256', secret)).slice(0, CHECK_BYTES);
}

function relayOf(encoded: string): string {
	try {
		const address = new TextDecoder().decode(fromBase64Url(encoded));
		if (/^wss?:$/.test(new URL(address).protocol)) return address;
	} catch {
		// Said below.
	}
	throw new MalformedError('The kit names no relay');
}

function toLetters(bytes: Uint8Array): string {
	let text = '';
	let bits = 0;
	let value = 0;
	for (const byte of bytes) {
		value = (value << 8) | byte;
		bits += 8;
		for (; bits >= 5; bits -= 5) text += LETTERS[(value >> (bits - 5)) & 31] ?? '';
		value &= (1 << bits) - 1;
	}
	return bits > 0 ? text + (LETTERS[(value << (5 - bits)) & 31] ?? '') : text;
}

function fromLetters(typed: string): Bytes {
	const letters = typed
		.toUpperCase()
		.replace(/[\s-]/g, '')
		.replace(/O/g, '0')
		.replace(/[IL]/g, '1');
	const bytes: number[] = [];
	let bits = 0;
	let value = 0;
	for (const letter of letters) {
		const five = LETTERS.indexOf(letter);
		if (five < 0) throw new MalformedError(`"${letter}" is in no code`);
		value = (value << 5) | five;
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			bytes.push((value >> bits) & 255);
			value &= (1 << bits) - 1;
		}
	}
	return new Uint8Array(bytes);
}
