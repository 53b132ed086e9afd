import { deflateSync, Inflate } from 'fflate';
import { dictionaryOf } from './dictionary';

/** Most a payload may have once it is inflated, bytes. [5.5] */
export const INFLATED_BYTES = 64 * 1024 * 1024;

const STEP_BYTES = 4096;

/** Somebody made a small thing that becomes a huge one. */
export class InflatedTooLongError extends Error {
	override name = 'InflatedTooLongError';
}

/** Raw deflate, RFC 1951, with the dictionary of a version of the format. */
export function deflate(bytes: Uint8Array, version: number): Uint8Array<ArrayBuffer> {
	return new Uint8Array(deflateSync(bytes, { dictionary: dictionaryOf(version), level: 9 }));
}

/** Throws {@link InflatedTooLongError}, or an Error where the bytes are no whole deflate stream. */
export function inflate(bytes: Uint8Array, version: number, most = INFLATED_BYTES): Uint8Array {
	const parts: Uint8Array[] = [];
	let length = 0;
	let whole = false;
	const stream = new Inflate({ dictionary: dictionaryOf(version) }, (part, final) => {
		length += part.length;
		if (length > most) throw new InflatedTooLongError(`More than ${most} bytes`);
		parts.push(part);
		whole = final;
	});
	// In small steps: each may become a thousand times as long before it is counted.
	for (let at = 0; at < bytes.length; at += STEP_BYTES)
		stream.push(bytes.subarray(at, at + STEP_BYTES), at + STEP_BYTES >= bytes.length);
	if (!whole) throw new Error('The stream ends early');
	const all = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}
