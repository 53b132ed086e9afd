import type { HighlightedCode } from '$lib/domain/markdown/highlight';
import { hasHidden } from '$lib/domain/hidden-characters';
import { revealedNodes } from './revealed-nodes';
import type { Chunk } from './text-chunks';

/** What painting may take of one frame, ms: spans for a long file take longer than a frame has. */
const budgetMs = 4;

/** Replaces the text of the chunks by spans of the same text, a few chunks each frame. */
export function paintCode(
	chunks: readonly Chunk[],
	coloured: HighlightedCode,
	signal: AbortSignal,
): void {
	const stretches = new Stretches(coloured);
	let index = 0;
	const some = () => {
		if (signal.aborted) return;
		const until = performance.now() + budgetMs;
		do {
			const chunk = chunks[index++];
			if (!chunk) return;
			chunk.element.replaceChildren(...nodesOf(chunk.text.data, stretches));
		} while (performance.now() < until);
		requestAnimationFrame(some);
	};
	some();
}

function nodesOf(text: string, stretches: Stretches): Node[] {
	const reveals = hasHidden(text);
	const nodes: Node[] = [];
	for (let at = 0; at < text.length;) {
		const { length, name } = stretches.take(text.length - at);
		const part = text.slice(at, at + length);
		at += length;
		const inner = reveals ? revealedNodes(part) : [document.createTextNode(part)];
		if (!name) {
			nodes.push(...inner);
			continue;
		}
		const span = document.createElement('span');
		span.className = name;
		span.append(...inner);
		nodes.push(span);
	}
	return nodes;
}

/** The coloured stretches in order, taken in pieces that end where a chunk ends. */
class Stretches {
	#index = 0;
	#taken = 0;

	constructor(private readonly coloured: HighlightedCode) {}

	take(most: number): { length: number; name: string } {
		const { lengths, classes, names } = this.coloured;
		const whole = lengths[this.#index];
		if (whole === undefined) return { length: most, name: '' };
		const length = Math.min(most, whole - this.#taken);
		const name = names[classes[this.#index] ?? 0] ?? '';
		this.#taken += length;
		if (this.#taken === whole) {
			this.#index += 1;
			this.#taken = 0;
		}
		return { length, name };
	}
}

/** For code without colours that has something to reveal. */
export function uncoloured(code: string): HighlightedCode {
	return { lengths: Uint32Array.of(code.length), classes: Uint8Array.of(0), names: [''] };
}
