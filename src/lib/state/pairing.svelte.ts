import type { Failure } from '../domain/log/event';
import type { GuestPairingState, MemberPairingState } from '../domain/sync/pairing';
import type { PairingStep } from '../domain/rpc';
import { app } from './app.svelte';
import { EngineFailure } from './engine-client';

/** One pairing as a page follows it, on either side. */
export class Pairing<S extends PairingStep['state']> {
	#state = $state.raw<S | null>(null);
	#failure = $state.raw<Failure | null>(null);
	#talk: number | null = null;
	#isOver = false;

	/** Null before the first one. */
	get state(): S | null {
		return this.#state;
	}

	/** Why it could not even begin. */
	get failure(): Failure | null {
		return this.#failure;
	}

	/** The side that is in already: opens the door. */
	static letIn(): Pairing<MemberPairingState> {
		const pairing = new Pairing<MemberPairingState>();
		void pairing.#follow(() => app.ask('pair-begin', {}));
		return pairing;
	}

	/** The side that wants to come in. */
	static knock(link: string, name: string): Pairing<GuestPairingState> {
		const pairing = new Pairing<GuestPairingState>();
		void pairing.#follow(() => app.ask('join-begin', { link, name }));
		return pairing;
	}

	/** Both show the same code. */
	sameCode(): void {
		this.#say('same-code');
	}

	stop(): void {
		this.#isOver = true;
		this.#say('stop');
	}

	#say(say: 'same-code' | 'stop'): void {
		if (this.#talk !== null) void app.ask('talk-say', { talk: this.#talk, say });
	}

	async #follow(begin: () => Promise<{ talk: number }>): Promise<void> {
		try {
			const { talk } = await begin();
			this.#talk = talk;
			if (this.#isOver) return this.stop();
			for (let seen = 0; !this.#isOver;) {
				const { n, state } = await app.ask('talk-next', { talk, seen });
				this.#state = state as S;
				seen = n;
				this.#isOver ||= state.is === 'ended' || state.is === 'added' || state.is === 'joined';
			}
		} catch (error) {
			if (!(error instanceof EngineFailure)) throw error;
			this.#failure = error.failure;
		}
	}
}
