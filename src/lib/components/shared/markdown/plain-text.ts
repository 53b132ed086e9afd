import { misleads } from '$lib/domain/hidden-characters';
import { revealedNodes } from '../code/revealed-nodes';
import { TextChunks } from '../code/text-chunks';

/** Characters in one box of unformatted text, so that growing it lays out one box. */
const limits = { lines: 200, characters: 8_192 };

/** Unformatted text that grows, with what would mislead in it shown. */
export class PlainText {
	readonly #chunks: TextChunks;

	constructor(element: Element) {
		this.#chunks = new TextChunks(element, limits);
	}

	update(text: string): void {
		const first = this.#chunks.update(text);
		for (const { element, text: node } of this.#chunks.chunks.slice(first))
			if (!node.parentNode || misleads(node.data))
				element.replaceChildren(...revealedNodes(node.data, 'misleading'));
	}
}
