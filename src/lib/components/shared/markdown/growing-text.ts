import type { Block } from '$lib/domain/markdown/ast';
import { IncrementalBlocks } from '$lib/domain/markdown/incremental-blocks';
import { BlockView, type MountCode } from './block-view';
import { nextFrame, soon, type Job } from './frame-queue';

/** Characters read between two looks at the clock. */
const sliceLength = 2_048;
/** Shown at first; a reader may ask for the rest. */
export const shownAtFirst = 200_000;

/** Shows a text in an element and follows it as it grows, within the time of a frame. */
export class GrowingText {
	#reader = new IncrementalBlocks();
	#view: BlockView;
	#blocks: Block[] = [];
	#text = '';
	#read = 0;
	#streaming = false;
	#showAll = false;
	#ended = false;
	#cancel = () => {};
	/** Not before this time: a text that is dear to read is read less often. */
	#restUntil = 0;

	/** @param onHeldBack told how much is held back until `showAll`, characters */
	constructor(
		private readonly root: HTMLElement,
		mountCode: MountCode,
		private readonly onHeldBack: (characters: number) => void,
	) {
		this.#view = new BlockView(root, mountCode);
	}

	/** @param text usually the last text and more; another text starts over */
	update(text: string, streaming: boolean): void {
		const goesOn = text.startsWith(this.#text) && !(this.#ended && text.length > this.#text.length);
		if (!goesOn) this.#startOver();
		const first = this.#read === 0;
		this.#text = text;
		this.#streaming = streaming;
		// What has been on screen once keeps its size, so what has scrolled away need not be drawn.
		// A text that was there from the start is not treated so: its sizes would be guesses.
		if (streaming) this.root.classList.add('grown');
		this.#cancel();
		this.#cancel = first ? soon(this.#work) : nextFrame(this.#work);
	}

	showAll(): void {
		this.#showAll = true;
		this.#cancel();
		this.#cancel = nextFrame(this.#work);
	}

	destroy(): void {
		this.#cancel();
		this.#view.destroy();
	}

	#startOver(): void {
		this.#reader = new IncrementalBlocks();
		this.#read = 0;
		this.#ended = false;
		this.#showAll = false;
		this.#show([], 0);
	}

	#work: Job = (isOver) => {
		const start = performance.now();
		if (this.#streaming && start < this.#restUntil) return true;
		const end = this.#showAll ? this.#text.length : Math.min(this.#text.length, shownAtFirst);
		do {
			const slice = this.#text.slice(this.#read, Math.min(end, this.#read + sliceLength));
			this.#read += slice.length;
			this.#reader.append(slice);
			this.#ended = !this.#streaming && this.#read === this.#text.length;
			const { blocks, changedFrom } = this.#reader.read(this.#ended);
			this.#show(blocks, changedFrom);
		} while (this.#read < end && !isOver());
		const costMs = performance.now() - start;
		this.#restUntil = costMs > 4 ? start + costMs * 6 : 0;
		if (this.#read === end) this.onHeldBack(this.#text.length - end);
		return this.#read < end;
	};

	#show(blocks: Block[], from: number): void {
		this.#view.update(this.#blocks, blocks, from);
		this.#blocks = blocks;
	}
}
