import { SvelteMap } from 'svelte/reactivity';
import type { SessionRow } from '../domain/session-row';
import { isInInbox } from '../domain/views/facets';
import { askedOf, deedOf, inboxOrder, type InboxOrder } from '../domain/views/inbox';
import { inboxWindow, lastEvents } from '../store/inbox';
import { rowsById } from '../store/session-windows';
import { app } from './app.svelte';

/** Rows read at first, and more of them each time the end comes near. */
const STEP_ROWS = 50;
/** What answered a wait is among the last events of the log. */
const DEED_EVENTS = 60;

export interface InboxItem {
	row: SessionRow;
	waits: boolean;
	/** What was asked: stays readable after it was decided. */
	asked: string;
	/** What was decided, once that is known; empty while it waits. */
	deed: string;
}

/** The inbox as a page shows it: what waits, newest first, and what was decided while it is looked at. */
export class Inbox {
	/** The session whose request the focus is to go to, once it is shown; null: it stays where it is. */
	focusing = $state.raw<string | null>(null);

	#limit = $state(STEP_ROWS);
	#opened = $state(0);
	#held = $state(false);
	/** Ids in the order they stand. It follows from what was shown before, so nothing reacts to it. */
	#order: readonly string[] = [];
	#asked = new Map<string, string>();
	#deeds = new SvelteMap<string, string>();

	#query = $derived.by(() => {
		const limit = this.#limit;
		// Opened again, it is another list: what was decided before is not in it.
		void this.#opened;
		return app.live(async (db) => {
			const fresh = await inboxWindow(db, limit);
			const waiting = new Set(fresh.map(({ id }) => id));
			const decided = await rowsById(
				db,
				this.#order.filter((id) => !waiting.has(id)),
			);
			return { fresh, decided: decided.filter((row) => row !== undefined) };
		});
	});
	#last: { fresh: SessionRow[]; decided: SessionRow[] } | null = null;
	// While more is being read, what was there is better than nothing.
	#answer = $derived.by(() => (this.#last = this.#query.current ?? this.#last));
	#arranged = $derived.by((): (InboxOrder & { rows: Map<string, SessionRow> }) | null => {
		const answer = this.#answer;
		if (!answer) return null;
		const ids = answer.fresh.map(({ id }) => id);
		const order = inboxOrder(this.#order, ids, this.#held);
		this.#order = order.shown;
		const rows = [...answer.fresh, ...answer.decided].map((row) => [row.id, row] as const);
		return { ...order, rows: new Map(rows) };
	});

	/** Null before the first answer. */
	readonly items: readonly InboxItem[] | null = $derived.by(() => {
		const arranged = this.#arranged;
		if (!arranged) return null;
		return arranged.shown.flatMap((id) => {
			const row = arranged.rows.get(id);
			if (!row) return [];
			const waits = isInInbox(row);
			if (waits) this.#asked.set(id, askedOf(row));
			const asked = this.#asked.get(id) ?? row.title;
			return [{ row, waits, asked, deed: waits ? '' : (this.#deeds.get(id) ?? '') }];
		});
	});

	/** What waits, in the order it stands. */
	readonly waiting: readonly SessionRow[] = $derived(
		(this.items ?? []).filter(({ waits }) => waits).map(({ row }) => row),
	);

	/** Came while somebody pointed at the list. */
	get arrived(): number {
		return this.#arranged?.arrived ?? 0;
	}

	get more(): boolean {
		return (this.#answer?.fresh.length ?? 0) >= this.#limit;
	}

	get error(): unknown {
		return this.#query.error;
	}

	loadMore(): void {
		if (this.more) this.#limit += STEP_ROWS;
	}

	/** Forgets what was decided. */
	close(): void {
		this.#order = [];
		this.#last = null;
		this.#asked.clear();
		this.#deeds.clear();
		this.#limit = STEP_ROWS;
		this.#held = false;
		this.#opened += 1;
		this.focusing = null;
	}

	/** Nothing moves while somebody points at the list. */
	hold(held: boolean): void {
		this.#held = held;
	}

	/** Of what waits, the one before or after a session, which may be decided by now; null: there is none. */
	beside(id: string | null, by: 1 | -1): string | null {
		const items = this.items ?? [];
		const here = items.findIndex(({ row }) => row.id === id);
		const way = by === 1 ? items.slice(here + 1) : items.slice(0, Math.max(0, here)).reverse();
		return way.find(({ waits }) => waits)?.row.id ?? null;
	}

	/** What to turn to once a session is decided: the next that waits, or else the first; null: nothing waits. */
	after(id: string): string | null {
		const next = this.beside(id, 1) ?? this.waiting.find((row) => row.id !== id)?.id;
		return next ?? null;
	}

	/** Call it in an effect: finds out what was decided about what has left. */
	readDeeds(): void {
		for (const { row, waits } of this.items ?? []) {
			if (waits) this.#deeds.delete(row.id);
			else if (!this.#deeds.has(row.id)) void this.#readDeed(row.id);
		}
	}

	async #readDeed(id: string): Promise<void> {
		this.#deeds.set(id, '');
		const deed = deedOf(await lastEvents(app.db, id, DEED_EVENTS));
		const words = deed ? `${deed.what} ${deed.where}` : 'Nothing is asked any more';
		if (this.#deeds.has(id)) this.#deeds.set(id, words);
	}
}

export const inbox = new Inbox();
