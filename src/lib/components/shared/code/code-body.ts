import type { HighlightedCode } from '$lib/domain/markdown/highlight';
import { highlight } from '$lib/state/highlighter';
import { TextChunks } from './text-chunks';

const limits = { lines: 40, characters: 4_096 };

/** Code as text at once, and coloured when it is finished and near the reader's eyes. */
export class CodeBody {
	readonly #chunks: TextChunks;
	#code = '';
	#colour: AbortController | null = null;

	constructor(private readonly element: HTMLElement) {
		this.#chunks = new TextChunks(element, limits);
	}

	/** @param lang null: not (yet) to be coloured */
	update(code: string, lang: string | null): void {
		this.#colour?.abort();
		if (this.#code !== code) {
			this.#code = code;
			this.#chunks.update(code);
		}
		if (!lang || !code) return;
		const colour = new AbortController();
		this.#colour = colour;
		whenNear(this.element, colour.signal, async () => {
			const coloured = await highlight(code, lang, colour.signal);
			if (coloured && !colour.signal.aborted) this.#paint(coloured, colour.signal);
		});
	}

	destroy(): void {
		this.#colour?.abort();
	}

	/** Box by box, a few each frame: spans for a long file take longer than a frame has. */
	#paint({ lengths, classes, names }: HighlightedCode, signal: AbortSignal): void {
		let token = 0;
		let offset = 0;
		let index = 0;
		const some = () => {
			if (signal.aborted) return;
			const until = performance.now() + 4;
			while (index < this.#chunks.chunks.length && performance.now() < until) {
				const chunk = this.#chunks.chunks[index++];
				if (!chunk) break;
				const text = chunk.text.data;
				const nodes: Node[] = [];
				for (let at = 0; at < text.length && token < lengths.length;) {
					const end = Math.min(text.length, at + (lengths[token] ?? 0) - offset);
					nodes.push(tokenNode(text.slice(at, end), names[classes[token] ?? 0]));
					if (end - at === (lengths[token] ?? 0) - offset) {
						token += 1;
						offset = 0;
					} else offset += end - at;
					at = end;
				}
				chunk.element.replaceChildren(...nodes);
			}
			if (index < this.#chunks.chunks.length) requestAnimationFrame(some);
		};
		some();
	}
}

function tokenNode(text: string, name: string | undefined): Node {
	if (!name) return document.createTextNode(text);
	const span = document.createElement('span');
	span.className = name;
	span.textContent = text;
	return span;
}

/** Runs once, when the element comes within a screen of being seen. */
function whenNear(element: Element, signal: AbortSignal, run: () => Promise<void>): void {
	const observer = new IntersectionObserver(
		(entries) => {
			if (!entries.some((entry) => entry.isIntersecting)) return;
			observer.disconnect();
			void run();
		},
		{ rootMargin: '100% 0px' },
	);
	observer.observe(element);
	signal.addEventListener('abort', () => observer.disconnect());
}
