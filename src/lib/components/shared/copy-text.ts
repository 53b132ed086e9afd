import { toasts } from '$lib/state/toasts.svelte';

/** Copies, and says whether it worked. */
export async function copyText(text: string, done = 'Copied'): Promise<void> {
	try {
		await navigator.clipboard.writeText(text);
		toasts.show({ text: done, icon: 'check', key: 'copied' });
	} catch {
		toasts.show({
			text: 'Could not copy. This browser does not allow it here.',
			tone: 'failed',
			icon: 's-failed',
			key: 'copied',
		});
	}
}
