import { isJsonObject, type JsonValue } from '../json';

/** What a run is called when its prompt has no words. */
export const UNTITLED = 'Untitled run';

/** Graphemes a title may have, the ellipsis of a cut one included. */
const MAX_GRAPHEMES = 80;
/** UTF-16 code units: one grapheme can carry any number of combining marks. */
const MAX_UNITS = 400;
/** A prompt may be a megabyte; its title is in the beginning. */
const LOOK_AT = 4000;
/** A first sentence shorter than this ("Hello!") says too little and takes the next one along. */
const MIN_UNITS = 12;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * A title for a run, from what it was asked: the first sentence as plain text, in one line of at most 80 graphemes.
 * Where the prompt has no words, from the first text with words in the filled form, `input`.
 */
export function titleFrom(prompt: string, input?: JsonValue): string {
	for (const text of textsOf(prompt, input)) {
		const plain = plainText(text.trimStart().slice(0, LOOK_AT).toWellFormed());
		if (plain !== '') return shorten(firstSentence(plain));
	}
	return UNTITLED;
}

/** The first line with words of a markdown text, as plain text that fits on a row; empty where there is none. */
export function oneLine(markdown: string): string {
	return shorten(plainText(markdown.trimStart().slice(0, LOOK_AT).toWellFormed()));
}

const unseen = /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** A title as a person writes it: one line, without characters that hide or turn the text around them. */
export function plainTitle(written: string): string {
	return written.toWellFormed().replace(unseen, ' ').replace(/\s+/g, ' ').trim();
}

/** Fields of a form in their order, one level deep: what lies deeper is data, not words. */
function textsOf(prompt: string, input: JsonValue | undefined): string[] {
	const values = isJsonObject(input) ? Object.values(input) : [input];
	return [prompt, ...values.filter((value) => typeof value === 'string')];
}

/** The first paragraph with words in it, without markdown, control or direction-changing characters. */
function plainText(markdown: string): string {
	const lines = markdown
		.replace(/^---\r?\n[\s\S]*?\r?\n---(\r?\n|$)/, '')
		.split(/[\r\n\u2028\u2029]+/)
		.map(plainLine);
	return lines.find((line) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(line)) ?? '';
}

function plainLine(line: string): string {
	// A fence and its language, a rule, the separator of a table: no words of the person's.
	if (/^\s*(`{3,}|~{3,})/.test(line) || /^[\s|:*_=-]+$/.test(line)) return '';
	return line
		.replace(unseen, ' ')
		.replace(/^\s*(?:>\s*)*(?:#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+)?/, '')
		.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/<\/?[a-zA-Z][^>]*>/g, ' ')
		.replace(/(`+)(.+?)\1/g, '$2')
		.replace(/(\*{1,3}|~~|(?<![\p{L}\p{N}])_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, '$2')
		.replace(/\s+/g, ' ')
		.trim();
}

function firstSentence(text: string): string {
	// Full-width stops need no space after them; the others do, so that "2.8" and "a.ts" stay whole.
	for (const end of text.matchAll(/[.!?…]+["'”’)\]]*(?=\s|$)|[。！？]+/gu)) {
		const sentence = text.slice(0, end.index + end[0].length);
		if (sentence.length < MIN_UNITS || isAbbreviation(sentence)) continue;
		return sentence.replace(/(?<!\.)[.。]$/u, '');
	}
	// "Review this:" leads to code or a list; the title stands alone.
	return text.replace(/(?<=[\p{L}\p{N}])\s*[:：]$/u, '');
}

function isAbbreviation(sentence: string): boolean {
	return /(?:^|[\s(])(?:e\.g|i\.e|vs|cf|etc|approx|no|nr|mr|mrs|ms|dr|prof|st|z\.B|d\.h|p\.ex|\p{Lu})\.$/iu.test(
		sentence,
	);
}

function shorten(text: string): string {
	const parts = [...graphemes.segment(text)].map(({ segment }) => segment);
	if (parts.length <= MAX_GRAPHEMES && text.length <= MAX_UNITS) return text;
	let cut = '';
	for (const part of parts.slice(0, MAX_GRAPHEMES - 1)) {
		if (cut.length + part.length >= MAX_UNITS) break;
		cut += part;
	}
	// Words stay whole, unless the last one is most of the line.
	const space = cut.lastIndexOf(' ');
	const whole = text[cut.length] !== ' ' && space > cut.length / 2 ? cut.slice(0, space) : cut;
	return `${whole.replace(/[\s,;:–-]+$/u, '')}…`;
}
