import type { Attachment } from 'svelte/attachments';

/** Puts an element at a height of what scrolls, CSS px. */
export function at(top: number, height?: number): Attachment<HTMLElement> {
	return (node) => {
		node.style.top = `${top}px`;
		if (height !== undefined) node.style.height = `${height}px`;
	};
}
