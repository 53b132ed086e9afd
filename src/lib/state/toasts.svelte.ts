import { untrack } from 'svelte';

/** Ms a toast stays while nobody points at it or focuses it. Failures stay until dismissed. */
const STAY_MS = 5000;

export interface ToastAction {
	label: string;
	/** Works from anywhere while the toast shows, and is printed on it. */
	kbd?: string;
	run: () => void;
}

export interface ToastOptions {
	text: string;
	/** Name from the icon set. */
	icon?: string;
	tone?: 'neutral' | 'completed' | 'waiting' | 'failed';
	action?: ToastAction;
	/** A toast of the same key is replaced: "Exporting…" by "Exported". */
	key?: string;
}

export interface Toast extends ToastOptions {
	id: number;
	tone: NonNullable<ToastOptions['tone']>;
}

class Toasts {
	#items = $state.raw<readonly Toast[]>([]);
	#polite = $state('');
	#assertive = $state('');
	#timers = new Map<number, ReturnType<typeof setTimeout>>();
	#held = false;
	#nextId = 1;

	get items(): readonly Toast[] {
		return this.#items;
	}
	/** Said by the live regions of Toasts.svelte. */
	get spoken(): { polite: string; assertive: string } {
		return { polite: this.#polite, assertive: this.#assertive };
	}

	/** Shows a line, oldest first. Returns its id. */
	show(options: ToastOptions): number {
		const toast: Toast = { tone: 'neutral', ...options, id: this.#nextId++ };
		// Shown from an effect, a toast must not make the effect depend on toasts.
		untrack(() => {
			const replaced = this.#items.filter((old) => old.key !== undefined && old.key === toast.key);
			for (const old of replaced) this.dismiss(old.id);
			this.#items = [...this.#items, toast];
			this.announce(toast.text, toast.tone === 'failed');
			this.#start(toast);
		});
		return toast.id;
	}

	dismiss(id: number): void {
		clearTimeout(this.#timers.get(id));
		this.#timers.delete(id);
		this.#items = untrack(() => this.#items).filter((toast) => toast.id !== id);
		// The last one takes the place that was pointed at with it, and nobody says that the pointer left.
		if (untrack(() => this.#items).length === 0) this.#held = false;
	}

	act(toast: Toast): void {
		this.dismiss(toast.id);
		toast.action?.run();
	}

	/** Says a sentence to assistive technology only. */
	announce(text: string, urgent = false): void {
		// The same sentence twice is silent unless something changes: a no-break space does.
		const again = (before: string) => (before === text ? `${text}\u00A0` : text);
		untrack(() => {
			if (urgent) this.#assertive = again(this.#assertive);
			else this.#polite = again(this.#polite);
		});
	}

	/** Stops the clocks while the pointer or the focus is on a toast. */
	hold(): void {
		this.#held = true;
		for (const timer of this.#timers.values()) clearTimeout(timer);
		this.#timers.clear();
	}
	/** Every toast then stays its full time again. */
	release(): void {
		this.#held = false;
		for (const toast of this.#items) this.#start(toast);
	}

	#start(toast: Toast): void {
		if (this.#held || toast.tone === 'failed') return;
		this.#timers.set(
			toast.id,
			setTimeout(() => this.dismiss(toast.id), STAY_MS),
		);
	}
}

export const toasts = new Toasts();
