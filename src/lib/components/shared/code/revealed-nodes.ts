import { revealHidden, type Reveals } from '$lib/domain/hidden-characters';
import './revealed.css';

/** RevealedText.svelte by hand, for code that is painted outside of Svelte. */
export function revealedNodes(text: string, reveals: Reveals = 'hidden'): Node[] {
	return revealHidden(text, reveals).map((segment) => {
		if (!segment.hidden) return document.createTextNode(segment.text);
		const { codePoint, name } = segment.hidden;
		const span = document.createElement('span');
		span.className = 'hidden-character';
		span.dataset.point = codePoint;
		span.title = name;
		span.setAttribute('role', 'img');
		span.setAttribute('aria-label', `${name}, ${codePoint}`);
		span.textContent = segment.text;
		return span;
	});
}
