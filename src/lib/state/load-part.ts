import { toasts } from './toasts.svelte';

/** Why a part of the app is missing, and what to do: the server has a newer version, or nobody answers. */
export const partMissing =
	'A part of Muster could not be loaded: there may be a newer version, or no network. Reload the page.';

/** A part of the app that is loaded when it is first needed. Null where it can't be had; the person has then been told. */
export async function loadPart<T>(load: () => Promise<T>): Promise<T | null> {
	try {
		return await load();
	} catch {
		toasts.show({
			key: 'part-missing',
			text: partMissing,
			tone: 'failed',
			icon: 's-failed',
			action: { label: 'Reload', run: () => location.reload() },
		});
		return null;
	}
}
