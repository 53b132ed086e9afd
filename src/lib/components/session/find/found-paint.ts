import type { Attachment } from 'svelte/attachments';
import type { SessionFind } from '$lib/state/session-find.svelte';

/** Ranges painted at most: a thread that is drawn is a few screens long. */
const MOST = 2000;
/** Text that belongs together without a break. */
const WHOLE = 'p,li,td,th,pre,dt,dd,h1,h2,h3,h4,h5,h6,button,summary,div';

/**
 * Paints what was found over what is drawn, by the browser's own highlights: the nodes of a thread, which hold what
 * an agent wrote, stay as they are. Paints anew whenever something else is drawn.
 */
export class FoundPaint {
	#root: HTMLElement | null = null;
	#frame = 0;
	/** Told after each painting. */
	onpainted: (() => void) | null = null;

	constructor(private readonly find: SessionFind) {}

	/** On the element with the thread. */
	attach: Attachment<HTMLElement> = (root) => {
		if (!('highlights' in CSS)) return;
		this.#root = root;
		const changes = new MutationObserver(() => this.soon());
		changes.observe(root, { subtree: true, childList: true, characterData: true });
		this.soon();
		return () => {
			changes.disconnect();
			cancelAnimationFrame(this.#frame);
			this.#root = null;
			clear();
		};
	};

	soon(): void {
		cancelAnimationFrame(this.#frame);
		this.#frame = requestAnimationFrame(() => this.#paint());
	}

	/** The place one is at, as it is drawn; null: not drawn. */
	current(): Range | null {
		const { at } = this.find;
		if (!this.#root || !at) return null;
		const block = blockWith(this.#root, at.key);
		if (!block) return null;
		const ranges = rangesIn(block, this.find);
		return ranges[at.nth] ?? ranges.at(-1) ?? null;
	}

	#paint(): void {
		if (!this.#root) return;
		if (!this.find.active) return clear();
		const current = this.current();
		CSS.highlights.set('found', new Highlight(...rangesIn(this.#root, this.find)));
		CSS.highlights.set('found-now', new Highlight(...(current ? [current] : [])));
		this.onpainted?.();
	}
}

function clear(): void {
	CSS.highlights.delete('found');
	CSS.highlights.delete('found-now');
}

/** A part of a folded stretch of work has no block of its own until it is drawn inside of it. */
function blockWith(root: HTMLElement, key: string): HTMLElement | null {
	const all = [...root.querySelectorAll<HTMLElement>('[data-part],[data-block]')];
	return all.find(({ dataset }) => dataset['part'] === key || dataset['block'] === key) ?? null;
}

function rangesIn(root: HTMLElement, find: SessionFind): Range[] {
	const ranges: Range[] = [];
	for (const nodes of wholes(root)) {
		const text = nodes.map(({ data }) => data).join('');
		for (const { from, to } of find.marksIn(text, MOST - ranges.length)) {
			const range = new Range();
			const start = nodeAt(nodes, from, false);
			const end = nodeAt(nodes, to, true);
			if (!start || !end) continue;
			range.setStart(...start);
			range.setEnd(...end);
			ranges.push(range);
		}
		if (ranges.length >= MOST) break;
	}
	return ranges;
}

/** Text nodes by the element they are one text in. */
function wholes(root: HTMLElement): Text[][] {
	const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
	const all: Text[][] = [];
	let owner: Element | null = null;
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		const own = node.parentElement?.closest(WHOLE) ?? null;
		if (own !== owner || all.length === 0) all.push([]);
		owner = own;
		all.at(-1)?.push(node as Text);
	}
	return all;
}

function nodeAt(nodes: readonly Text[], place: number, end: boolean): [Text, number] | null {
	let left = place;
	for (const node of nodes) {
		if (left < node.data.length || (end && left === node.data.length)) return [node, left];
		left -= node.data.length;
	}
	return null;
}
