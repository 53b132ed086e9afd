import { PwaUpdate } from './pwa-update.svelte';
import { runningNow } from './running-now.svelte';

/** The parts an offer needs: a version that may wait, and how many sessions run. */
export interface Waiting {
	readonly updateReady: boolean;
	apply(): Promise<void>;
}
export interface Running {
	readonly running: readonly unknown[];
}

/**
 * How a new version is put to the person: nothing happens until they take it, and even then a running session is
 * let to its rest first, unless they insist.
 */
export class UpdateOffer {
	#update: Waiting;
	#sessions: Running;
	#taken = $state(false);
	#later = $state(false);

	constructor(update: Waiting, sessions: Running) {
		this.#update = update;
		this.#sessions = sessions;
	}

	get ready(): boolean {
		return this.#update.updateReady;
	}

	/** Sessions that the reload would interrupt now. */
	get running(): number {
		return this.#sessions.running.length;
	}

	/** Taken, and waiting until nothing runs. */
	get waits(): boolean {
		return this.ready && this.#taken && this.running > 0;
	}

	/** Whether to put it before the person unasked. */
	get shown(): boolean {
		return this.ready && !this.#later;
	}

	/** Takes the new version: at once, or as soon as nothing runs. */
	take(): void {
		this.#taken = true;
		this.settle();
	}

	/** Takes it at once; sessions go on from their last saved step after the reload. */
	async insist(): Promise<void> {
		await this.#update.apply();
	}

	/** Takes the offer back until the next start. */
	later(): void {
		this.#later = true;
		this.#taken = false;
	}

	/** Applies what was taken once nothing runs. Called whenever that may have changed. */
	settle(): void {
		if (this.ready && this.#taken && this.running === 0) void this.#update.apply();
	}
}

export const pwaUpdate = new PwaUpdate();
export const updateOffer = new UpdateOffer(pwaUpdate, runningNow);
