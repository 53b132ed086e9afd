import { connectionById } from '../store/connections';
import { sessionsBefore } from '../store/sessions';
import { app } from './app.svelte';
import { storage } from './storage.svelte';
import { toasts } from './toasts.svelte';
import { connections } from './connections.svelte';

const KEY = 'muster.first-run-skipped';

/**
 * Whether to begin with connecting a model: nothing is connected, nothing was ever run (a history stays readable
 * without a model), and nobody wanted to look around first.
 */
class FirstRun {
	#skipped = $state(read());
	#anySession = app.live(async (db) => (await sessionsBefore(db, Infinity, 1)).length > 0);

	/** False until the store has answered. */
	get due(): boolean {
		return !this.#skipped && connections.all?.length === 0 && this.#anySession.current === false;
	}

	/** Until this tab is closed. */
	skip(): void {
		this.#skipped = true;
		try {
			sessionStorage.setItem(KEY, 'yes');
		} catch {
			// Without session storage it holds until the page is reloaded.
		}
	}

	/** A model is connected: says so, and asks the browser to keep what will now be stored. */
	async done(connectionId: string): Promise<void> {
		// The live list hears of it a moment later; until then nobody is to be sent back here.
		this.#skipped = true;
		void storage.persist();
		const made = await connectionById(app.db, connectionId);
		if (made) toasts.show({ text: `${made.name} is connected`, icon: 'check', tone: 'completed' });
	}
}

function read(): boolean {
	try {
		return sessionStorage.getItem(KEY) !== null;
	} catch {
		return false;
	}
}

export const firstRun = new FirstRun();
