import type { Block, BlockOf, ListItem } from '$lib/domain/markdown/ast';
import { TextChunks } from '../code/text-chunks';
import { updateInline } from './inline-view';
import { createTable, updateTable } from './table-view';

/** A code block is a component of its own; who shows text says how it comes to be. */
export interface CodeView {
	update(block: BlockOf<'code'>): void;
	destroy(): void;
}
export type MountCode = (target: HTMLElement, block: BlockOf<'code'>) => CodeView;

/** Items of a list in one box: adding to a long list lays out and draws its last box only. */
const partLength = 60;
const partOf = (index: number) => Math.floor(index / partLength);

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
				const element = make('div');
				element.className = 'list';
				element.classList.toggle('loose', block.loose);
				this.#updateItems(element, [], block);
				return element;
			}
			case 'table':
				return createTable(block);
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
			this.#updateItems(element, last.items, next);
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

	#updateItems(place: Element, before: readonly ListItem[], list: BlockOf<'list'>): void {
		for (const [index, next] of list.items.entries()) {
			const last = before[index];
			if (last === next) continue;
			const offset = next.checked === null ? 0 : 1;
			const element = place.children[partOf(index)]?.children[index % partLength];
			if (element && last && last.checked === next.checked) {
				this.update(element, last.blocks, next.blocks, 0, offset);
				continue;
			}
			const item = make('li');
			if (next.checked !== null) item.append(checkbox(next.checked));
			this.update(item, [], next.blocks, 0, offset);
			if (element) {
				this.#forget(element);
				element.replaceWith(item);
			} else {
				(place.children[partOf(index)] ?? addListPart(place, list, index)).append(item);
			}
		}
		for (let index = before.length - 1; index >= list.items.length; index--) {
			const part = place.children[partOf(index)];
			const element = part?.children[index % partLength];
			if (element) this.#forget(element);
			element?.remove();
			if (part?.childElementCount === 0) part.remove();
		}
	}
}

function addListPart(place: Element, { ordered, start }: BlockOf<'list'>, index: number): Element {
	const part = make(ordered ? 'ol' : 'ul');
	if (part instanceof HTMLOListElement && start + index !== 1) part.start = start + index;
	place.append(part);
	return part;
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
