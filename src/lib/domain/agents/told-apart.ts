/** What tells things of one name apart. `born`, epoch ms: when it was made; null where nobody knows any more. */
export interface Named {
	id: string;
	name: string;
	/** What it runs on; empty where that is left open. */
	model: string;
	born: number | null;
}

/**
 * By id, a few words for those whose name another one has too: their model if that differs, else the day they were
 * made. Nothing for those whose name says enough.
 */
export function toldApart(
	all: readonly Named[],
	dayOf: (at: number) => string,
): Map<string, string> {
	const words = new Map<string, string>();
	for (const one of all) {
		const others = all.filter(({ id, name }) => id !== one.id && same(name, one.name));
		if (others.length === 0) continue;
		const byModel = one.model !== '' && others.every(({ model }) => model !== one.model);
		words.set(one.id, byModel ? one.model : made(one, dayOf));
	}
	return words;
}

const same = (one: string, other: string) =>
	one.trim().toLocaleLowerCase() === other.trim().toLocaleLowerCase();

const made = ({ born }: Named, dayOf: (at: number) => string) =>
	born === null ? 'deleted' : `made on ${dayOf(born)}`;
