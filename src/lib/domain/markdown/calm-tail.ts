import { scanInline, type OpenConstruct } from './inline-scan';

/**
 * The unfinished end of a growing text, completed or held back so that it does not flicker:
 * `**bo` is already bold, a lone `-` is not yet a heading or a list, a table appears when its
 * second line is there. For showing only: what settles is read from the text as it is.
 *
 * @param within the open block the tail goes on from
 */
export function calmTail(tail: string, within: 'code' | 'table' | null): string {
	const lineStart = tail.lastIndexOf('\n') + 1;
	const line = tail.slice(lineStart);
	const codeEnd = endOfCode(tail.slice(0, lineStart), within === 'code');
	if (codeEnd < 0) {
		return /^[ \t>]*(?:`+|~+)[ \t]*$/.test(line) ? tail.slice(0, lineStart) : tail;
	}
	const table = within === 'table' ? -1 : unfinishedTable(tail);
	if (table >= 0) return tail.slice(0, table);
	if (line.length < 100 && isOnlyMarker(line)) return tail.slice(0, lineStart);
	const from = Math.max(codeEnd, leafStart(tail));
	return tail.slice(0, from) + calmInline(tail.slice(from));
}

const fenceLine = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})(.*)$/;

/** Where text goes on after the last fence, or -1 within an open one. */
function endOfCode(lines: string, inCode: boolean): number {
	if (!inCode && !/`{3}|~{3}/.test(lines)) return 0;
	let open = inCode;
	let end = 0;
	let at = 0;
	for (const line of lines.split('\n')) {
		at += line.length + 1;
		const match = fenceLine.exec(line);
		if (!match) continue;
		if (!open) open = true;
		else if (!match[2]?.trim()) {
			open = false;
			end = at;
		}
	}
	return open ? -1 : Math.min(end, lines.length);
}

/** Rules, bullets, numbers, fences and underlines before they have said what they are. */
function isOnlyMarker(line: string): boolean {
	return (
		/^[ \t>]*(?:[-=*+_#`~|!<[]+|\d{1,9}[.)]?)[ \t]*$/.test(line) ||
		/^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]?\]?|[*_`~[!]+|`{3,}[^`]*|~{3,}.*)?[ \t]*$/.test(
			line,
		) ||
		/^[ \t>]*(?:`{3,}[^`]*|~{3,}.*)$/.test(line)
	);
}

/** Start of a table whose delimiter line is not complete yet, or -1. */
function unfinishedTable(tail: string): number {
	let start = tail.length;
	let rows = 0;
	for (let end = tail.length; end > 0 && rows < 3; end = start - 1) {
		const line = tail.lastIndexOf('\n', end - 1) + 1;
		if (line === tail.length) {
			// The last line has not begun.
			start = line;
			continue;
		}
		if (!/^ {0,3}\|/.test(tail.slice(line, line + 4))) break;
		start = line;
		rows += 1;
	}
	const known = tail.endsWith('\n') ? 2 : 3;
	return rows > 0 && rows < known ? start : -1;
}

/** Where the last paragraph, item, heading or cell begins. */
function leafStart(tail: string): number {
	let start = tail.lastIndexOf('\n') + 1;
	while (start > 0 && !startsBlock.test(tail.slice(start, start + 64))) {
		const previous = tail.lastIndexOf('\n', start - 2) + 1;
		if (!tail.slice(previous, start).trim()) break;
		start = previous;
	}
	const isRow = /^ {0,3}\|/.test(tail.slice(start, start + 4));
	return isRow ? Math.max(start, tail.lastIndexOf('|') + 1) : start;
}

const startsBlock = /^[ \t]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|>|\|)/;

function calmInline(text: string): string {
	const { open } = scanInline(text);
	// Many open ones are no unfinished sentence, and closing them all would be dear to read.
	if (open.length === 0 || open.length > 6) return text;
	const link = open.findIndex((one) => one.marker.endsWith('[') || one.marker === '](');
	if (link >= 0) {
		const shown = withoutLink(text, open.slice(link));
		if (shown !== text) return calmInline(shown);
	}
	let result = text;
	for (const construct of open.filter((one) => !/[[(]$/.test(one.marker)).reverse()) {
		result = closed(result, construct);
	}
	return result;
}

/** An unfinished link shows its text so far; an unfinished image waits. */
function withoutLink(text: string, open: OpenConstruct[]): string {
	const [start, next] = open;
	if (!start) return text;
	if (start.marker === '![') return text.slice(0, start.at);
	const end = next?.marker === '](' ? next.at : text.length;
	// Without its bracket a line could begin another block: `[- a` would be a list.
	const opensLine = !text.slice(text.lastIndexOf('\n', start.at) + 1, start.at).trim();
	if (opensLine && !/^\[\p{L}/u.test(text.slice(start.at, start.at + 3))) return text;
	return text.slice(0, start.at) + text.slice(start.at + 1, end);
}

function closed(text: string, { marker, at }: OpenConstruct): string {
	const inner = text.slice(at + marker.length);
	if (!inner.trim()) return text.slice(0, at);
	// A closer does not count after white space, nor after a stray backslash.
	const end = text.replace(/[\s\\]+$/, '').length;
	return text.slice(0, end) + marker + text.slice(end);
}
