import type { JsonObject, JsonValue } from '../json';
import { linearRegex } from '../regex/linear-regex';
import { parseRegex, type Atom, type RegexNode } from '../regex/parse';
import { formatExamples } from './problem-words';

const MAX_LENGTH = 10_000;

/** A string of the wanted format, pattern and length; `nth` makes items of a list differ where they can. */
export function exampleText(form: JsonObject, nth = 0): string | undefined {
	const least = countOr(form.minLength, 0);
	const most = countOr(form.maxLength, Infinity);
	if (least > most || least > MAX_LENGTH) return undefined;
	if (typeof form.pattern === 'string') return ofPattern(form.pattern, least, most, nth);
	const example = typeof form.format === 'string' ? formatExamples[form.format] : undefined;
	if (example !== undefined) return nth > 0 ? varied(String(form.format), example, nth) : example;
	const word = nth === 0 ? 'text' : `text ${nth + 1}`;
	return word.padEnd(least, ' text').slice(0, most);
}

function varied(format: string, example: string, nth: number): string {
	if (format === 'email') return `name${nth}@example.com`;
	if (format === 'uri' || format === 'url') return `${example}/${nth}`;
	if (format === 'uuid') return example.slice(0, -4) + String(1000 + nth).slice(-4);
	return example;
}

function ofPattern(pattern: string, least: number, most: number, nth: number): string | undefined {
	const compiled = linearRegex(pattern);
	if (!compiled.ok) return undefined;
	const tree = parseRegex(pattern, false);
	const fits = (text: string) =>
		text.length >= least && text.length <= most && compiled.regex.test(text);
	for (const pad of ['', 'text'.repeat(Math.ceil(least / 4)).slice(0, least)])
		for (let more = 0; more <= Math.min(Math.max(least, 8), 300); more++) {
			const text = written(tree, more, nth) + pad;
			if (fits(text)) return text;
		}
	return undefined;
}

/** One text the expression takes, apart from its assertions; open repeats come `more` times more than they must. */
function written(node: RegexNode, more: number, nth: number): string {
	switch (node.is) {
		case 'atom':
			return charOf(node.atom, nth);
		case 'assert':
			return '';
		case 'sequence':
			return node.parts.map((part) => written(part, more, nth)).join('');
		case 'choice': {
			const option = node.options[nth % node.options.length];
			return option ? written(option, more, nth) : '';
		}
		case 'repeat': {
			const times = Math.min(node.min + more, node.max ?? Infinity, 300);
			return written(node.node, more, nth).repeat(times).slice(0, MAX_LENGTH);
		}
	}
}

const likely = [
	...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.,:;@/#+*!?()[]{}=<>|&%$"\'\\^`~\n\té漢',
];

function charOf(atom: Atom, nth: number): string {
	const taken = likely.filter((char) => atom.test(char));
	return taken[nth % Math.max(1, taken.length)] ?? '';
}

function countOr(value: JsonValue | undefined, absent: number): number {
	return typeof value === 'number' ? value : absent;
}
