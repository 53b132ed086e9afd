import type { Mark } from './find';

/** A piece of a text on one line, with what was found in it. */
export interface Passage {
	text: string;
	/** Places in `text`. */
	marks: Mark[];
}

/** UTF-16 code units of a passage, more or less: two lines on a wide screen. */
const PASSAGE_CHARS = 180;
/** How far before the first mark it begins, at most. */
const LEAD_CHARS = 40;
/** How far an edge moves to leave a word whole. */
const WORD_CHARS = 16;

/** Breaks, tabs, and characters that hide or turn the text around them: one space each, so that marks stay true. */
const unseen = /[\s\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** The part of a text around the stretch with most marks. */
export function passageOf(text: string, marks: readonly Mark[], chars = PASSAGE_CHARS): Passage {
	const lead = Math.min(LEAD_CHARS, Math.floor(chars / 4));
	const first = densest(marks, chars - lead)?.from ?? 0;
	const from = text.length <= chars ? 0 : startNear(text, first - lead, first);
	const to = endNear(text, Math.max(from + chars, firstEnd(marks, from)));
	const head = from > 0 ? '…' : '';
	const piece = text.slice(from, to).toWellFormed().replace(unseen, ' ');
	const shift = head.length - from;
	return {
		text: head + piece + (to < text.length ? '…' : ''),
		marks: marks
			.filter((mark) => mark.from >= from && mark.from < to)
			.map((mark) => ({ from: mark.from + shift, to: Math.min(mark.to, to) + shift })),
	};
}

function densest(marks: readonly Mark[], chars: number): Mark | undefined {
	let best: Mark | undefined;
	let most = 0;
	for (let start = 0, end = 0; start < marks.length; start++) {
		const mark = marks[start] as Mark;
		while (end < marks.length && (marks[end] as Mark).to <= mark.from + chars) end++;
		if (end - start <= most) continue;
		most = end - start;
		best = mark;
	}
	return best ?? marks[0];
}

/** A mark longer than a passage is cut too, far enough out to be seen for what it is. */
function firstEnd(marks: readonly Mark[], from: number): number {
	const mark = marks.find((one) => one.from >= from);
	return mark ? Math.min(mark.to, mark.from + 2 * PASSAGE_CHARS) : 0;
}

function startNear(text: string, wanted: number, most: number): number {
	if (wanted <= 0) return 0;
	for (let at = wanted; at <= Math.min(most, wanted + WORD_CHARS); at++)
		if (/\s/.test(text[at - 1] ?? '')) return at;
	return isInPair(text, wanted) ? wanted - 1 : wanted;
}

function endNear(text: string, wanted: number): number {
	if (wanted >= text.length) return text.length;
	for (let at = wanted; at < Math.min(text.length, wanted + WORD_CHARS); at++)
		if (/\s/.test(text[at] ?? '')) return at;
	return isInPair(text, wanted) ? wanted + 1 : wanted;
}

function isInPair(text: string, at: number): boolean {
	return /[\udc00-\udfff]/.test(text[at] ?? '') && /[\ud800-\udbff]/.test(text[at - 1] ?? '');
}
