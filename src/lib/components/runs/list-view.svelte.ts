import { layOut, rowTop, sliceOf, type Heights, type Layout } from '$lib/domain/views/day-groups';
import type { RowKey } from '$lib/domain/views/list';
import type { SessionList } from '$lib/state/session-list.svelte';

/** Rows drawn beyond each edge of the window, in windows. */
const OVERSCAN = 0.75;
/** The window moves in steps of this many rows, so that most scroll events draw nothing. */
const STEP_ROWS = 4;
/** Further down than this the reader has left the top, and rows above must not move. CSS px. */
const LEFT_TOP = 8;

/** Calls back once what is drawn now has been painted. Returns the stop. */
function afterPaint(then: () => void): () => void {
	let frame = requestAnimationFrame(() => {
		frame = requestAnimationFrame(then);
	});
	return () => cancelAnimationFrame(frame);
}

export interface Shown {
	index: number;
	key: RowKey;
	/** From the top of its day. */
	top: number;
}

/** What a scrolling list draws: the rows in sight, a margin around them, and the row that has the focus. */
export class ListView {
	#list: SessionList;
	#heights: () => Heights;
	/** Height of the column head, which sticks above the day heads. */
	#headHeight: () => number;
	/** Whether the active row is open beside the list, and so has to be in sight. */
	#open: () => boolean;
	#node: HTMLElement | null = null;
	#scrollTop = $state(0);
	#height = $state(0);
	/** The height to draw for: until it is measured, what the list had last, so that rows need not wait for it. */
	#room = $state(0);
	/** Rows in sight are painted before those around them. */
	#overscan = $state(0);
	#stopWaiting = (): void => undefined;
	/** Where the element was scrolled to when it was last asked: asking costs a layout. */
	#lastTop = 0;
	#onceSeen: (() => void)[] = [];
	/** The first row in sight, and where it stood. */
	#anchor: { id: string; top: number } | null = null;

