export interface NewRunWish {
	/** Agent to begin with, instead of the draft's. */
	agentId?: string;
	/** The ticket the run is to serve. */
	ticketId?: string;
}

/**
 * Where a new run is asked for, from anywhere. It is light: the dialog behind it is loaded when a pointer comes
 * near, when the page is idle, or when it opens.
 */
class NewRunDoor {
	wish = $state.raw<NewRunWish | null>(null);
	#load: (() => Promise<unknown>) | null = null;

	open(wish: NewRunWish = {}): void {
		this.wish = wish;
	}

	close(): void {
		this.wish = null;
	}

	/** `load` fetches what stands behind the door; the page's frame knows it. */
	behind(load: () => Promise<unknown>): void {
		this.#load = load;
	}

	preload(): void {
		void this.#load?.();
	}
}

export const newRunDoor = new NewRunDoor();
