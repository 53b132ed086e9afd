/**
 * `unsupported`: this browser has no such promise to give. `refused`: it was asked just now and said no.
 */
export type Persistence = 'unknown' | 'persistent' | 'not-asked' | 'refused' | 'unsupported';

/** What the browser says of the space this app uses, and whether it may clear it on its own. */
export class StorageState {
	#usage = $state.raw<number | null>(null);
	#quota = $state.raw<number | null>(null);
	#persistence = $state.raw<Persistence>('unknown');
	#manager: StorageManager | undefined;

	constructor(manager: StorageManager | undefined = globalThis.navigator?.storage) {
		this.#manager = manager;
	}

	/** Bytes, as the browser estimates them (all of this origin: sessions, and the app itself); null until known. */
	get usage() {
		return this.#usage;
	}

	/** Bytes the browser would let this origin use; null until known. */
	get quota() {
		return this.#quota;
	}

	get persistence() {
		return this.#persistence;
	}

	async refresh(): Promise<void> {
		if (this.#manager?.estimate) {
			const { usage, quota } = await this.#manager.estimate();
			this.#usage = usage ?? null;
			this.#quota = quota ?? null;
		}
		if (!this.#manager?.persisted) this.#persistence = 'unsupported';
		else if (await this.#manager.persisted()) this.#persistence = 'persistent';
		else if (this.#persistence !== 'refused') this.#persistence = 'not-asked';
	}

	/** Asks the browser to keep the data. Some browsers ask the person, some decide by themselves. */
	async persist(): Promise<void> {
		if (this.#manager?.persist)
			this.#persistence = (await this.#manager.persist()) ? 'persistent' : 'refused';
		await this.refresh();
	}
}

export const storage = new StorageState();
