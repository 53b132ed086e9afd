import type { Mark } from './find';

/** Every place where a text has the given characters, whatever their case; white space matches any white space. */
export function findLiteral(text: string, typed: string, most = Infinity): Mark[] {
	const wanted = literal(typed);
	if (!wanted) return [];
	const marks: Mark[] = [];
	for (const { index, 0: found } of text.matchAll(wanted)) {
		if (marks.length >= most) break;
		marks.push({ from: index, to: index + found.length });
	}
	return marks;
}

let last: { typed: string; pattern: RegExp | null } | null = null;

/** One pattern is asked of thousands of texts. */
function literal(typed: string): RegExp | null {
	if (last?.typed !== typed) last = { typed, pattern: patternOf(typed) };
	return last.pattern;
}

function patternOf(typed: string): RegExp | null {
	const words = typed.toWellFormed().trim().split(/\s+/).filter(Boolean);
	const escaped = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
	return words.length === 0 ? null : new RegExp(escaped.join('\\s+'), 'giu');
}
