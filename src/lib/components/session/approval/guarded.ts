import type { Attachment } from 'svelte/attachments';
import { GUARD_MS, type Approval } from '$lib/state/session-approval.svelte';

/** Marks buttons as fresh for a moment, so that nobody presses what has just slid under their finger. */
export function guarded(approval: Approval): Attachment<HTMLElement> {
	return (node) => {
		approval.appeared();
		node.classList.add('fresh');
		const timer = setTimeout(() => node.classList.remove('fresh'), GUARD_MS);
		return () => clearTimeout(timer);
	};
}
