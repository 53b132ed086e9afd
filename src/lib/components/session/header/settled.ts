import type { Attachment } from 'svelte/attachments';
import { GUARD_MS } from '$lib/state/session-approval.svelte';

/** Ignores presses for a moment after it appeared: they were meant for what stood in its place. */
export const settled: Attachment<HTMLElement> = (node) => {
	const appearedAt = performance.now();
	const ignore = (event: MouseEvent) => {
		// A press by the keyboard counts no clicks, and was aimed.
		if (event.detail === 0 || performance.now() - appearedAt >= GUARD_MS) return;
		event.preventDefault();
		event.stopImmediatePropagation();
	};
	node.addEventListener('click', ignore, { capture: true });
	return () => node.removeEventListener('click', ignore, { capture: true });
};
