import type { Attachment } from 'svelte/attachments';

/** Closer to the end than this counts as at the end, CSS px. */
const NEAR = 24;

/** Kept above what is stopped at, CSS px. */
const ABOVE = 8;

/**
 * Keeps a scroller at its end while it grows, until the reader goes back; at the end again, it holds on again. What
 * needs an answer (`data-needs-answer`) and does not fit is stopped at by its beginning; once it is answered, the end
 * is held on to again, unless the reader has gone back. Tells `onchange` which of the two it is.
 */
export class Stick {
	#scroller: HTMLElement | null = null;
	#sticks = true;
	#lastTop = 0;
	/** What the scroller was stopped at. */
	#stoppedAt: Element | null = null;
	/** It is still where it was stopped. */
	#holds = false;

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
			if (event.deltaY < 0 && scroller.scrollTop > 0) this.#leave();
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
		const scroller = this.#scroller;
		if (!scroller) return;
		if (this.#stoppedAt && !this.#stoppedAt.isConnected) {
			this.#stoppedAt = null;
			this.#set(true);
		}
		// While someone writes into it, the browser keeps what they write in sight.
		if (this.#stoppedAt?.contains(document.activeElement)) return;
		if (!this.#sticks && !this.#holds) return;
		scroller.scrollTop = scroller.scrollHeight;
		this.#holds = this.#stop(scroller);
		this.#set(!this.#holds);
		this.#lastTop = scroller.scrollTop;
	}

	/** From the end back to the beginning of what needs an answer, if that is out of sight. */
	#stop(scroller: HTMLElement): boolean {
		const needs = scroller.querySelector('[data-needs-answer]');
		// Whoever went on to the end has seen it.
		if (!needs || (needs === this.#stoppedAt && !this.#holds)) return false;
		if (needs.contains(document.activeElement)) return false;
		const hidden = scroller.getBoundingClientRect().top + ABOVE - needs.getBoundingClientRect().top;
		if (hidden <= 0) return false;
		scroller.scrollTop -= hidden;
		this.#stoppedAt = needs;
		return true;
	}

	#look(): void {
		const scroller = this.#scroller;
		// Where it was put is nothing the reader did.
		if (!scroller || scroller.scrollTop === this.#lastTop) return;
		const { scrollTop, scrollHeight, clientHeight } = scroller;
		const left = scrollHeight - clientHeight - scrollTop;
		this.#holds = false;
		if (left < NEAR && this.isWhole()) this.#set(true);
		else if (scrollTop < this.#lastTop) this.#leave();
		this.#lastTop = scrollTop;
	}

	#leave(): void {
		this.#stoppedAt = null;
		this.#holds = false;
		this.#set(false);
	}

	#set(sticks: boolean): void {
		if (sticks === this.#sticks) return;
		this.#sticks = sticks;
		this.onchange(sticks);
	}
}
