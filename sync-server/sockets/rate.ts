/** How many frames a socket may send: so many a second, evened out over some seconds. */
export class Rate {
	readonly #perSecond: number;
	readonly #most: number;
	#left: number;
	#at: number;

	/** @param now in milliseconds, of any clock that only goes forward */
	constructor(perSecond: number, now: number, seconds = 10) {
		this.#perSecond = perSecond;
		this.#most = perSecond * seconds;
		this.#left = this.#most;
		this.#at = now;
	}

	/** Counts one; false where it is one too many. */
	take(now: number): boolean {
		const gained = ((now - this.#at) / 1000) * this.#perSecond;
		this.#left = Math.min(this.#most, this.#left + gained);
		this.#at = now;
		if (this.#left < 1) return false;
		this.#left -= 1;
		return true;
	}
}
