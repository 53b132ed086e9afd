import type { Token, Tokens } from 'marked';
import type { Align, Block, Inline, ListItem } from './ast';
import { decodeEntities } from './entities';
import { linkNote, linkTarget } from './links';
import { segmentsOf, type SegmentLimits } from './segments';

/** Deeper than this is shown as it was written. */
const deepestBlock = 16;
const deepestInline = 24;

const mostColumns = 100;

export interface ReadInline {
	inline: (text: string) => Token[];
	limits: SegmentLimits;
}

/** Block tokens to what is shown; what has no shape of its own becomes text. */
export function blocksFrom(tokens: readonly Token[], read: ReadInline, depth = 0): Block[] {
	return tokens.flatMap((token) => blocksOf(token, read, depth));
}

function blocksOf(token: Token, read: ReadInline, depth: number): Block[] {
	if (token.type === 'space' || token.type === 'def' || token.type === 'checkbox') return [];
	if (depth > deepestBlock) return [{ type: 'plain', text: token.raw }];
	switch (token.type) {
		case 'paragraph':
		case 'text':
			return paragraphs((token as Tokens.Paragraph).text, read);
		case 'heading': {
			const { depth: level, text } = token as Tokens.Heading;
			return [{ type: 'heading', depth: level, inline: inlineOf(text, read) }];
		}
		case 'code':
			return [codeFrom(token as Tokens.Code)];
		case 'list': {
			const list = token as Tokens.List;
			return [
				{
					type: 'list',
					ordered: list.ordered,
					start: list.start === '' ? 1 : list.start,
					loose: list.loose,
					items: list.items.map((item) => itemFrom(item, read, depth)),
				},
			];
		}
		case 'table': {
			const table = token as Tokens.Table;
			if (table.header.length > mostColumns) return [{ type: 'plain', text: table.raw }];
			return [
				{
					type: 'table',
					align: table.align.map((align): Align => align),
					header: table.header.map((cell) => inlineOf(cell.text, read)),
					rows: table.rows.map((row) => row.map((cell) => inlineOf(cell.text, read))),
				},
			];
		}
		case 'blockquote': {
			const inner = (token as Tokens.Blockquote).tokens;
			return [{ type: 'quote', blocks: blocksFrom(inner, read, depth + 1) }];
		}
		case 'hr':
			return [{ type: 'rule' }];
		default:
			return [{ type: 'plain', text: token.raw }];
	}
}

function paragraphs(text: string, read: ReadInline): Block[] {
	return segmentsOf(text, read.limits).map((segment, index) => ({
		type: 'paragraph',
		inline: segmentInline(segment, read),
		continued: index > 0,
	}));
}

/** Loose or tight, `text` or `paragraph`: the list's own flag says it once for all items. */
export function itemFrom(item: Tokens.ListItem, read: ReadInline, depth: number): ListItem {
	const tokens = item.tokens.slice();
	if (item.task && tokens[0]?.type === 'paragraph') {
		// In a loose list the lexer has put the box back before the text.
		const first = tokens[0] as Tokens.Paragraph;
		tokens[0] = { ...first, text: first.text.replace(/^\[[ xX]\][ \t]*/, '') };
	}
	return {
		checked: item.task ? Boolean(item.checked) : null,
		blocks: blocksFrom(tokens, read, depth + 1),
	};
}

function codeFrom(token: Tokens.Code): Block {
	return {
		type: 'code',
		lang: (token.lang ?? '').split(/\s/, 1)[0] ?? '',
		text: token.text.replace(/\n+$/, ''),
		closed: token.codeBlockStyle === 'indented' || isClosedFence(token.raw),
	};
}

export function isClosedFence(raw: string): boolean {
	const fence = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1];
	if (!fence) return false;
	const last = /\n {0,3}(`+|~+) *\n*$/.exec(raw)?.[1];
	return last !== undefined && last[0] === fence[0] && last.length >= fence.length;
}

export function inlineOf(text: string, read: ReadInline): Inline[] {
	return segmentsOf(text, read.limits).flatMap((segment) => segmentInline(segment, read));
}

export function segmentInline(text: string, read: ReadInline): Inline[] {
	return merged(inlineFrom(read.inline(text), 0));
}

function inlineFrom(tokens: readonly Token[], depth: number): Inline[] {
	return tokens.flatMap((token) => inlineNodes(token, depth));
}

function inlineNodes(token: Token, depth: number): Inline[] {
	if (depth > deepestInline) return [{ type: 'text', text: token.raw }];
	const children = () =>
		merged(inlineFrom('tokens' in token ? (token.tokens ?? []) : [], depth + 1));
	switch (token.type) {
		case 'text':
			return [{ type: 'text', text: decodeEntities((token as Tokens.Text).text) }];
		case 'escape':
			return [{ type: 'text', text: (token as Tokens.Escape).text }];
		case 'codespan':
			return [{ type: 'code', text: (token as Tokens.Codespan).text }];
		case 'strong':
			return [{ type: 'strong', children: children() }];
		case 'em':
			return [{ type: 'emphasis', children: children() }];
		case 'del':
			// A single tilde means "about" far more often than "struck out".
			if (token.raw.startsWith('~~')) return [{ type: 'strike', children: children() }];
			return [{ type: 'text', text: '~' }, ...children(), { type: 'text', text: '~' }];
		case 'br':
			return [{ type: 'break' }];
		case 'html':
			return [
				/^<br\s*\/?>$/i.test(token.raw) ? { type: 'break' } : { type: 'text', text: token.raw },
			];
		case 'link':
			return linkNodes(token as Tokens.Link, children());
		case 'image': {
			const { href, text } = token as Tokens.Image;
			const alt = plainText(children()) || decodeEntities(text);
			return [{ type: 'image', alt, source: linkTarget(href) }];
		}
		default:
			return [{ type: 'text', text: token.raw }];
	}
}

function linkNodes(token: Tokens.Link, children: Inline[]): Inline[] {
	const target = linkTarget(token.href);
	if (!target) return [{ type: 'text', text: token.raw }];
	return [
		{ type: 'link', href: target.href, note: linkNote(target, plainText(children)), children },
	];
}

export function plainText(inline: readonly Inline[]): string {
	return inline
		.map((node) => {
			if ('children' in node) return plainText(node.children);
			if (node.type === 'break') return '\n';
			return node.type === 'image' ? node.alt : node.text;
		})
		.join('');
}

/** Neighbouring text becomes one node. */
function merged(nodes: Inline[]): Inline[] {
	const result: Inline[] = [];
	for (const node of nodes) {
		const last = result.at(-1);
		if (node.type === 'text' && last?.type === 'text') last.text += node.text;
		else result.push(node);
	}
	return result;
}
