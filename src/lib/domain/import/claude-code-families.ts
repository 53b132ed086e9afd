export interface SessionFile {
	/** As the person knows it, for what is said about it. */
	name: string;
	/** Its lines in order, without their ends. Read twice. May throw: the error passes through. */
	lines: () => AsyncIterable<string>;
}

/** Names a line gives to itself, to the line it follows or was copied from, and to its session. */
const names =
	/"(?:uuid|parentUuid|logicalParentUuid|messageUuid|sessionId)"\s*:\s*"([^"\\]{1,200})"/g;

/**
 * Files in groups that have nothing to do with each other: those that share a name belong together. Looks at text
 * alone, which may put too many together, never too few. Groups and their files are in order of names.
 */
export async function families<F extends SessionFile>(files: readonly F[]): Promise<F[][]> {
	const parents = files.map((_, place) => place);
	const find = (place: number): number => {
		let root = place;
		while (parents[root] !== root) root = parents[root] ?? root;
		for (let at = place; at !== root;) {
			const next = parents[at] ?? root;
			parents[at] = root;
			at = next;
		}
		return root;
	};
	const holders = new Map<string, number>();
	for (const [place, file] of files.entries())
		for await (const line of file.lines())
			for (const [, name] of line.matchAll(names)) {
				if (name === undefined) continue;
				const holder = holders.get(name);
				// A copy: what was cut out of a line would keep the whole line in memory.
				if (holder === undefined) holders.set(JSON.parse(`"${name}"`) as string, place);
				else if (holder !== place) parents[find(place)] = find(holder);
			}
	const groups = new Map<number, F[]>();
	for (const [place, file] of files.entries()) {
		const root = find(place);
		const group = groups.get(root);
		if (group) group.push(file);
		else groups.set(root, [file]);
	}
	const byName = (a: F, b: F) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
	return [...groups.values()]
		.map((group) => group.sort(byName))
		.sort(([a], [b]) => (a && b ? byName(a, b) : 0));
}
