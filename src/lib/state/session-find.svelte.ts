import { searchedText } from '../domain/search/event-text';
import { findIn, type Mark } from '../domain/search/find';
import { findLiteral } from '../domain/search/literal';
import { parseQuery } from '../domain/search/query';
import type { SessionLog } from './session-log.svelte';

/** More places than this are not counted. */
const MOST = 5000;

/** A place in a session where something was found. */
export interface FoundPlace {
	/** Block of the thread that shows it. */
	key: string;
	/** Which one of the block it is, from 0. */
	nth: number;
}

/**
 * What somebody looks for within one session. Counted over the whole log, whatever of it is drawn; the marks on
 * the screen are the thread's, which asks `marksIn` of what it draws.
 */
export class SessionFind {
	/** The bar is there. */
	open = $state(false);
	/** Characters, taken as they are. */
	typed = $state('');
	/** Words of the search that led here, marked while the bar is closed. */
	words = $state('');
	/** The place one is at. */
	at = $state.raw<FoundPlace | null>(null);

	#log: SessionLog;
	readonly places: readonly FoundPlace[] = $derived.by(() => this.#places());
	readonly index: number = $derived.by(() => {
		const { at, places } = this;
		return at ? places.findIndex(({ key, nth }) => key === at.key && nth === at.nth) : -1;
	});
	readonly #query = $derived(parseQuery(this.words));

	constructor(log: SessionLog) {
		this.#log = log;
	}

	/** Whether anything is marked now. */
	get active(): boolean {
		return this.open ? this.typed.trim() !== '' : this.#query.terms.length > 0;
	}

	/** Whether there may be more places than are counted. */
	get cut(): boolean {
		return this.places.length >= MOST;
	}

	/** Where a text that is drawn has what is looked for. */
	marksIn(text: string, most?: number): Mark[] {
		return this.open ? findLiteral(text, this.typed, most) : findIn(text, this.#query, most).marks;
	}

	/** The next place, or the one before, around the end; null: there is none. */
	step(by: 1 | -1): FoundPlace | null {
		const { places, index } = this;
		const from = index < 0 && by < 0 ? 0 : index;
		return (this.at = places[(from + by + places.length) % Math.max(1, places.length)] ?? null);
	}

	#places(): FoundPlace[] {
		if (!this.open || this.typed.trim() === '') return [];
		const places: FoundPlace[] = [];
		const inBlock = new Map<string, number>();
		for (const event of this.#log.events) {
			const text = searchedText(event);
			if (text === '') continue;
			const marks = findLiteral(text, this.typed, MOST - places.length);
			if (marks.length === 0) continue;
			const key = this.#log.blockKey(event);
			if (key === null) continue;
			const before = inBlock.get(key) ?? 0;
			for (const i of marks.keys()) places.push({ key, nth: before + i });
			inBlock.set(key, before + marks.length);
			if (places.length >= MOST) break;
		}
		return places;
	}
}
