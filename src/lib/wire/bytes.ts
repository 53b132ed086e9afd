/** Bytes over an ordinary buffer, as WebCrypto takes them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** What was to be read is not what it should be. The one error that reading bytes of this format throws. */
export class MalformedError extends Error {
	override name = 'MalformedError';
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The UTF-8 of a text. */
export const utf8 = (text: string): Bytes => encoder.encode(text);

/** @throws {MalformedError} where the bytes are no UTF-8 */
export function fromUtf8(bytes: Uint8Array): string {
	try {
		return decoder.decode(bytes);
	} catch {
		throw new MalformedError('no UTF-8');
	}
}

export function concat(...parts: Uint8Array[]): Bytes {
	const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

export const randomBytes = (length: number): Bytes =>
	globalThis.crypto.getRandomValues(new Uint8Array(length));

export const sha256 = async (bytes: Uint8Array): Promise<Bytes> =>
	new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes as Bytes));
