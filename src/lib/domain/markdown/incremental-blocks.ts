import type { Token, Tokens } from 'marked';
import type { Block } from './ast';
import { lexBlocks, type LexedBlocks, type Links } from './block-lexer';
import { calmTail } from './calm-tail';
import { blocksFrom, segmentInline, type ReadInline } from './from-tokens';
import { joined, paragraphContext, splitOpen, type OpenBlock } from './open-block';
import { LateLinks, type SettledUnit } from './late-links';
import { segmentEnd, segmentLimits, type SegmentLimits } from './segments';
import { isTooDeep, longestTail } from './too-complex';

type Reading = LexedBlocks & ReadInline;

/**
 * Markdown that grows at its end, read so that a token costs the same at the start of a long
 * answer and at its end.
 *
 * The text is `settled + tail`. Blocks of the settled part are final: never read again, the same
 * objects in every reading. A block settles when the first line of the block after it is
 * complete (the first two, for a table), which is as far ahead as the grammar looks. Of the
 * block at the start of the tail, finished parts settle early (open-block.ts), so the tail is a
 * few lines even in a list, table, fence or paragraph of a thousand.
 *
 * Read to its end, a text gives the blocks of `readBlocks`, however it was cut into chunks. Two
 * deliberate differences from other readers of markdown are in block-lexer.ts and segments.ts;
 * one is here: a block that grows past `longestTail` or nests too deep is shown as it was written.
 * A reference used before its definition is read again when the definition comes.
 */
export class IncrementalBlocks {
	/** What has not settled yet. The text before it is not kept, but for what may be read again. */
	#tail = '';
	/** A carriage return at the end of a chunk waits to see whether a line feed follows. */
	#heldReturn = false;
	#settled: Block[] = [];
	#open: OpenBlock | null = null;
	/** The settled text of the open block, and how many blocks stand before it. */
	#openText = '';
	#openIndex = 0;
	/** Set when splitting was wrong: the block is then read whole until it ends. */
	#wholeUntilSettled = false;
	#isPlain = false;
	readonly #links: Links = noLinks();
	readonly #late = new LateLinks();
	#changedFrom = 0;
	readonly #limits: SegmentLimits;

	constructor(limits: SegmentLimits = segmentLimits) {
		this.#limits = limits;
	}

