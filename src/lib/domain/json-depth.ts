/** How deeply JSON from outside may be nested: it is refused where it is parsed, before anything recurses into it. */
import type { JsonValue } from './json';

/**
 * Lists and objects within each other that a model may give. Nothing real comes near; some thousand levels overflow
 * the stack of whatever walks them, and the database takes fewer than that (Chrome refuses an event of 1,500).
 */
export const MOST_LEVELS = 200;

export const tooDeep = `nested deeper than ${MOST_LEVELS} levels`;

/** Looks without recursion, and no further than it must. */
export function isTooDeep(value: JsonValue): boolean {
	let level = [value].filter(isNested);
	for (let depth = 1; level.length > 0; depth++) {
		if (depth > MOST_LEVELS) return true;
		level = level.flatMap((item) => Object.values(item).filter(isNested));
	}
	return false;
}

/** The same of a text, JSON or nearly so, without parsing it. */
export function isTextTooDeep(text: string): boolean {
	return isTextDeeper(text, MOST_LEVELS);
}

export function isTextDeeper(text: string, most: number): boolean {
	let depth = 0;
	for (let at = 0; at < text.length; at++) {
		const char = text[at];
		if (char === '"') at = endOfString(text, at);
		else if (char === '{' || char === '[') depth++;
		else if (char === '}' || char === ']') depth = Math.max(0, depth - 1);
		if (depth > most) return true;
	}
	return false;
}

/** Where the string that begins at `from` ends. */
function endOfString(text: string, from: number): number {
	let at = from + 1;
	while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
	return at;
}

/** A text of a value that is too deep, itself too deep; what lies deeper still is left out. */
export function textOfDeep(value: JsonValue): string {
	return JSON.stringify(cut(value, MOST_LEVELS + 1));
}

function cut(value: JsonValue, levels: number): JsonValue {
	if (!isNested(value)) return value;
	if (levels === 0) return '…';
	if (Array.isArray(value)) return value.map((item) => cut(item, levels - 1));
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [key, cut(inner, levels - 1)]),
	);
}

function isNested(value: JsonValue): value is JsonValue[] | { [key: string]: JsonValue } {
	return typeof value === 'object' && value !== null;
}
