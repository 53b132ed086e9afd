import { INBOX_COUNT } from '../domain/views/facets';
import { countsOf } from '../store/session-rows';
import { app } from './app.svelte';

/** How much waits for a person. A kept number: nothing is counted. */
class InboxCount {
	#query = app.live(async (db) => (await countsOf(db, [INBOX_COUNT]))[0] ?? 0);

	/** 0 before the first answer. */
	get n(): number {
		return this.#query.current ?? 0;
	}
}

export const inboxCount = new InboxCount();

/** Shows the number on the icon of the installed app, where the browser can. Call it in an effect. */
export function badgeApp(n: number): void {
	// Refused where the app is not installed; the number stands in the app all the same.
	const shown = n > 0 ? navigator.setAppBadge?.(n) : navigator.clearAppBadge?.();
	void shown?.catch(() => undefined);
}
