import type { Attachment } from 'svelte/attachments';
import { keyCaps } from '$lib/domain/keys';
import { isMac } from '$lib/state/platform';

/** Rest before a tooltip shows under the pointer, ms. At once on keyboard focus, or beside another. */
const DELAY_MS = 500;
/** Time to cross the gap onto the tooltip itself, ms. */
const LEAVE_MS = 100;
const GAP = 6;

type Side = 'top' | 'right';

const glyphs: Record<string, string> = { cmd: '⌘', shift: '⇧', enter: '↵', del: '⌫' };

let bubble: HTMLElement | undefined;
let owner: Element | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

function later(run: () => void, ms: number): void {
	clearTimeout(timer);
	timer = setTimeout(run, ms);
}

function hide(): void {
	clearTimeout(timer);
	owner = undefined;
	bubble?.remove();
	bubble = undefined;
	removeEventListener('keydown', onKeydown, true);
	removeEventListener('scroll', hide, true);
}

function onKeydown(event: KeyboardEvent): void {
	if (event.key === 'Escape') hide();
}

function show(node: Element, text: string, keys: string | undefined, side: Side): void {
	hide();
	owner = node;
	bubble = document.createElement('div');
	bubble.className = 'tooltip';
	// The control says the same by its own name or description.
	bubble.setAttribute('aria-hidden', 'true');
	bubble.textContent = text;
	if (keys) {
		const kbd = document.createElement('kbd');
		kbd.textContent = keyCaps(keys, isMac)
			.map((caps) => caps.map((cap) => glyphs[cap] ?? cap).join(isMac ? '' : '+'))
			.join(' ');
		bubble.append(kbd);
	}
	bubble.addEventListener('pointerenter', () => clearTimeout(timer));
	bubble.addEventListener('pointerleave', () => later(hide, LEAVE_MS));
	// Inside an open dialog, or it would stand below it.
	(node.closest('dialog') ?? document.body).append(bubble);
	if ('popover' in bubble) {
		bubble.popover = 'manual';
		bubble.showPopover();
	}
	place(bubble, node.getBoundingClientRect(), side);
	addEventListener('keydown', onKeydown, true);
	addEventListener('scroll', hide, true);
}

function place(el: HTMLElement, at: DOMRect, side: Side): void {
	const { width, height } = el.getBoundingClientRect();
	if (side === 'right') {
		el.style.left = `${at.right + GAP}px`;
		el.style.top = `${at.top + at.height / 2 - height / 2}px`;
		return;
	}
	const left = Math.min(Math.max(4, at.left + at.width / 2 - width / 2), innerWidth - width - 4);
	const above = at.top - height - GAP;
	el.style.left = `${left}px`;
	el.style.top = `${above >= 4 ? above : at.bottom + GAP}px`;
}

/** Shows a line beside a control on hover and on keyboard focus. Never on touch. */
export function tooltip(text: string | undefined, keys?: string, side: Side = 'top'): Attachment {
	return (node) => {
		if (!text) return;
		const onEnter = (event: Event) => {
			if (event instanceof PointerEvent && event.pointerType === 'touch') return;
			later(() => show(node, text, keys, side), bubble ? 0 : DELAY_MS);
		};
		const onLeave = () => later(hide, LEAVE_MS);
		const onFocus = () => {
			// Not while another layer closes: focus returns here before it is gone.
			later(() => {
				if (node.matches(':focus-visible')) show(node, text, keys, side);
			}, 0);
		};
		const onDone = () => {
			clearTimeout(timer);
			if (owner === node) hide();
		};
		node.addEventListener('pointerenter', onEnter);
		node.addEventListener('pointerleave', onLeave);
		node.addEventListener('pointerdown', onDone);
		node.addEventListener('focus', onFocus);
		node.addEventListener('blur', onDone);
		return () => {
			onDone();
			node.removeEventListener('pointerenter', onEnter);
			node.removeEventListener('pointerleave', onLeave);
			node.removeEventListener('pointerdown', onDone);
			node.removeEventListener('focus', onFocus);
			node.removeEventListener('blur', onDone);
		};
	};
}
