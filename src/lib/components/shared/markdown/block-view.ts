import type { Block, BlockOf, ListItem } from '$lib/domain/markdown/ast';
import { updateInline } from './inline-view';
import { PlainText } from './plain-text';
import { childSlots, partSlots, type Slots } from './slots';
import { createTable, updateTable } from './table-view';

/** A code block is a component of its own; who shows text says how it comes to be. */
export interface CodeView {
	update(block: BlockOf<'code'>): void;
	destroy(): void;
}
export type MountCode = (target: HTMLElement, block: BlockOf<'code'>) => CodeView;

/**
 * Shows blocks as elements, one each, made by construction: no markup is ever parsed. Brings
 * them from one reading to the next, touching only what differs.
 */
export class BlockView {
	readonly #slots: Slots;
	readonly #code = new Map<Element, CodeView>();
	readonly #plain = new Map<Element, PlainText>();

	constructor(
		root: Element,
		private readonly mountCode: MountCode,
	) {
		this.#slots = partSlots(root, () => make('div'));
	}

	/** @param from index of the first block that may differ */
	update(before: readonly Block[], after: readonly Block[], from: number): void {
		this.#update(this.#slots, before, after, from);
	}

	destroy(): void {
		for (const view of this.#code.values()) view.destroy();
		this.#code.clear();
		this.#plain.clear();
	}

	#update(slots: Slots, before: readonly Block[], after: readonly Block[], from = 0): void {
		for (let index = from; index < after.length; index++) {
			const last = before[index];
			const next = after[index] as Block;
			if (last === next) continue;
			const element = last && slots.get(index);
			if (element && this.#updated(element, last, next)) continue;
			const fresh = this.#create(next);
			if (after[index - 1]?.type === 'heading') fresh.classList.add('after-heading');
			if (element) this.#replace(element, fresh);
			else slots.add(fresh, index);
		}
		this.#trim(slots, before.length, after.length);
	}

	#replace(element: Element, fresh: Element): void {
		this.#forget(element);
		element.replaceWith(fresh);
	}

	#trim(slots: Slots, before: number, after: number): void {
		for (let index = before - 1; index >= after; index--) {
			const element = slots.get(index);
			if (element) this.#forget(element);
			slots.remove(index);
		}
	}

	#forget(element: Element): void {
		for (const [target, view] of this.#code) {
			if (!element.contains(target)) continue;
			view.destroy();
			this.#code.delete(target);
		}
		for (const target of this.#plain.keys()) {
			if (element.contains(target)) this.#plain.delete(target);
		}
	}

	#create(block: Block): Element {
		switch (block.type) {
			case 'paragraph': {
				const element = make('p');
				if (block.continued) element.className = 'continued';
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
				this.#update(childSlots(element), [], block.blocks);
				return element;
			}
			case 'rule':
				return make('hr');
			case 'plain': {
				const element = make('div');
				element.className = 'plain';
				const plain = new PlainText(element);
				plain.update(block.text);
				this.#plain.set(element, plain);
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
			this.#update(childSlots(element), last.blocks, next.blocks);
			return true;
		}
		if (last.type === 'plain' && next.type === 'plain') {
			this.#plain.get(element)?.update(next.text);
			return true;
		}
		return last.type === 'rule' && next.type === 'rule';
	}

	#updateItems(element: Element, before: readonly ListItem[], list: BlockOf<'list'>): void {
		const slots = partSlots(element, (index) => listPart(list, index));
		for (const [index, next] of list.items.entries()) {
			const last = before[index];
			if (last === next) continue;
			const item = last && slots.get(index);
			const offset = next.checked === null ? 0 : 1;
			if (item && last.checked === next.checked) {
				this.#update(childSlots(item, offset), last.blocks, next.blocks);
				continue;
			}
			const fresh = make('li');
			if (next.checked !== null) fresh.append(checkbox(next.checked));
			this.#update(childSlots(fresh, offset), [], next.blocks);
			if (item) this.#replace(item, fresh);
			else slots.add(fresh, index);
		}
		this.#trim(slots, before.length, list.items.length);
	}
}

function listPart({ ordered, start }: BlockOf<'list'>, index: number): Element {
	const part = make(ordered ? 'ol' : 'ul');
	if (part instanceof HTMLOListElement && start + index !== 1) part.start = start + index;
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
