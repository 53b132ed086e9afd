import type { Shortcut } from '$lib/state/shortcuts.svelte';

/** Links to sessions in a list, top to bottom. */
export function linesIn(list: HTMLElement | undefined): HTMLElement[] {
	return [...(list?.querySelectorAll<HTMLElement>('a[data-id]') ?? [])];
}

/** Keys that walk through the lines of a list, from the focused one, or from the one that is open. */
export function lineKeys(
	list: () => HTMLElement | undefined,
	{ group, one }: { group: string; one: string },
): Shortcut[] {
	const when = () => list()?.offsetParent != null;
	const step = (by: number) => {
		const lines = linesIn(list());
		const focused = lines.findIndex((line) => line === document.activeElement);
		const at = focused < 0 ? lines.findIndex((line) => line.ariaCurrent === 'page') : focused;
		lines[Math.max(0, Math.min(at + by, lines.length - 1))]?.focus();
	};
	return [
		{
			keys: ['j', 'down'],
			label: `Next ${one}`,
			group,
			repeat: true,
			when,
			run: () => step(1),
		},
		{
			keys: ['k', 'up'],
			label: `Previous ${one}`,
			group,
			repeat: true,
			when,
			run: () => step(-1),
		},
	];
}
