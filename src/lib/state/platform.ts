/** Whether the command key is Cmd. iPads with a keyboard count. */
export const isMac: boolean =
	typeof navigator !== 'undefined' && /Mac|iPhone|iPad|iPod/.test(navigator.platform);

/** Reads a preference of this browser; null when storage is closed to us. */
export function readPreference(key: string): string | null {
	try {
		return localStorage.getItem(key);
	} catch {
		return null;
	}
}

/** Keeps a preference of this browser; without storage it lasts until reload. */
export function writePreference(key: string, value: string | null): void {
	try {
		if (value === null) localStorage.removeItem(key);
		else localStorage.setItem(key, value);
	} catch {
		// Private windows of some browsers: the choice still holds for this page.
	}
}

/** Reads what this tab has kept across a reload; null when storage is closed to us. */
export function readForTab(key: string): string | null {
	try {
		return sessionStorage.getItem(key);
	} catch {
		return null;
	}
}

/** Keeps something until this tab is closed; without storage, or where it is too long, not at all. */
export function writeForTab(key: string, value: string | null): void {
	try {
		if (value === null) sessionStorage.removeItem(key);
		else sessionStorage.setItem(key, value);
	} catch {
		// Full or closed: it lasts as long as the page shows the run.
	}
}
