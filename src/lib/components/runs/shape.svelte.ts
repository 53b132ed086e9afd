import type { Heights } from '$lib/domain/views/day-groups';

/** Kept, since asking the browser makes it lay the page out, and every row asks. */
class Kept {
	current = $state(false);

	constructor(query: string) {
		const asked = matchMedia(query);
		this.current = asked.matches;
		asked.addEventListener('change', () => (this.current = asked.matches));
	}
}

/** How the runs are laid out, by width and by pointer. Widths are those of the window. */
class Shape {
	#wide = new Kept('(min-width: 1024px)');
	#narrow = new Kept('(max-width: 1159.98px)');
	#phone = new Kept('(max-width: 699.98px)');
	/** Two columns do not fit, nor do a list and a run one above the other; a screen at 200% zoom, say. */
	#low = new Kept('(max-width: 1023.98px) and (max-height: 719.98px)');
	#coarse = new Kept('(pointer: coarse)');

	/** Room for a table; below, rows have two lines. */
	get wide(): boolean {
		return this.#wide.current;
	}
	/** A table without room for the names of modes. */
	get tight(): boolean {
		return this.#narrow.current;
	}
	get phone(): boolean {
		return this.#phone.current;
	}
	/** An open run takes the list's place. */
	get single(): boolean {
		return this.#phone.current || this.#low.current;
	}
	get coarse(): boolean {
		return this.#coarse.current;
	}

	/** Fixed by design, CSS px; fingers get their size whatever the density. */
	heights(table: boolean, compact: boolean): Heights {
		if (table) return { row: this.coarse ? 44 : compact ? 32 : 38, dayHead: 30 };
		if (this.phone) return { row: 64, dayHead: 30 };
		return { row: this.coarse ? 71 : compact ? 54 : 62, dayHead: 30 };
	}
}

export const shape = new Shape();
