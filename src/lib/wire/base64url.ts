import { MalformedError, type Bytes } from './bytes';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const values = new Map([...alphabet].map((letter, value) => [letter, value]));

/** base64url without padding. Written out, since `atob` is lenient and `Buffer` is Node's. */
export function toBase64Url(bytes: Uint8Array): string {
	let text = '';
	for (let at = 0; at < bytes.length; at += 3) {
		const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
		const left = bytes.length - at;
		text += alphabet.charAt(a >> 2) + alphabet.charAt(((a & 3) << 4) | (b >> 4));
		if (left > 1) text += alphabet.charAt(((b & 15) << 2) | (c >> 6));
		if (left > 2) text += alphabet.charAt(c & 63);
	}
	return text;
}

/**
 * Takes the one way to write these bytes and no other: no padding, no stray bits at the end.
 * @param length how many bytes it has to be, where that is known
 * @throws {MalformedError}
 */
export function fromBase64Url(text: string, length?: number): Bytes {
	const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
	let [held, bits, at] = [0, 0, 0];
	for (const letter of text) {
		const value = values.get(letter);
		if (value === undefined) throw new MalformedError('no base64url');
		held = ((held << 6) | value) & 0xfff;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			bytes[at++] = (held >> bits) & 0xff;
		}
	}
	if (bits >= 6 || held & ((1 << bits) - 1)) throw new MalformedError('no base64url');
	if (length !== undefined && bytes.length !== length) throw new MalformedError('wrong length');
	return bytes;
}
