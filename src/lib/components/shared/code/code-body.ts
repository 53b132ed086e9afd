import { hasHidden } from '$lib/domain/hidden-characters';
import type { HighlightedCode } from '$lib/domain/markdown/highlight';
import { highlight } from '$lib/state/highlighter';
import { paintCode, uncoloured } from './paint-code';
import { TextChunks } from './text-chunks';

/** Code as text at once, and coloured when it is finished and near the reader's eyes. */
export class CodeBody {
	readonly #chunks: TextChunks;
	#code = '';
	#painted = false;
	#colour: AbortController | null = null;

	constructor(private readonly element: HTMLElement) {
		this.#chunks = new TextChunks(element, { lines: 40, characters: 4_096 });
	}

	/** @param lang a grammar, or null for none */
	update(code: string, lang: string | null, finished: boolean): void {
		this.#colour?.abort();
		if (this.#painted && this.#code !== code) {
			this.#chunks.clear();
			this.#painted = false;
		}
		this.#code = code;
		this.#chunks.update(code);
		if (!finished || !code) return;
		const colour = new AbortController();
		this.#colour = colour;
		whenNear(this.element, colour.signal, () => this.#paint(lang, colour.signal));
	}

	destroy(): void {
		this.#colour?.abort();
	}

	async #paint(lang: string | null, signal: AbortSignal): Promise<void> {
		const code = this.#code;
		// What hides in the code is named without waiting for its colours.
		if (hasHidden(code)) this.#show(uncoloured(code), signal);
		const coloured = lang ? await highlight(code, lang, signal) : null;
		if (coloured && !signal.aborted) this.#show(coloured, signal);
	}

	#show(coloured: HighlightedCode, signal: AbortSignal): void {
		this.#painted = true;
		paintCode(this.#chunks.chunks, coloured, signal);
	}
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