	readonly layout: Layout = $derived.by(() => layOut(this.#list.groups, this.#heights()));
	/** Height of all rows, those included whose number alone is known. CSS px. */
	readonly height: number = $derived.by(() => {
		const { total, length } = this.#list;
		return this.layout.height + ((total ?? length) - length) * this.#heights().row;
	});
	#step = $derived.by(() => this.#heights().row * STEP_ROWS);
	/** Top of what is drawn, in whole steps. */
	#from = $derived(
		Math.floor((this.#scrollTop - this.#room * this.#overscan) / this.#step) * this.#step,
	);
	#drawn = $derived(this.#room * (1 + 2 * this.#overscan) + this.#step);
	/** Index of the row that keeps its place in the tab order. */
	readonly activeIndex: number = $derived.by(() =>
		Math.max(0, this.#list.indexOf(this.#list.activeId)),
	);
	/** Rows in sight with the margin around them: from, up to, without, to. */
	readonly looksAt: readonly [number, number] = $derived.by(() => {
		const slices = sliceOf(this.layout, this.#heights(), this.#from, this.#from + this.#drawn);
		const [first, last] = [slices[0], slices.at(-1)];
		// Below all that is known: as many rows as there are to be read first.
		const unknown = Math.max(0, this.#from + this.#drawn - this.layout.height);
		return [first?.from ?? 0, (last?.to ?? 0) + Math.ceil(unknown / this.#heights().row)];
	});

	readonly days = $derived.by(() => {
		if (this.#room === 0) return [];
		const heights = this.#heights();
		const active = this.activeIndex;
		const slices = sliceOf(this.layout, heights, this.#from, this.#from + this.#drawn);
		if (!slices.some(({ from, to }) => active >= from && active < to)) {
			const top = rowTop(this.layout, heights, active);
			const own = sliceOf(this.layout, heights, top, top + 1)[0];
			const same = slices.find(({ group }) => group.first === own?.group.first);
			if (own && !same) slices.push(own);
		}
		return slices.map(({ group, from, to }) => {
			const indexes = Array.from({ length: to - from }, (_, i) => from + i);
			const inDay = active >= group.first && active < group.first + group.count;
			if (inDay && !indexes.includes(active)) indexes.push(active);
			return {
				group,
				rows: indexes.flatMap((index): Shown[] => {
					const key = this.#list.key(index);
					const top = heights.dayHead + (index - group.first) * heights.row;
					return key ? [{ index, key, top }] : [];
				}),
			};
		});
	});

	constructor(
		list: SessionList,
		heights: () => Heights,
		headHeight: () => number,
		open: () => boolean,
	) {
		this.#list = list;
		this.#room = list.height;
		this.#scrollTop = list.scrollTop;
		this.#open = open;
		this.#heights = heights;
		this.#headHeight = headHeight;
	}

	/** Ties it to what scrolls. An attachment. */
	attach = (node: HTMLElement): (() => void) => {
		this.#node = node;
		const measure = new ResizeObserver(() => this.#measured());
		measure.observe(node);
		const onScroll = () => this.#scrolled();
		node.addEventListener('scroll', onScroll, { passive: true });
		this.#widen();
		return () => {
			this.#stopWaiting();
			measure.disconnect();
			node.removeEventListener('scroll', onScroll);
			this.#letGo();
			this.#node = null;
		};
	};

	/** Another list takes the place of the one that was drawn: before anything of it is. */
	begin(): void {
		this.#letGo();
		this.#anchor = null;
		this.#scrollTop = this.#list.scrollTop;
		this.#overscan = 0;
	}

	/** Its rows are there. */
	begun(): void {
		const node = this.#node;
		if (!node) return;
		if (this.#lastTop !== this.#list.scrollTop) node.scrollTop = this.#list.scrollTop;
		this.#widen();
	}

	/** Nobody points at rows that are gone. */
	#letGo(): void {
		for (const reason of ['scroll', 'pointer', 'focus'] as const) this.#list.release(reason);
	}

	#widen(): void {
		this.#stopWaiting();
		this.#stopWaiting = afterPaint(() => (this.#overscan = OVERSCAN));
	}

	/** Waits until the list is on the screen, if it was put away. */
	seen(): Promise<void> {
		if (this.#height > 0) return Promise.resolve();
		return new Promise((resolve) => this.#onceSeen.push(resolve));
	}

	/** Where a row begins, from the top of what scrolls. */
	topOf(index: number): number {
		return rowTop(this.layout, this.#heights(), index);
	}

	/** Scrolls as little as shows the row whole, below the heads that stick. */
	reveal(index: number): void {
		const node = this.#node;
		if (!node || this.#height === 0) return;
		const { row, dayHead } = this.#heights();
		const top = rowTop(this.layout, this.#heights(), index);
		const above = top - dayHead;
		const below = top + row - (this.#height - this.#headHeight());
		if (node.scrollTop > above) node.scrollTop = above;
		else if (node.scrollTop < below) node.scrollTop = below;
		this.#scrolled();
	}

	/** Keeps the row where the eye has it when rows get another height. */
	keepPlace(before: Heights): void {
		const node = this.#node;
		if (!node || this.#height === 0) return;
		const old = layOut(this.#list.groups, before);
		const { scrollTop } = node;
		const active = rowTop(old, before, this.activeIndex);
		const inSight = active >= scrollTop && active < scrollTop + this.#height;
		const first = sliceOf(old, before, scrollTop, scrollTop + 1)[0]?.from ?? 0;
		const index = inSight ? this.activeIndex : first;
		const move = rowTop(this.layout, this.#heights(), index) - rowTop(old, before, index);
		if (scrollTop > 0) node.scrollTop = scrollTop + move;
		this.#scrolled();
	}

	/** Keeps the rows in sight where they are when others above them have come or gone. */
	keepSight(): void {
		const node = this.#node;
		const was = this.#anchor;
		if (!node || !was || node.scrollTop <= LEFT_TOP) return;
		const index = this.#list.indexOf(was.id);
		if (index < 0) return;
		const move = this.topOf(index) - was.top;
		if (move !== 0) node.scrollTop += move;
		this.#scrolled();
	}

	toTop(): void {
		if (this.#node) this.#node.scrollTop = 0;
		this.#scrolled();
	}

	/** How many rows a window holds. */
	get page(): number {
		return Math.max(1, Math.floor(this.#height / this.#heights().row) - 1);
	}

	#measured(): void {
		const node = this.#node;
		if (!node) return;
		const hidden = this.#height === 0;
		this.#height = this.#room = node.clientHeight;
		if (this.#height > 0) this.#list.height = this.#height;
		// A list that was put away, or comes back from another page, opens where it was.
		if (hidden && this.#height > 0) {
			node.scrollTop = this.#list.scrollTop;
			if (this.#open()) this.reveal(this.activeIndex);
			this.#scrolled();
			for (const tell of this.#onceSeen.splice(0)) tell();
		}
	}

	#scrolled(): void {
		const node = this.#node;
		// Put away, it has no place; asking for its height each time would cost a layout.
		if (!node || (node.scrollTop === 0 && node.clientHeight === 0)) return;
		const from = this.#lastTop;
		this.#list.scrollTop = this.#scrollTop = this.#lastTop = node.scrollTop;
		// Whoever flies past sees none of the rows around.
		if (Math.abs(this.#lastTop - from) > this.#height) {
			this.#overscan = 0;
			this.#widen();
		}
		const first = sliceOf(this.layout, this.#heights(), node.scrollTop, node.scrollTop + 1)[0];
		const key = first && this.#list.key(first.from);
		this.#anchor = first && key ? { id: key.id, top: this.topOf(first.from) } : null;
		if (node.scrollTop > LEFT_TOP) this.#list.hold('scroll');
		else this.#list.release('scroll');
	}
}
