import { createSubscriber } from 'svelte/reactivity';
import { sayingOf, type SyncSaying } from '../domain/sync/sync-status';
import { syncWords } from '../domain/sync/sync-words';
import { sync } from './sync.svelte';

/** What the screen says of how it stands with the other devices. */
class Saying {
	/** Whether the browser has a network; followed for as long as somebody reads it. */
	#network = createSubscriber((update) => {
		addEventListener('online', update);
		addEventListener('offline', update);
		return () => {
			removeEventListener('online', update);
			removeEventListener('offline', update);
		};
	});

	get current(): SyncSaying {
		this.#network();
		return sync.shared && !sync.status
			? { says: 'waiting', changes: 0 }
			: sayingOf(sync.status, navigator.onLine);
	}

	/** The same in a few words. */
	get words(): string {
		return syncWords(this.current);
	}

	/** Everything is where it should be. */
	get isSettled(): boolean {
		const { says } = this.current;
		return says === 'saved' || says === 'synced';
	}
}

export const saying = new Saying();
