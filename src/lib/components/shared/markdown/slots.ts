/** Places for elements in a row, by index. */
export interface Slots {
	get(index: number): Element | undefined;
	/** Puts an element at the end; `index` is its place. */
	add(element: Element, index: number): void;
	/** Takes away the last one. */
	remove(index: number): void;
}

/** The children of an element, after those that stand there for another reason. */
export function childSlots(parent: Element, offset = 0): Slots {
	return {
		get: (index) => parent.children[index + offset],
		add: (element) => parent.append(element),
		remove: (index) => parent.children[index + offset]?.remove(),
	};
}

/** How many elements one box holds. */
const partLength = 50;

/**
 * The children of boxes of a bounded size: what is added to the end of a thousand is laid out
 * and drawn among fifty. `makePart` makes the box whose first child has that index.
 */
export function partSlots(parent: Element, makePart: (index: number) => Element): Slots {
	const partOf = (index: number) => parent.children[Math.floor(index / partLength)];
	return {
		get: (index) => partOf(index)?.children[index % partLength],
		add(element, index) {
			let part = partOf(index);
			if (!part) parent.append((part = makePart(index)));
			part.append(element);
		},
		remove(index) {
			const part = partOf(index);
			part?.children[index % partLength]?.remove();
			if (part?.childElementCount === 0) part.remove();
		},
	};
}
