import type { IconName } from './icon-paths';

export interface MenuAction {
	kind?: 'action' | 'check' | 'radio';
	label: string;
	icon?: IconName;
	/** Second line or value, in quiet text. */
	detail?: string;
	/** Shown at the end. The shortcut itself is registered elsewhere. */
	kbd?: string;
	danger?: boolean;
	disabled?: boolean;
	/** Of kinds check and radio. A check leaves the menu open. */
	checked?: boolean;
	/** Makes it a link. */
	href?: string;
	run?: () => void;
}

export type MenuItem = MenuAction | { kind: 'separator' } | { kind: 'heading'; label: string };

export const isAction = (item: MenuItem): item is MenuAction =>
	item.kind !== 'separator' && item.kind !== 'heading';

export const roleOf = ({ kind }: MenuAction) =>
	(({ action: 'menuitem', check: 'menuitemcheckbox', radio: 'menuitemradio' }) as const)[
		kind ?? 'action'
	];

/** Gap between the menu and what opened it, and its least distance from the edge, px. */
const GAP = 4;
const EDGE = 8;

interface Size {
	width: number;
	height: number;
}

/** Top left corner of a menu under (or, without room, over) `anchor`, kept inside `view`. */
export function placeMenu(
	anchor: { left: number; right: number; top: number; bottom: number },
	menu: Size,
	view: Size,
	align: 'start' | 'end',
): { left: number; top: number } {
	const wanted = align === 'start' ? anchor.left : anchor.right - menu.width;
	const left = Math.max(EDGE, Math.min(wanted, view.width - menu.width - EDGE));
	const below = anchor.bottom + GAP;
	const above = anchor.top - GAP - menu.height;
	const fitsBelow = below + menu.height + EDGE <= view.height;
	const top = fitsBelow || above < EDGE ? below : above;
	return { left, top: Math.max(EDGE, Math.min(top, view.height - menu.height - EDGE)) };
}

/** Index of the next label that starts with `typed`, looking from `from` on and around. */
export function findTyped(labels: readonly string[], typed: string, from: number): number {
	const order = labels.map((_, i) => (i + from) % labels.length);
	const wanted = typed.toLocaleLowerCase();
	return order.find((i) => labels[i]?.toLocaleLowerCase().startsWith(wanted)) ?? -1;
}
