/** What somebody looks for: `avatar "exact words" upl`. */
import { cut, pairs } from './index-words';
import { runsOf, type Run } from './runs';

/** Runs that stand side by side in a text. One run alone may also be a part of a longer name. */
export interface Term {
	runs: Run[];
	/** The last run may go on: it is still being typed. */
	open: boolean;
}

/** A word of the index; `open`: every word that begins so. */
export interface Lookup {
	word: string;
	open: boolean;
}

export interface SearchQuery {
	/** All of them have to be found. None: nothing is looked for. */
	terms: Term[];
}

/** Longer queries are cut: nobody means them. UTF-16 code units. */
const MOST_CHARS = 400;

/** Never fails: whatever is typed looks for something, or for nothing. */
export function parseQuery(typed: string): SearchQuery {
	const text = typed.slice(0, MOST_CHARS);
	const terms: Term[] = [];
	for (const piece of text.matchAll(/"([^"]*)("|$)|[^\s"]+/g)) {
		const quoted = piece[1] !== undefined;
		const runs = [...runsOf(piece[1] ?? piece[0])].map(({ parts: _, ...run }) => run);
		const last = piece.index + piece[0].length === text.length;
		const open = last && !(quoted && piece[2] === '"') && endsInRun(piece[0]);
		if (runs.length > 0) terms.push({ runs, open });
	}
	return { terms };
}

function endsInRun(piece: string): boolean {
	return /[\p{L}\p{N}\p{M}_]$/u.test(piece);
}

/** Words of the index that every text with the term is under. */
export function lookupsOf({ runs, open }: Term): Lookup[] {
	return runs.flatMap((run, i): Lookup[] => {
		const goesOn = open && i === runs.length - 1;
		if (!run.dense) return [{ word: cut(run.text), open: goesOn && cut(run.text) === run.text }];
		const words = [...pairs(run.text)];
		// Alone, a character is the first of a pair, or the last of a run.
		if (words.length === 0) return [{ word: run.text, open: true }];
		return words.map((word) => ({ word, open: false }));
	});
}
