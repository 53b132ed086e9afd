import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An id in the form of all others (26 characters, as a ULID) that the same parts always give. */
export function stableId(...parts: readonly string[]): string {
	const bytes = sha256(utf8ToBytes(JSON.stringify(parts)));
	// Five bits a character, of which 32 bytes have more than enough; the first of a ULID has three.
	const digits = [...bytes.subarray(0, 26)].map((byte, i) => DIGITS[byte & (i === 0 ? 7 : 31)]);
	return digits.join('');
}
