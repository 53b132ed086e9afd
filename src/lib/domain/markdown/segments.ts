import { scanInline } from './inline-scan';

/**
 * Inline markdown is read in segments, each a paragraph of its own on screen: reading is
 * quadratic for hostile input and re-reading a long tail would make each token dearer than the
 * last. A cut falls on the first space after `soft` characters where nothing is open, else on a
 * space after `hard`, else at `hardest`. It depends only on the text
 * before it, so cutting while text arrives and cutting at once give the same segments.
 */
export interface SegmentLimits {
	soft: number;
	hard: number;
	hardest: number;
}

export const segmentLimits: SegmentLimits = { soft: 2_048, hard: 3_072, hardest: 4_096 };

/** Length of the first segment, or -1 when the text (so far) needs no cut. */
export function segmentEnd(text: string, limits = segmentLimits): number {
	if (text.length <= limits.soft + 1) return -1;
	let cut = -1;
	// The cut may not be followed by white space: a line must not begin with it.
	const fits = (at: number) =>
		at >= limits.soft &&
		text[at] === ' ' &&
		at + 1 < text.length &&
		!/\s/.test(text[at + 1] ?? '') &&
		!/[\s\\]/.test(text[at - 1] ?? '');
	scanInline(text.slice(0, limits.hard), (at) => {
		if (fits(at)) cut = at + 1;
		return cut > 0;
	});
	if (cut > 0) return cut;
	for (let at = limits.hard; at < Math.min(text.length, limits.hardest); at++) {
		if (fits(at)) return at + 1;
	}
	for (let at = limits.hardest; at < text.length; at++) if (isWithinLine(text, at)) return at;
	return -1;
}

/** Neither beside a line break, which may end the paragraph, nor between surrogates. */
function isWithinLine(text: string, at: number): boolean {
	return text[at] !== '\n' && !/[\n\ud800-\udbff]/.test(text[at - 1] ?? '');
}

export function segmentsOf(text: string, limits = segmentLimits): string[] {
	const segments: string[] = [];
	for (let end = segmentEnd(text, limits); end > 0; end = segmentEnd(text, limits)) {
		segments.push(text.slice(0, end));
		text = text.slice(end);
	}
	segments.push(text);
	return segments;
}
