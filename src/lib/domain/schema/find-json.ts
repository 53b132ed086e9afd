import type { JsonValue } from '../json';
import { isTextTooDeep, tooDeep } from '../json-depth';
import { readJson } from './read-json';

export type FoundJson = { ok: true; values: JsonValue[] } | { ok: false; problem: string };

/** UTF-16 units. */
const MAX_CHARS = 20_000_000;

/**
 * JSON in a text a model wrote, likeliest first: the text itself, or the fenced blocks that parse (the last one
 * first), then the outermost object and list.
 */
export function findJson(text: string): FoundJson {
	if (text.length > MAX_CHARS) return fail('The answer is too long to be read as JSON.');
	const trimmed = text.trim();
	if (trimmed === '') return fail('The answer is empty.');
	const whole = parsed(trimmed);
	if (whole !== undefined) return { ok: true, values: [whole] };
	const candidates = [...fencedBlocks(trimmed).reverse(), ...outermost(trimmed), trimmed];
	const values = candidates.map(parsed).filter((value) => value !== undefined);
	if (values.length > 0) return { ok: true, values };
	if (candidates.some(isTextTooDeep)) return fail(`The JSON in the answer is ${tooDeep}.`);
	const broken = candidates.find((candidate) => /^[[{]/.test(candidate));
	const read = broken === undefined ? null : readJson(broken);
	if (!read || read.ok) return fail('The answer contains no JSON.');
	return fail(`The JSON in the answer is broken: ${read.message}`);
}

const fail = (problem: string): FoundJson => ({ ok: false, problem });

function fencedBlocks(text: string): string[] {
	const blocks: string[] = [];
	let open: string[] | null = null;
	for (const line of text.split('\n')) {
		const fence = /^\s*(```|~~~)/.test(line);
		if (!fence) open?.push(line);
		else if (open === null) open = [];
		else {
			blocks.push(open.join('\n').trim());
			open = null;
		}
	}
	// An answer cut off inside its block still shows what was there.
	if (open !== null) blocks.push(open.join('\n').trim());
	return blocks.filter((block) => block !== '');
}

/** The outermost object and list, the one that begins first before the other. */
function outermost(text: string): string[] {
	return (
		[
			['{', '}'],
			['[', ']'],
		] as const
	)
		.map(([open, close]) => ({ from: text.indexOf(open), to: text.lastIndexOf(close) }))
		.filter(({ from, to }) => from !== -1 && to > from)
		.sort((a, b) => a.from - b.from)
		.map(({ from, to }) => text.slice(from, to + 1));
}

function parsed(text: string): JsonValue | undefined {
	if (isTextTooDeep(text)) return undefined;
	try {
		const value: JsonValue = JSON.parse(text);
		return value;
	} catch {
		return undefined;
	}
}
