import type { Attachment } from 'svelte/attachments';

/** Closer to the end than this counts as at the end, CSS px. */
const NEAR = 24;

/**
 * Keeps a scroller at its end while it grows, until the reader goes back; at the end again, it holds on again.
 * Tells `onchange` which of the two it is.
 */
export class Stick {
	#scroller: HTMLElement | null = null;
	#sticks = true;
	#lastTop = 0;

	/** `isWhole`: whether what scrolls ends where the thread ends, and not where a window onto it does. */
	constructor(
		private readonly onchange: (sticks: boolean) => void,
		private readonly isWhole: () => boolean,
	) {}

	/** On the element that scrolls. `content`: what grows in it. */
	attach: Attachment<HTMLElement> = (scroller) => {
		this.#scroller = scroller;
		const sizes = new ResizeObserver(() => this.follow());
		sizes.observe(scroller);
		for (const child of scroller.children) sizes.observe(child);
		const onWheel = (event: WheelEvent) => {
			// Before the scroll event, so that growth in between does not pull the reader back.
			if (event.deltaY < 0 && scroller.scrollTop > 0) this.#set(false);
		};
		const onScroll = () => this.#look();
		scroller.addEventListener('wheel', onWheel, { passive: true });
		scroller.addEventListener('scroll', onScroll, { passive: true });
		this.toEnd();
		return () => {
			sizes.disconnect();
			scroller.removeEventListener('wheel', onWheel);
			scroller.removeEventListener('scroll', onScroll);
			this.#scroller = null;
		};
	};

	/** Holds on to the end from now on. */
	toEnd(): void {
		this.#set(true);
		this.follow();
	}

	/** Stays where it is, as when the reader goes back. */
	letGo(): void {
		this.#set(false);
	}

	follow(): void {
		if (!this.#scroller || !this.#sticks) return;
		this.#scroller.scrollTop = this.#scroller.scrollHeight;
		this.#lastTop = this.#scroller.scrollTop;
	}

	#look(): void {
		const scroller = this.#scroller;
		if (!scroller) return;
		const { scrollTop, scrollHeight, clientHeight } = scroller;
		const left = scrollHeight - clientHeight - scrollTop;
		if (left < NEAR && this.isWhole()) this.#set(true);
		else if (scrollTop < this.#lastTop) this.#set(false);
		this.#lastTop = scrollTop;
	}

	#set(sticks: boolean): void {
		if (sticks === this.#sticks) return;
		this.#sticks = sticks;
		this.onchange(sticks);
	}
}
