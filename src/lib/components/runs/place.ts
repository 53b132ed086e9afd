import type { Attachment } from 'svelte/attachments';

/** Puts an element at a height of what scrolls, CSS px. */
export function at(top: number, height?: number): Attachment<HTMLElement> {
	return (node) => {
		node.style.top = `${top}px`;
		if (height !== undefined) node.style.height = `${height}px`;
	};
}

/** Where a row stands in its list. */
export interface Place {
	/** From the top of its day, CSS px. */
	top: number;
	/** Whether it is the one row in the tab order. */
	active: boolean;
	/** Among all rows of the list, from 1, as ARIA counts. */
	index: number;
}
