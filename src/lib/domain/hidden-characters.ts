export interface HiddenCharacter {
	/** As written in the standard: U+200B. */
	codePoint: string;
	name: string;
	/** How many of it follow each other. */
	count: number;
}

export interface Segment {
	text: string;
	/** Null: visible text. Otherwise `text` is this character, once or repeated. */
	hidden: HiddenCharacter | null;
}

/**
 * What is set apart. `hidden`, where something is decided or kept: control, format, direction-changing, tag and filler
 * characters, separators, spaces other than the plain one, and halves of characters. `misleading`, where prose is
 * read: only what makes a text look like another, which is control, direction-changing and tag characters. No-break
 * spaces, direction marks and joiners are ordinary there.
 */
export type Reveals = 'hidden' | 'misleading';

/**
 * A text with what cannot be seen in it set apart. Tabs, line breaks, and the joiners, selectors and tags inside an
 * emoji are ordinary text. The segments joined are the text.
 */
export function revealHidden(text: string, reveals: Reveals = 'hidden'): Segment[] {
	const segments: Segment[] = [];
	let from = 0;
	for (const found of text.matchAll(runs[reveals])) {
		const at = found.index;
		const char = String.fromCodePoint(found[0].codePointAt(0) ?? 0);
		if (at < from || found[1] === undefined || isOrdinary(text, at, found[0])) continue;
		if (at > from) segments.push({ text: text.slice(from, at), hidden: null });
		segments.push({ text: found[0], hidden: describe(char, found[0].length / char.length) });
		from = at + found[0].length;
	}
	if (from < text.length) segments.push({ text: text.slice(from), hidden: null });
	return segments;
}

export function hasHidden(text: string): boolean {
	return revealHidden(text).some((segment) => segment.hidden !== null);
}

/** Cheap where nothing does, as in nearly all that streams in. */
export function misleads(text: string): boolean {
	return (
		misleading.test(text) &&
		revealHidden(text, 'misleading').some((segment) => segment.hidden !== null)
	);
}

const misleading = /(?![\t\n\r])[\p{Cc}\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u;

/** `\p{Cs}` in Unicode mode is a half of a pair standing alone. */
const hidden =
	/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u115f\u1160\u2800\u3164\uffa0\u{e0000}-\u{e0fff}]|\u034f|\u17b4|\u17b5|[\u180b-\u180d]|\u180f|[\ufe00-\ufe0f]/u;

/** England, Scotland and Wales: the emoji that are made with tag characters. */
const tagged =
	/\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}/u;

/** A flag, or in the group one character, with its repetitions. */
const runsOf = (one: RegExp) => new RegExp(`${tagged.source}|(${one.source})\\1*`, 'gu');

const runs: Readonly<Record<Reveals, RegExp>> = {
	hidden: runsOf(hidden),
	misleading: runsOf(misleading),
};

const pictograph = /\p{Extended_Pictographic}|\p{Emoji_Component}/u;

function isOrdinary(text: string, at: number, run: string): boolean {
	if (run[0] === '\t' || run[0] === '\n') return true;
	if (run === '\r') return text[at + 1] === '\n';
	const before = [...text.slice(Math.max(0, at - 4), at)].at(-1) ?? '';
	const after = String.fromCodePoint(text.codePointAt(at + 1) ?? 0);
	if (run === '\ufe0f') return pictograph.test(before);
	return (
		run === '\u200d' &&
		(/\p{Extended_Pictographic}|\p{Emoji_Modifier}/u.test(before) || before === '\ufe0f') &&
		/\p{Extended_Pictographic}/u.test(after)
	);
}

function describe(char: string, count: number): HiddenCharacter {
	const code = char.codePointAt(0) ?? 0;
	const codePoint = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
	return { codePoint, name: names[code] ?? kindName(code), count };
}

function kindName(code: number): string {
	if (code >= 0xe0020 && code <= 0xe007e)
		return `Tag character for "${String.fromCodePoint(code - 0xe0000)}"`;
	if (code >= 0xe0000 && code <= 0xe007f) return 'Tag character';
	if (code >= 0xfe00 && code <= 0xfe0f) return `Variation selector ${code - 0xfdff}`;
	if (code >= 0xe0100 && code <= 0xe01ef) return `Variation selector ${code - 0xe00ef}`;
	if (code >= 0x180b && code <= 0x180f) return 'Mongolian variation selector';
	if (code >= 0xd800 && code <= 0xdfff) return 'Half of a character';
	if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return 'Control character';
	if (/\p{Zs}/u.test(String.fromCodePoint(code))) return 'Unusual space';
	return 'Invisible character';
}

const names: Readonly<Record<number, string>> = {
	0x00: 'Null',
	0x07: 'Bell',
	0x08: 'Backspace',
	0x0b: 'Vertical tab',
	0x0c: 'Form feed',
	0x0d: 'Carriage return',
	0x1b: 'Escape',
	0x7f: 'Delete',
	0x85: 'Next line',
	0xa0: 'No-break space',
	0xad: 'Soft hyphen',
	0x34f: 'Combining grapheme joiner',
	0x61c: 'Arabic letter mark',
	0x115f: 'Hangul filler',
	0x1160: 'Hangul filler',
	0x180e: 'Mongolian vowel separator',
	0x2007: 'Figure space',
	0x2009: 'Thin space',
	0x200a: 'Hair space',
	0x200b: 'Zero width space',
	0x200c: 'Zero width non-joiner',
	0x200d: 'Zero width joiner',
	0x200e: 'Left-to-right mark',
	0x200f: 'Right-to-left mark',
	0x2028: 'Line separator',
	0x2029: 'Paragraph separator',
	0x202a: 'Left-to-right embedding',
	0x202b: 'Right-to-left embedding',
	0x202c: 'End of direction change',
	0x202d: 'Left-to-right override',
	0x202e: 'Right-to-left override',
	0x202f: 'Narrow no-break space',
	0x2060: 'Word joiner',
	0x2061: 'Invisible function application',
	0x2062: 'Invisible times',
	0x2063: 'Invisible separator',
	0x2064: 'Invisible plus',
	0x2066: 'Left-to-right isolate',
	0x2067: 'Right-to-left isolate',
	0x2068: 'First strong isolate',
	0x2069: 'End of direction isolate',
	0x2800: 'Blank braille pattern',
	0x3000: 'Ideographic space',
	0x3164: 'Hangul filler',
	0xfeff: 'Zero width no-break space',
	0xffa0: 'Halfwidth Hangul filler',
	0xfff9: 'Annotation anchor',
	0xfffa: 'Annotation separator',
	0xfffb: 'Annotation end',
	0xe0001: 'Language tag',
};
