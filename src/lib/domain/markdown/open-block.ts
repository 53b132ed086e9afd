import type { Token, Tokens } from 'marked';
import type { Block, BlockOf } from './ast';
import { blocksFrom, isClosedFence, itemFrom, type ReadInline } from './from-tokens';

/**
 * A block that is still growing, its finished parts already read. `context` is what must stand
 * before the rest of its text for the lexer to read that rest as it would within the whole.
 */
export type OpenBlock =
	| { context: string; block: BlockOf<'list'>; kind: 'list' }
	| { context: string; block: BlockOf<'table'>; kind: 'table' }
	| { context: string; block: BlockOf<'code'>; kind: 'code' }
	/** Finished segments are blocks of their own; nothing is carried but the fact. */
	| { context: string; kind: 'paragraph' };

/** Stands for the settled beginning of the paragraph's line. */
export const paragraphContext = 'x ';

export interface Split {
	open: OpenBlock;
	/** How many characters after the context are settled. */
	taken: number;
}

/**
 * Takes the settled parts off the first block of the tail: items and rows that another one
 * follows, lines of code.
 *
 * @param tail complete lines: the text the token was read from, without the context
 * @returns null when nothing is settled yet
 */
export function splitOpen(
	token: Token,
	tail: string,
	open: OpenBlock | null,
	read: ReadInline,
): Split | null {
	switch (token.type) {
		case 'list':
			return splitList(token as Tokens.List, open, read);
		case 'table':
			return splitTable(token as Tokens.Table, open, read);
		case 'code':
			return splitCode(token as Tokens.Code, tail, open);
		default:
			return null;
	}
}

/** What is read so far and the latest reading of the rest, as one block. */
export function joined(open: OpenBlock, rest: Block | undefined): Block | null {
	if (open.kind === 'list') {
		if (!rest) return open.block;
		if (rest.type !== 'list') return null;
		const items = [...open.block.items, ...rest.items];
		return { ...open.block, loose: open.block.loose || rest.loose, items };
	}
	if (open.kind === 'table') {
		if (!rest) return open.block;
		if (rest.type !== 'table') return null;
		return { ...open.block, rows: [...open.block.rows, ...rest.rows] };
	}
	if (open.kind === 'code') {
		if (rest && rest.type !== 'code') return null;
		const text = `${open.block.text}${rest?.text ?? ''}`.replace(/\n+$/, '');
		return { ...open.block, text, closed: rest?.closed ?? false };
	}
	return rest?.type === 'paragraph' ? { ...rest, continued: true } : null;
}

function splitList(token: Tokens.List, open: OpenBlock | null, read: ReadInline): Split | null {
	// The last item stays: only what follows it says where it ends.
	const settled = token.items.slice(0, -1);
	if (settled.length === 0) return null;
	const taken = settled.reduce((length, item) => length + item.raw.length, 0);
	const before = open?.kind === 'list' ? open.block : null;
	const block: BlockOf<'list'> = {
		type: 'list',
		ordered: before?.ordered ?? token.ordered,
		start: before?.start ?? (token.start === '' ? 1 : token.start),
		loose: (before?.loose ?? false) || settled.some(loosens),
		items: [...(before?.items ?? []), ...settled.map((item) => itemFrom(item, read, 0))],
	};
	return { open: { kind: 'list', context: '', block }, taken };
}

/** The lexer's own rule, for an item that another one follows. */
function loosens(item: Tokens.ListItem): boolean {
	return (
		/\n[ \t]*\n[ \t]*$/.test(item.raw) ||
		item.tokens.some((token) => token.type === 'space' && /\n.*\n/.test(token.raw))
	);
}

function splitTable(token: Tokens.Table, open: OpenBlock | null, read: ReadInline): Split | null {
	const before = open?.kind === 'table' ? open : null;
	const context = before?.context ?? headLines(token.raw);
	// The last row stays: only what follows it says whether the table goes on.
	const count = token.rows.length - 1;
	if (count < 1) return null;
	const rowsText = token.raw.slice(context.length);
	const settled = lengthOfLines(rowsText, count);
	const [settledRows] = blocksFrom([{ ...token, rows: token.rows.slice(0, count) }], read);
	if (settledRows?.type !== 'table') return null;
	const block = before
		? { ...before.block, rows: [...before.block.rows, ...settledRows.rows] }
		: settledRows;
	const taken = (before ? 0 : context.length) + settled;
	return { open: { kind: 'table', context, block }, taken };
}

function lengthOfLines(text: string, count: number): number {
	let end = 0;
	for (let line = 0; line < count; line++) end = text.indexOf('\n', end) + 1;
	return end;
}

/** The header and delimiter lines. */
function headLines(raw: string): string {
	return raw.slice(0, raw.indexOf('\n', raw.indexOf('\n') + 1) + 1);
}

function splitCode(token: Tokens.Code, tail: string, open: OpenBlock | null): Split | null {
	if (token.codeBlockStyle === 'indented' || isClosedFence(token.raw)) return null;
	const before = open?.kind === 'code' ? open : null;
	const firstLine = tail.indexOf('\n') + 1;
	if (!before && firstLine === 0) return null;
	const context = before?.context ?? tail.slice(0, firstLine);
	// A line is settled when it is complete; a closing fence would have closed the token.
	const settled = tail.lastIndexOf('\n') + 1;
	if (settled === 0 || (!before && settled === firstLine)) return null;
	const from = before ? 0 : firstLine;
	const text = unindented(tail.slice(from, settled), context);
	const block: BlockOf<'code'> = {
		type: 'code',
		lang: before?.block.lang ?? (token.lang ?? '').split(/\s/, 1)[0] ?? '',
		text: (before?.block.text ?? '') + text,
		closed: false,
	};
	return { open: { kind: 'code', context, block }, taken: settled };
}

/** As the lexer does: an indented fence takes as much indentation off each of its lines. */
function unindented(lines: string, fenceLine: string): string {
	const indent = /^(\s+)```/.exec(fenceLine)?.[1]?.length ?? 0;
	if (indent === 0) return lines;
	return lines
		.split('\n')
		.map((line) => line.slice(Math.min(/^\s*/.exec(line)?.[0].length ?? 0, indent)))
		.join('\n');
}
