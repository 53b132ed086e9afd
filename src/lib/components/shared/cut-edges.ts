/**
 * Marks a row that slides sideways at the ends where there is more of it, so that it fades there.
 * An attachment; the looks are those of `.cuts-start` and `.cuts-end` in base.css.
 */
export function cutEdges(node: HTMLElement): () => void {
	const look = () => {
		const { scrollLeft, clientWidth, scrollWidth } = node;
		// Right to left, a row begins at zero and slides to less.
		const slid = Math.abs(scrollLeft);
		node.classList.toggle('cuts-start', slid > 1);
		node.classList.toggle('cuts-end', slid + clientWidth < scrollWidth - 1);
	};
	const sizes = new ResizeObserver(look);
	sizes.observe(node);
	for (const child of node.children) sizes.observe(child);
	node.addEventListener('scroll', look, { passive: true });
	return () => {
		sizes.disconnect();
		node.removeEventListener('scroll', look);
	};
}