	append(chunk: string): void {
		let text = this.#heldReturn ? `\r${chunk}` : chunk;
		this.#heldReturn = text.endsWith('\r');
		if (this.#heldReturn) text = text.slice(0, -1);
		this.#tail += text.replace(/\r\n?/g, '\n');
	}

	/**
	 * The blocks of the text so far.
	 * @param ended no more text will come: nothing is held back or completed
	 * @returns all blocks, and the index of the first that may differ from the last reading
	 */
	read(ended: boolean): { blocks: Block[]; changedFrom: number } {
		if (ended && this.#heldReturn) {
			this.#heldReturn = false;
			this.#tail += '\n';
		}
		let tail = this.#readTail(ended);
		// Each round settles something; the last one only reads what is left.
		while (tail === null) tail = this.#readTail(ended);
		const changedFrom = Math.min(this.#changedFrom, this.#settled.length);
		this.#changedFrom = this.#settled.length;
		return { blocks: [...this.#settled, ...tail], changedFrom };
	}

	/** @returns the blocks of the tail, or null when something settled and it must be read again */
	#readTail(ended: boolean): Block[] | null {
		const tail = this.#tail;
		if (this.#isPlain) return this.#resumed(tail) ? null : plain(tail);
		if (!this.#open && !tail.trim()) return [];
		const kind = this.#open?.kind;
		if (kind === 'paragraph' && mayBeTable(tail)) return this.#thaw();
		if (tail.length > longestTail || (kind !== 'code' && isTooDeep(tail)))
			return this.#giveUp(tail);
		const shown = ended ? tail : calmTail(tail, kind === 'code' || kind === 'table' ? kind : null);
		const calm = this.#lex(shown);
		if (!calm) return this.#giveUp(tail);
		if (ended || this.#maySettle(calm, tail)) {
			// Whether a line begins a block is sure only once the line is complete.
			const sure = ended ? tail : tail.slice(0, tail.lastIndexOf('\n') + 1);
			const exact = sure === shown ? calm : this.#lex(sure);
			if (!exact) return this.#giveUp(tail);
			if (this.#settleWhole(exact, sure, ended) || this.#settleParts(exact, sure)) return null;
			if (!ended && this.#settleSegment(tail)) return null;
		}
		return this.#blocksOf(calm.tokens, calm) ?? this.#thaw();
	}

	#lex(text: string): Reading | null {
		const lexed = tryLex((this.#open?.context ?? '') + text, this.#links);
		return lexed && { ...lexed, limits: this.#limits };
	}

	/** A cheap look, on the tail as shown; wrong guesses cost a second reading, nothing else. */
	#maySettle({ tokens }: Reading, tail: string): boolean {
		if (tokens.length > 1 || tail.length > this.#limits.soft) return true;
		const [token] = tokens;
		return token !== undefined && !/^(?:paragraph|heading|blockquote|hr)$/.test(token.type);
	}

	/** Settles all blocks before the last one that is sure to be there; all of them at the end. */
	#settleWhole(reading: Reading, tail: string, ended: boolean): boolean {
		const { tokens } = reading;
		const contextLength = this.#open?.context.length ?? 0;
		const first = tokens.findIndex((token) => token.type !== 'space');
		const boundary = ended ? tokens.length : lastBoundary(tokens);
		if (!ended && boundary <= first) return false;
		const finished = tokens.slice(0, boundary);
		const blocks = this.#blocksOf(finished, reading);
		const taken = ended ? tail.length : lengthOf(tokens, boundary) - contextLength;
		if (blocks) this.#settle(blocks, taken, finished);
		else this.#thaw();
		return true;
	}

	/** Settles finished parts of the block at the start of the tail. */
	#settleParts(reading: Reading, tail: string): boolean {
		const first = reading.tokens.findIndex((token) => token.type !== 'space');
		const token = reading.tokens[first];
		if (!token || this.#wholeUntilSettled || (this.#open && first > 0)) return false;
		const from = this.#open ? 0 : lengthOf(reading.tokens, first);
		const split = splitOpen(token, tail.slice(from), this.#open, reading);
		if (!split) return false;
		this.#goOn(split.open, from + split.taken);
		return true;
	}

	/** A paragraph may be one endless line: its segments settle within the unfinished line. */
	#settleSegment(tail: string): boolean {
		const open = this.#open;
		if (this.#wholeUntilSettled || tail.length <= this.#limits.soft) return false;
		if (open && open.kind !== 'paragraph') return false;
		const reading = this.#lex(tail);
		const [token, next] = reading?.tokens ?? [];
		if (!reading || token?.type !== 'paragraph' || next) return false;
		// What begins with a bracket could still turn out to be a definition.
		if (!open && (mayBeTable(tail) || /^ {0,3}\[/.test(tail))) return false;
		const end = segmentEnd(tail, this.#limits);
		if (end < 0) return false;
		const inline = segmentInline(tail.slice(0, end), reading);
		this.#goOn({ kind: 'paragraph', context: paragraphContext }, end);
		this.#settled.push({ type: 'paragraph', inline, continued: open !== null });
		return true;
	}

	#goOn(open: OpenBlock, taken: number): void {
		if (!this.#open) {
			this.#openText = '';
			this.#openIndex = this.#settled.length;
		}
		this.#open = open;
		this.#openText += this.#tail.slice(0, taken);
		this.#tail = this.#tail.slice(taken);
	}

	/** @returns null when the rest does not go on as the open block: reading must start over */
	#blocksOf(tokens: Token[], read: ReadInline): Block[] | null {
		const open = this.#open;
		if (!open) return blocksFrom(tokens, read);
		const [first, ...others] = tokens;
		const rest = blocksFrom(others, read);
		if (!first) {
			const block = joined(open, undefined);
			return block ? [block] : [];
		}
		if (first.type === 'paragraph' && open.kind === 'paragraph') {
			const text = (first as { text: string }).text.slice(open.context.length);
			const blocks = blocksFrom([{ ...first, text } as Token], read);
			return [...blocks.map((block) => ({ ...block, continued: true }) as Block), ...rest];
		}
		const [block] = blocksFrom([first], read);
		const whole = joined(open, block);
		return whole && [whole, ...rest];
	}

	/** The finished parts were not finished after all: reads the whole block again, for good. */
	#thaw(): null {
		this.#settled.length = this.#openIndex;
		this.#changedFrom = Math.min(this.#changedFrom, this.#openIndex);
		this.#tail = this.#openText + this.#tail;
		this.#open = null;
		this.#wholeUntilSettled = true;
		return null;
	}

	#settle(blocks: Block[], taken: number, tokens: Token[]): void {
		const wasOpen = this.#open !== null || this.#wholeUntilSettled;
		const index = this.#open ? this.#openIndex : this.#settled.length;
		const source = (this.#open ? this.#openText : '') + this.#tail.slice(0, taken);
		this.#settled.push(...blocks);
		this.#tail = this.#tail.slice(taken);
		this.#open = null;
		this.#wholeUntilSettled = false;
		const unit = { source, index, count: this.#settled.length - index };
		this.#late.remember(unit, (label) => Object.hasOwn(this.#links, label));
		// Of an open block only the last parts are at hand: its definitions are read once more.
		const seen = wasOpen && source.includes(']:') ? tryLex(source, this.#links)?.tokens : tokens;
		this.#define(definitionsIn(seen ?? []));
	}

	#define(definitions: Tokens.Def[]): void {
		const fresh = definitions.filter(({ tag }) => !Object.hasOwn(this.#links, tag));
		if (fresh.length === 0) return;
		// The first definition of a label wins.
		for (const { tag, href, title } of fresh.reverse()) this.#links[tag] = { href, title };
		for (const unit of this.#late.claim(fresh.map(({ tag }) => tag))) this.#readAgain(unit);
	}

	#readAgain({ source, index, count }: SettledUnit): void {
		const blocks = readBlocks(source, this.#limits, this.#links);
		if (blocks.length !== count) return;
		this.#settled.splice(index, count, ...blocks);
		this.#changedFrom = Math.min(this.#changedFrom, index);
	}

	#giveUp(tail: string): Block[] {
		const finished = this.#open && joined(this.#open, undefined);
		if (finished) this.#settled.push(finished);
		this.#open = null;
		this.#isPlain = true;
		return plain(tail);
	}

	/** No quote or list goes on past a blank line and a line that begins like prose or a heading. */
	#resumed(tail: string): boolean {
		const end = /\n[ \t]*\n(?=[#`\p{L}])/u.exec(tail);
		if (!end) return false;
		const length = end.index + end[0].length;
		this.#settled.push(...plain(tail.slice(0, length)));
		this.#tail = tail.slice(length);
		this.#isPlain = false;
		return true;
	}
}

/** A whole text at once: the blocks that reading it bit by bit must end with. */
export function readBlocks(
	text: string,
	limits: SegmentLimits = segmentLimits,
	links: Links = noLinks(),
): Block[] {
	const source = text.replace(/\r\n?/g, '\n');
	const lexed = isTooDeep(source) ? null : tryLex(source, links);
	return lexed ? blocksFrom(lexed.tokens, { inline: lexed.inline, limits }) : plain(source);
}

function noLinks(): Links {
	return Object.create(null) as Links;
}

function plain(text: string): Block[] {
	return text ? [{ type: 'plain', text }] : [];
}

/** @returns null when the text is nested deeper than the stack */
function tryLex(text: string, links: Links): LexedBlocks | null {
	try {
		return lexBlocks(text, links);
	} catch {
		return null;
	}
}

/** A delimiter line would make a table of the line before it. */
function mayBeTable(text: string): boolean {
	return /\n {0,3}[|:-][-:| ]*(?:\n|$)/.test(text);
}

/** Index of the last block, when nothing to come can change where it begins, or -1. */
function lastBoundary(tokens: readonly Token[]): number {
	const index = tokens.findLastIndex((token) => token.type !== 'space');
	const token = tokens[index];
	const previous = tokens[index - 1];
	if (!token || !previous) return -1;
	// A definition's title may stand on the lines after it.
	const titled =
		previous.type === 'def' && token.type !== 'def' && !/\n[ \t]*\n$/.test(previous.raw);
	return titled ? -1 : index;
}

function lengthOf(tokens: readonly Token[], count: number): number {
	let length = 0;
	for (let index = 0; index < count; index++) length += tokens[index]?.raw.length ?? 0;
	return length;
}

/** Definitions may also stand in quotes and list items. */
function definitionsIn(tokens: readonly Token[]): Tokens.Def[] {
	return tokens.flatMap((token): Tokens.Def[] => {
		if (token.type === 'def') return [token as Tokens.Def];
		if (token.type === 'blockquote') return definitionsIn((token as Tokens.Blockquote).tokens);
		if (token.type !== 'list') return [];
		return (token as Tokens.List).items.flatMap((item) => definitionsIn(item.tokens));
	});
}
