import type { ConnectionDraft } from '../domain/rpc';
import type { Failure } from '../domain/log/event';
import { app } from './app.svelte';
import { EngineFailure } from './engine-client';

export type AttemptState =
	| { is: 'idle' }
	| { is: 'checking' }
	/** The endpoint answers but lists no models: they have to be typed before it can be saved. */
	| { is: 'wants-models' }
	| { is: 'saved'; connectionId: string }
	| { is: 'failed'; failure: Failure };

/** The part of the app an attempt needs. */
export type Asker = Pick<typeof app, 'ask'>;

/**
 * One try at connecting: the worker checks the endpoint, and saves it if it answers. The draft, and with it the key, passes through to
 * the worker; nothing of it is kept here.
 */
export class ConnectionAttempt {
	#state = $state.raw<AttemptState>({ is: 'idle' });
	#asker: Asker;

	constructor(asker: Asker = app) {
		this.#asker = asker;
	}

	get state(): AttemptState {
		return this.#state;
	}

	get busy(): boolean {
		return this.#state.is === 'checking';
	}

	/** Resolves with the connection's id, or null when it was not saved; `state` says why. */
	async save(draft: ConnectionDraft): Promise<string | null> {
		this.#state = { is: 'checking' };
		try {
			const { connectionId } = await this.#asker.ask('save-connection', draft);
			this.#state = { is: 'saved', connectionId };
			return connectionId;
		} catch (error) {
			if (!(error instanceof EngineFailure)) throw error;
			const { failure } = error;
			this.#state =
				failure.code === 'no-models' ? { is: 'wants-models' } : { is: 'failed', failure };
			return null;
		}
	}

	/** What was said no longer fits what is typed now. */
	forget(): void {
		if (!this.busy && this.#state.is !== 'wants-models') this.#state = { is: 'idle' };
	}
}
