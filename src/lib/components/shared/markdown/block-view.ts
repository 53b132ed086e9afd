import type { Block, BlockOf, Inline, ListItem } from '$lib/domain/markdown/ast';
import { TextChunks } from '../code/text-chunks';
import { updateInline } from './inline-view';

/** A code block is a component of its own; who shows text says how it comes to be. */
export interface CodeView {
	update(block: BlockOf<'code'>): void;
	destroy(): void;
}
export type MountCode = (target: HTMLElement, block: BlockOf<'code'>) => CodeView;

/** Characters in one box of unformatted text, so that growing it lays out one box. */
const plainLimits = { lines: 200, characters: 8_192 };

/**
 * Shows blocks as elements, one each, made by construction: no markup is ever parsed. Brings
 * them from one reading to the next, touching only what differs.
 */
export class BlockView {
	#code = new Map<Element, CodeView>();
	#plain = new Map<Element, TextChunks>();

	constructor(private readonly mountCode: MountCode) {}

	/** @param from index of the first block that may differ */
	update(
		parent: Element,
		before: readonly Block[],
		after: readonly Block[],
		from = 0,
		/** Children of the parent that stand before its blocks. */
		offset = 0,
	): void {
		for (let index = from; index < after.length; index++) {
			const last = before[index];
			const next = after[index] as Block;
			if (last === next) continue;
			const element = parent.children[index + offset];
			if (!element || !last) parent.append(this.#create(next));
			else if (!this.#updated(element, last, next)) {
				this.#forget(element);
				element.replaceWith(this.#create(next));
			}
		}
		for (let extra = before.length; extra > after.length; extra--) {
			const element = parent.children[extra - 1 + offset];
			if (element) this.#forget(element);
			element?.remove();
		}
	}

	destroy(): void {
		for (const view of this.#code.values()) view.destroy();
		this.#code.clear();
		this.#plain.clear();
	}

	#forget(element: Element): void {
		for (const [target, view] of this.#code) {
			if (!element.contains(target)) continue;
			view.destroy();
			this.#code.delete(target);
		}
		this.#plain.delete(element);
	}

	#create(block: Block): Element {
		switch (block.type) {
			case 'paragraph': {
				const element = make('p');
				element.classList.toggle('continued', block.continued);
				updateInline(element, [], block.inline);
				return element;
			}
			case 'heading': {
				// The page's own headings come before any that a text has.
				const element = make(`h${Math.min(block.depth + 2, 6)}`);
				element.className = `depth-${block.depth}`;
				updateInline(element, [], block.inline);
				return element;
			}
			case 'code': {
				const element = make('div');
				element.className = 'code-place';
				this.#code.set(element, this.mountCode(element, block));
				return element;
			}
			case 'list': {
				const element = make(block.ordered ? 'ol' : 'ul');
				if (element instanceof HTMLOListElement && block.start !== 1) element.start = block.start;
				element.classList.toggle('loose', block.loose);
				this.#updateItems(element, [], block.items);
				return element;
			}
			case 'table':
				return this.#createTable(block);
			case 'quote': {
				const element = make('blockquote');
				this.update(element, [], block.blocks);
				return element;
			}
			case 'rule':
				return make('hr');
			case 'plain': {
				const element = make('div');
				element.className = 'plain';
				const chunks = new TextChunks(element, plainLimits);
				chunks.update(block.text);
				this.#plain.set(element, chunks);
				return element;
			}
		}
	}

	/** @returns false when the element can't become the next block */
	#updated(element: Element, last: Block, next: Block): boolean {
		if (last.type === 'paragraph' && next.type === 'paragraph') {
			element.classList.toggle('continued', next.continued);
			updateInline(element, last.inline, next.inline);
			return true;
		}
		if (last.type === 'heading' && next.type === 'heading' && last.depth === next.depth) {
			updateInline(element, last.inline, next.inline);
			return true;
		}
		if (last.type === 'code' && next.type === 'code') {
			this.#code.get(element)?.update(next);
			return true;
		}
		if (last.type === 'list' && next.type === 'list') {
			if (last.ordered !== next.ordered || last.start !== next.start) return false;
			element.classList.toggle('loose', next.loose);
			this.#updateItems(element, last.items, next.items);
			return true;
		}
		if (last.type === 'table' && next.type === 'table') return updateTable(element, last, next);
		if (last.type === 'quote' && next.type === 'quote') {
			this.update(element, last.blocks, next.blocks);
			return true;
		}
		if (last.type === 'plain' && next.type === 'plain') {
			this.#plain.get(element)?.update(next.text);
			return true;
		}
		return last.type === 'rule' && next.type === 'rule';
	}

