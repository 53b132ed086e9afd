import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** Crockford's base 32, as ULIDs are written in it. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The last moment a ULID can name, epoch ms. */
const LAST = 2 ** 48 - 1;

/**
 * An id in the form of a ULID that is the same whenever it is made of the same: its time is `at` (epoch ms), the rest
 * 80 bits of SHA-256 over `words`, whose order counts.
 */
export function derivedId(at: number, ...words: readonly string[]): string {
	return timePart(at) + hashPart(words, 16);
}

/**
 * A series of such ids, of which each next one costs next to nothing: 45 bits name the series, 35 count. Each lasts
 * for 2^35 ids.
 */
export function derivedIds(at: number, ...words: readonly string[]): () => string {
	const start = timePart(at) + hashPart(words, 9);
	let given = 0;
	return () => start + digits(given++, 7);
}

function timePart(at: number): string {
	return digits(Math.min(LAST, Math.max(0, Math.floor(at))), 10);
}

function hashPart(words: readonly string[], length: number): string {
	const hash = sha256(utf8ToBytes(words.join('\u0000').toWellFormed()));
	return Array.from(hash.subarray(0, length), (byte) => DIGITS[byte % 32]).join('');
}

function digits(number: number, length: number): string {
	let written = '';
	for (let rest = number; written.length < length; rest = Math.floor(rest / 32))
		written = (DIGITS[rest % 32] ?? '0') + written;
	return written;
}
