/**
 * Numbers for the elements of a list that shows other things again and again. What stays keeps its element; what is
 * new takes over that of something that has gone, which is quicker than making one and throwing the other away.
 */
export class Slots {
	#given = new Map<string, number>();
	#next = 0;

	/** A number for each key. Elements of `bound` keys hold something of their own (the focus, say), and are not passed on. */
	give(keys: readonly string[], bound: ReadonlySet<string>): number[] {
		const wanted = new Set(keys);
		const free: number[] = [];
		for (const [key, slot] of this.#given) if (!wanted.has(key) && !bound.has(key)) free.push(slot);
		free.reverse();
		const slots = keys.map((key) => this.#given.get(key) ?? free.pop() ?? this.#next++);
		this.#given = new Map(keys.map((key, i) => [key, slots[i] as number]));
		return slots;
	}
}
