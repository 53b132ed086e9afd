// Chance that can be repeated, and ids as the app has them.

/** A source of chance: the same seed gives the same throws. */
export class Dice {
	#state;

	/** @param {number} seed */
	constructor(seed) {
		this.#state = seed >>> 0 || 1;
	}

	/** From 0 up to and without 1. Mulberry32. */
	next() {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let x = this.#state;
		x = Math.imul(x ^ (x >>> 15), x | 1);
		x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
		return ((x ^ (x >>> 14)) >>> 0) / 4_294_967_296;
	}

	/** A whole number from 0 up to and without `n`. @param {number} n */
	below(n) {
		return Math.floor(this.next() * n);
	}

	/** @param {number} from @param {number} to with it */
	between(from, to) {
		return from + this.below(to - from + 1);
	}

	/** @param {number} share of 1 */
	chance(share) {
		return this.next() < share;
	}

	/** @template T @param {readonly T[]} from @returns {T} */
	pick(from) {
		return /** @type {T} */ (from[this.below(from.length)]);
	}

	/** The earlier ones more often. @template T @param {readonly T[]} from @returns {T} */
	favour(from) {
		return /** @type {T} */ (from[Math.floor(this.next() ** 2 * from.length)]);
	}
}

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID: 10 characters of time, 16 that tell apart. @param {number} ms @param {number} n */
export function ulid(ms, n) {
	return inDigits(ms, 10) + inDigits(n, 16);
}

/** @param {number} value @param {number} length */
function inDigits(value, length) {
	let text = '';
	for (let left = value; text.length < length; left = Math.floor(left / 32))
		text = DIGITS[left % 32] + text;
	return text;
}