	#updateItems(list: Element, before: readonly ListItem[], after: readonly ListItem[]): void {
		for (const [index, next] of after.entries()) {
			const last = before[index];
			if (last === next) continue;
			const element = list.children[index];
			if (element && last && last.checked === next.checked) {
				this.update(element, last.blocks, next.blocks, 0, next.checked === null ? 0 : 1);
				continue;
			}
			const item = make('li');
			if (next.checked !== null) item.append(checkbox(next.checked));
			this.update(item, [], next.blocks, 0, next.checked === null ? 0 : 1);
			if (!element) list.append(item);
			else {
				this.#forget(element);
				element.replaceWith(item);
			}
		}
		for (let extra = before.length; extra > after.length; extra--) {
			const element = list.children[extra - 1];
			if (element) this.#forget(element);
			element?.remove();
		}
	}

	#createTable(block: BlockOf<'table'>): Element {
		const scroller = make('div');
		scroller.className = 'table-scroll';
		scroller.tabIndex = 0;
		scroller.setAttribute('role', 'region');
		scroller.setAttribute('aria-label', 'Table');
		const head = make('thead');
		head.append(rowOf('th', block.header, block));
		const table = make('table');
		table.append(head, make('tbody'));
		scroller.append(table);
		updateRows(scroller, [], block);
		return scroller;
	}
}

function updateTable(element: Element, last: BlockOf<'table'>, next: BlockOf<'table'>): boolean {
	if (
		last.header !== next.header &&
		JSON.stringify([last.header, last.align]) !== JSON.stringify([next.header, next.align])
	) {
		return false;
	}
	updateRows(element, last.rows, next);
	return true;
}

function updateRows(
	element: Element,
	before: readonly Inline[][][],
	block: BlockOf<'table'>,
): void {
	const body = element.querySelector('tbody');
	if (!body) return;
	for (const [index, next] of block.rows.entries()) {
		const last = before[index];
		if (last === next) continue;
		const row = body.rows[index];
		if (!row || !last) body.append(rowOf('td', next, block));
		else {
			for (const [column, cell] of next.entries()) {
				const place = row.cells[column];
				if (place) updateInline(place, last[column] ?? [], cell);
			}
		}
	}
	for (let extra = before.length; extra > block.rows.length; extra--)
		body.rows[extra - 1]?.remove();
}

function rowOf(tag: 'th' | 'td', cells: Inline[][], { align }: BlockOf<'table'>): Element {
	const row = make('tr');
	for (const [column, inline] of cells.entries()) {
		const cell = make(tag);
		if (cell instanceof HTMLTableCellElement && tag === 'th') cell.scope = 'col';
		const side = align[column];
		if (side === 'center' || side === 'right') cell.className = side;
		updateInline(cell, [], inline);
		row.append(cell);
	}
	return row;
}

function checkbox(checked: boolean): Element {
	const box = document.createElement('input');
	box.type = 'checkbox';
	box.disabled = true;
	box.checked = checked;
	box.setAttribute('aria-label', checked ? 'Done' : 'To do');
	return box;
}

function make(tag: string): HTMLElement {
	return document.createElement(tag);
}
