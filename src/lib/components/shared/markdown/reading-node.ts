import { misleads } from '$lib/domain/hidden-characters';
import { revealedNodes } from '../code/revealed-nodes';

/** Text to read, as one node: a text node, or a box where something in it would mislead. */
export function readingNode(text: string): Text | HTMLElement {
	if (!misleads(text)) return document.createTextNode(text);
	const box = document.createElement('span');
	box.append(...revealedNodes(text, 'misleading'));
	return box;
}

/**
 * Appending leaves what is there alone, which is cheaper and keeps selections.
 * @param node shows `last`
 */
export function growReading(node: ChildNode, last: string, next: string): void {
	const goesOn = next.startsWith(last);
	// From its last unit, where half of a character may be waiting for the other.
	if (!goesOn || misleads(next.slice(Math.max(0, last.length - 1)))) {
		node.replaceWith(readingNode(next));
		return;
	}
	const fresh = next.slice(last.length);
	const tail = node instanceof Text ? node : node.lastChild;
	if (tail instanceof Text) tail.appendData(fresh);
	else (node as Element).append(fresh);
}
