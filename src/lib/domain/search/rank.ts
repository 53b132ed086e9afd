/** How well a name answers what was typed: for short lists that are read whole. */
import { fold } from './fold';
import type { Mark } from './find';
import { runsOf } from './runs';

export interface Ranked {
	/** Higher is better; always above zero. */
	score: number;
	/** What of the name was typed, in order. */
	marks: Mark[];
}

/**
 * Every word typed has to be in the name: as the beginning of a word of it (best at the name's own beginning),
 * inside of one, or as its characters in order ("nrn" for "New run"). Null: one of them is not.
 */
export function rank(name: string, typed: string): Ranked | null {
	const words = fold(typed).split(/\s+/).filter(Boolean);
	if (words.length === 0) return { score: 1, marks: [] };
	const plain = fold(name);
	const same = plain.length === name.length;
	const starts = new Set(
		[...runsOf(name)].flatMap(({ from, parts = [] }) => [from, ...parts.map((part) => part.from)]),
	);
	let score = 0;
	const marks: Mark[] = [];
	for (const word of words) {
		const best = placeOf(plain, word, starts) ?? scattered(plain, word, starts);
		if (!best) return null;
		score += best.score;
		if (same) marks.push(...best.marks);
	}
	marks.sort((a, b) => a.from - b.from);
	// Of two that fit alike, the shorter name says less that was not asked for.
	return { score: score / words.length - Math.min(plain.length, 200) / 1000, marks: apart(marks) };
}

function placeOf(name: string, word: string, starts: ReadonlySet<number>): Ranked | null {
	let best: Ranked | null = null;
	for (let at = name.indexOf(word); at >= 0; at = name.indexOf(word, at + 1)) {
		const score = at === 0 ? (word.length === name.length ? 12 : 10) : starts.has(at) ? 8 : 4;
		if (!best || score > best.score) best = { score, marks: [{ from: at, to: at + word.length }] };
	}
	return best;
}

/** Characters in their order, each as early as can be; near together and at the beginning of words is better. */
function scattered(name: string, word: string, starts: ReadonlySet<number>): Ranked | null {
	if (word.length < 2) return null;
	const marks: Mark[] = [];
	let at = -1;
	let good = 0;
	for (const character of word) {
		const next = name.indexOf(character, at + 1);
		if (next < 0) return null;
		if (next === at + 1 || starts.has(next)) good++;
		marks.push({ from: next, to: next + character.length });
		at = next + character.length - 1;
	}
	// Mere chance lies all over the name.
	return good * 2 < marks.length ? null : { score: 1 + good / marks.length, marks };
}

function apart(marks: readonly Mark[]): Mark[] {
	const joined: Mark[] = [];
	for (const mark of marks) {
		const last = joined.at(-1);
		if (last && mark.from <= last.to) last.to = Math.max(last.to, mark.to);
		else joined.push({ ...mark });
	}
	return joined;
}
