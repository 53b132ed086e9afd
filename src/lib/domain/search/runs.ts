/** A text in runs of letters and digits: what is between them separates words, and says nothing. */
import { fold } from './fold';

export interface Run {
	/** Place in the text, UTF-16 code units, without `to`. */
	from: number;
	to: number;
	/** Folded; never empty. */
	text: string;
	/** Of a script that puts nothing between its words, so that any part of the run may be one. */
	dense: boolean;
	/** Words that the run is made of, as in getUserName: each with its place in the text. Absent: it is one word. */
	parts?: Part[];
}
export interface Part {
	from: number;
	to: number;
	text: string;
}

const runs = /[\p{L}\p{N}\p{M}_]+/gu;
const denseScripts =
	'\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u30fc\\uff70\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const denseOrNot = new RegExp(`[${denseScripts}]+|[^${denseScripts}]+`, 'gu');
const isDense = new RegExp(`^[${denseScripts}]`, 'u');
/** No such script begins below Thai; what is above is asked for exactly. */
const maybeDense = /[\u0e00-\uffff]/;
const seams = /_+|(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu;

/** Longer runs are no names that somebody put together: hashes, base64. */
const NAME_CHARS = 64;

export function* runsOf(text: string): Generator<Run> {
	for (const { 0: found, index } of text.matchAll(runs)) {
		if (!maybeDense.test(found)) {
			yield* run(found, index, false);
			continue;
		}
		for (const piece of found.matchAll(denseOrNot))
			yield* run(piece[0], index + piece.index, isDense.test(piece[0]));
	}
}

function* run(written: string, from: number, dense: boolean): Generator<Run> {
	const text = fold(written);
	if (text === '') return;
	const to = from + written.length;
	const parts = dense ? [] : partsOf(written, from);
	const whole = parts.every((part) => part.text === text);
	yield whole ? { from, to, text, dense } : { from, to, text, dense, parts };
}

function partsOf(written: string, from: number): Part[] {
	if (written.length > NAME_CHARS) return [];
	const parts: Part[] = [];
	let start = 0;
	const take = (end: number) => {
		const text = fold(written.slice(start, end));
		if (text !== '') parts.push({ from: from + start, to: from + end, text });
	};
	for (const seam of written.matchAll(seams)) {
		if (seam.index > start) take(seam.index);
		start = seam.index + seam[0].length;
	}
	if (start < written.length) take(written.length);
	return parts;
}
