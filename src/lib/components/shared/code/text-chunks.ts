/** A box is full at the end of the line that reaches either. */
export interface ChunkLimits {
	lines: number;
	characters: number;
}

export interface Chunk {
	element: HTMLElement;
	text: Text;
	lines: number;
}

/**
 * Text that only grows, laid out in boxes of a bounded size: adding to the end lays out the last
 * box, however long the text is. Needs `white-space: pre` or `pre-wrap` around it.
 */
export class TextChunks {
	readonly chunks: Chunk[] = [];
	#shown = '';

	constructor(
		private readonly parent: Element,
		private readonly limits: ChunkLimits,
	) {}

	/** @returns the index of the first box that changed */
	update(text: string): number {
		if (!text.startsWith(this.#shown)) this.clear();
		const fresh = text.slice(this.#shown.length);
		this.#shown = text;
		const first = Math.max(0, this.chunks.length - 1);
		let from = 0;
		while (from < fresh.length) {
			const chunk = this.#roomy();
			const end = this.#takes(chunk, fresh, from);
			const piece = fresh.slice(from, end);
			chunk.text.appendData(piece);
			chunk.lines += piece.split('\n').length - 1;
			from = end;
		}
		return first;
	}

	clear(): void {
		this.chunks.length = 0;
		this.#shown = '';
		this.parent.replaceChildren();
	}

	#roomy(): Chunk {
		const last = this.chunks.at(-1);
		if (last && this.#room(last) > 0) return last;
		const element = document.createElement('span');
		element.className = 'chunk';
		const text = document.createTextNode('');
		element.append(text);
		this.parent.append(element);
		const chunk: Chunk = { element, text, lines: 0 };
		this.chunks.push(chunk);
		return chunk;
	}

	/** Characters it still takes. A line is not broken before it is four boxes long. */
	#room({ text, lines }: Chunk): number {
		const { characters } = this.limits;
		const midLine = text.length > 0 && !text.data.endsWith('\n');
		if (midLine) return characters * 4 - text.length;
		return lines < this.limits.lines ? characters - text.length : 0;
	}

	/** Where in `fresh` the chunk's share ends: after a whole line, if lines are not endless. */
	#takes(chunk: Chunk, fresh: string, from: number): number {
		const { lines, characters } = this.limits;
		const newline = fresh.indexOf('\n', from);
		let end = newline < 0 ? fresh.length : newline + 1;
		for (let count = chunk.lines + 1; count < lines && end - from < this.#room(chunk); count++) {
			const next = fresh.indexOf('\n', end);
			if (next < 0 || next - from >= this.#room(chunk)) break;
			end = next + 1;
		}
		return Math.min(end, from + characters * 4 - chunk.text.length);
	}
}
