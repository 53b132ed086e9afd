/** Chance that is the same for the same seed (mulberry32, public domain, by Tommy Ettinger). */
export function seeded(seed: number) {
	let state = seed;
	/** From 0 to 1. */
	const next = (): number => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	return {
		next,
		chance: (of: number): boolean => next() < of,
		pick: <T>(of: readonly T[]): T => {
			const picked = of[Math.floor(next() * of.length)];
			if (picked === undefined) throw new RangeError('There is nothing to pick from');
			return picked;
		},
	};
}
