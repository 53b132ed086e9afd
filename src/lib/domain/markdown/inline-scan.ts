/**
 * A rough reading of inline markdown from left to right: which constructs are open at a point?
 * It decides only how an unfinished tail is shown and where a very long paragraph may be cut,
 * so being wrong costs looks, never content.
 */
export interface OpenConstruct {
	/** `**`, `_`, `~~`, a run of backticks, or `[`, `![`, `](`. */
	marker: string;
	at: number;
}

export interface InlineScan {
	open: OpenConstruct[];
}

const space = /\s/;
const wordChar = /[\p{L}\p{N}]/u;

/** @param onSpace called at each space where nothing is open; returning true stops the scan */
export function scanInline(text: string, onSpace?: (at: number) => boolean): InlineScan {
	const open: OpenConstruct[] = [];
	let i = 0;
	while (i < text.length) {
		const char = text[i] ?? '';
		const top = open.at(-1);
		if (top?.marker.startsWith('`')) {
			const close = closingTicks(text, i, top.marker.length);
			if (close < 0) return { open };
			open.pop();
			i = close;
			continue;
		}
		if (top?.marker === '](') {
			if (char === ')') closeLink(open);
			else if (char === '\n' && text[i + 1] === '\n') dropLink(open);
			i += 1;
			continue;
		}
		if (char === '\\') {
			i += 2;
			continue;
		}
		if (char === ' ' || char === '\n') {
			if (open.length === 0 && onSpace?.(i)) return { open };
			i += 1;
			continue;
		}
		if (char === '`' || char === '*' || char === '_' || char === '~') {
			const run = runLength(text, i, char);
			if (char === '`') open.push({ marker: text.slice(i, i + run), at: i });
			else emphasis(text, i, char, run, open);
			i += run;
			continue;
		}
		if (char === '[') {
			const image = text[i - 1] === '!';
			open.push({ marker: image ? '![' : '[', at: image ? i - 1 : i });
		} else if (char === ']') {
			bracketClosed(text, i, open);
		}
		i += 1;
	}
	return { open };
}

function runLength(text: string, from: number, char: string): number {
	let end = from;
	while (text[end] === char) end += 1;
	return end - from;
}

/** @returns index after the closing run, or -1 */
function closingTicks(text: string, from: number, length: number): number {
	for (let i = text.indexOf('`', from); i >= 0; i = text.indexOf('`', i)) {
		const run = runLength(text, i, '`');
		if (run === length) return i + run;
		i += run;
	}
	return -1;
}

function emphasis(text: string, at: number, char: string, run: number, open: OpenConstruct[]) {
	const before = text[at - 1] ?? ' ';
	const after = text[at + run] ?? ' ';
	const inWord = run === 1 && wordChar.test(before) && wordChar.test(after);
	if (inWord || (char === '~' && run < 2)) return;
	let left = run;
	if (!space.test(before)) {
		while (left > 0) {
			const match = open.findLastIndex(
				(one) => one.marker[0] === char && one.marker.length <= left,
			);
			if (match < 0) break;
			left -= open[match]?.marker.length ?? left;
			open.length = match;
		}
	}
	if (left > 0 && (!space.test(after) || at + run >= text.length) && left <= 3) {
		if (left !== 2) open.push({ marker: char, at: at + run - left });
		if (left >= 2) open.push({ marker: char + char, at: at + run - 2 });
	}
}

function bracketClosed(text: string, at: number, open: OpenConstruct[]) {
	const match = open.findLastIndex((one) => one.marker === '[' || one.marker === '![');
	if (match < 0) return;
	open.length = match + 1;
	if (text[at + 1] === '(') open.push({ marker: '](', at });
	else open.pop();
}

function closeLink(open: OpenConstruct[]) {
	open.pop();
	open.pop();
}

const dropLink = closeLink;
