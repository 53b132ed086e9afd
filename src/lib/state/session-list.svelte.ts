import type { SessionRow } from '../domain/session-row';
import { byId, holdOrder, type HeldOrder, type ListView, type RowKey } from '../domain/views/list';
import { rowsBetween, rowsById } from '../store/session-windows';
import { app } from './app.svelte';
import { ListWindows, type Live } from './session-list-window.svelte';

/** Why rows must not move: somebody points at the list, is in it with the keyboard, or reads further down. */
export type HoldReason = 'pointer' | 'focus' | 'scroll';

/** The runs list: a view of all sessions, newest first, whose rows stay where they are while they are looked at. */
export class SessionList {
	/** Where the reader was, for when the list comes back: CSS px, and the row that has or had the focus. */
	scrollTop = 0;
	activeId = $state<string | null>(null);
	/** The run opened last: it is let in whatever holds the rows, since somebody asked for it. */
	openedId = $state<string | null>(null);

	#live: Live;
	#view = $state<ListView>('all');
	#views: Record<ListView, ListWindows>;
	#holds = $state<Record<HoldReason, boolean>>({ pointer: false, focus: false, scroll: false });
	#held = $derived(Object.values(this.#holds).includes(true));
	/** Raised to take in what waits although the hold goes on. */
	#turn = $state(0);
	#turnShown = 0;
	#shown: readonly RowKey[] = [];
	#shownView: ListView = 'all';

	#windows = $derived.by(() => this.#views[this.#view]);
	#order = $derived.by((): HeldOrder => {
		const fresh = this.#windows.keys;
		const wanted = !isIn(this.#shown, this.openedId) && isIn(fresh, this.openedId);
		const holds =
			this.#held && this.#shownView === this.#view && this.#turnShown === this.#turn && !wanted;
		const order = holdOrder(holds ? this.#shown : [], fresh);
		this.#shown = order.shown;
		this.#shownView = this.#view;
		this.#turnShown = this.#turn;
		return order;
	});
	/** Rows that stay although the view no longer has them, read one by one. */
	#leftIds = $derived(this.#order.left.join(' '));
	#left = $derived.by(() => {
		const ids = this.#leftIds.split(' ').filter(Boolean);
		return ids.length === 0 ? null : this.#live((db) => rowsById(db, ids));
	});

	/** The rows on the screen, in order. */
	readonly keys = $derived.by((): readonly RowKey[] => {
		const left = this.#left?.current;
		if (!left?.includes(undefined)) return this.#order.shown;
		const there = byId(left.filter((row) => row !== undefined));
		return this.#order.shown.filter(({ id }) => !this.#order.left.includes(id) || there.has(id));
	});

	constructor(live: Live) {
		this.#live = live;
		const windowsOf = (view: ListView) =>
			new ListWindows(
				(db, from, before, limit) => rowsBetween(db, view, { from, before }, limit),
				live,
			);
		this.#views = {
			all: windowsOf('all'),
			'needs-you': windowsOf('needs-you'),
			running: windowsOf('running'),
			failed: windowsOf('failed'),
		};
	}

	get view(): ListView {
		return this.#view;
	}

	/** Whether the first rows have been read. */
	get loaded(): boolean {
		return this.#windows.loaded;
	}

	/** Rows that wait for the reader to let them in. */
	get waiting(): number {
		return this.#order.waiting;
	}

	get more(): boolean {
		return this.#windows.more;
	}

	get error(): unknown {
		return this.#windows.error;
	}

	row(id: string): SessionRow | undefined {
		return this.#windows.row(id) ?? this.#left?.current?.find((row) => row?.id === id);
	}

	show(view: ListView): void {
		if (view === this.#view) return;
		this.#view = view;
		this.scrollTop = 0;
		this.activeId = null;
	}

	hold(reason: HoldReason): void {
		this.#holds[reason] = true;
	}

	release(reason: HoldReason): void {
		this.#holds[reason] = false;
	}

	/** Lets the rows in that wait. */
	showWaiting(): void {
		this.#turn++;
	}

	loadMore(): void {
		this.#windows.loadMore();
	}
}

const isIn = (keys: readonly RowKey[], wanted: string | null): boolean =>
	keys.some(({ id }) => id === wanted);

export const sessionList = new SessionList((query) => app.live(query));
