import type { Inline } from '$lib/domain/markdown/ast';
import { growReading, readingNode } from './reading-node';

type Container = Extract<Inline, { children: Inline[] }>;

const tags = { strong: 'strong', emphasis: 'em', strike: 'del', link: 'a' } as const;

/**
 * Brings an element's inline content from one reading to the next. Each inline is one child
 * node, so what has not changed keeps its node: a selection in it survives.
 */
export function updateInline(
	parent: Element,
	before: readonly Inline[],
	after: readonly Inline[],
): void {
	for (const [index, next] of after.entries()) {
		const last = before[index];
		const node = parent.childNodes[index];
		if (!last || !node) parent.append(inlineNode(next));
		else if (!isSame(last, next)) updateNode(node, last, next);
	}
	for (let extra = before.length; extra > after.length; extra--)
		parent.childNodes[extra - 1]?.remove();
}

function updateNode(node: ChildNode, last: Inline, next: Inline): void {
	if (last.type === 'text' && next.type === 'text') {
		growReading(node, last.text, next.text);
	} else if (
		'children' in last &&
		'children' in next &&
		last.type === next.type &&
		next.type !== 'link' &&
		node instanceof Element
	) {
		updateInline(node, last.children, next.children);
	} else {
		node.replaceWith(inlineNode(next));
	}
}

function inlineNode(inline: Inline): Node {
	switch (inline.type) {
		case 'text':
			return readingNode(inline.text);
		case 'code': {
			const code = document.createElement('code');
			code.append(readingNode(inline.text));
			return code;
		}
		case 'break':
			return document.createElement('br');
		case 'image':
			return imageNode(inline.alt, inline.source);
		case 'link': {
			const link = linkNode(inline.href);
			updateInline(link, [], inline.children);
			if (inline.note) link.append(' ', hostNode(inline.note));
			return link;
		}
		default:
			return containerNode(inline);
	}
}

function containerNode(inline: Container): Node {
	const element = document.createElement(tags[inline.type]);
	updateInline(element, [], inline.children);
	return element;
}

function linkNode(href: string): HTMLAnchorElement {
	const link = document.createElement('a');
	link.href = href;
	link.target = '_blank';
	link.rel = 'noopener noreferrer nofollow';
	return link;
}

function hostNode(host: string): Node {
	const node = document.createElement('bdi');
	node.className = 'host';
	node.textContent = host;
	return node;
}

/** Loading it would tell its server who reads this, and when. */
function imageNode(alt: string, source: { href: string; host: string } | null): Node {
	const node = document.createElement('span');
	node.className = 'unloaded';
	const name = document.createElement('bdi');
	name.append(readingNode(alt || 'Image'));
	node.append(name, ' (image not loaded');
	if (source) {
		const link = linkNode(source.href);
		link.append(hostNode(source.host));
		node.append(', ', link);
	}
	node.append(')');
	return node;
}

function isSame(a: Inline, b: Inline): boolean {
	if (a === b) return true;
	if (a.type !== b.type) return false;
	if ('text' in a && 'text' in b) return a.text === b.text;
	if (a.type === 'link' && b.type === 'link' && (a.href !== b.href || a.note !== b.note))
		return false;
	if (a.type === 'image' && b.type === 'image') {
		return a.alt === b.alt && a.source?.href === b.source?.href;
	}
	if ('children' in a && 'children' in b) return isSameAll(a.children, b.children);
	return true;
}

export function isSameAll(a: readonly Inline[], b: readonly Inline[]): boolean {
	return a.length === b.length && a.every((one, index) => isSame(one, b[index] as Inline));
}
