/** How many sockets there may be [7.2]. */
export class Seats {
	readonly #most: number;
	readonly #ofAddress: number;
	readonly #ofWorkspace: number;
	#all = 0;
	readonly #byAddress = new Map<string, number>();
	readonly #byWorkspace = new Map<string, number>();

	constructor(most: number, ofAddress: number, ofWorkspace = 32) {
		this.#most = most;
		this.#ofAddress = ofAddress;
		this.#ofWorkspace = ofWorkspace;
	}

	get taken(): number {
		return this.#all;
	}

	/** A seat for a socket that has not said who it is; null where there is none. */
	take(address: string): Seat | null {
		if (this.#all >= this.#most || count(this.#byAddress, address) >= this.#ofAddress) return null;
		this.#all++;
		change(this.#byAddress, address, 1);
		let workspace: string | null = null;
		let left = false;
		return {
			authenticated: (id) => {
				if (left || workspace !== null) return false;
				if (count(this.#byWorkspace, id) >= this.#ofWorkspace) return false;
				workspace = id;
				change(this.#byAddress, address, -1);
				change(this.#byWorkspace, id, 1);
				return true;
			},
			leave: () => {
				if (left) return;
				left = true;
				this.#all--;
				if (workspace === null) change(this.#byAddress, address, -1);
				else change(this.#byWorkspace, workspace, -1);
			},
		};
	}
}

export interface Seat {
	/** From now on it counts for its workspace; false where that has no more seats. */
	authenticated(workspace: string): boolean;
	leave(): void;
}

const count = (counts: Map<string, number>, key: string): number => counts.get(key) ?? 0;

function change(counts: Map<string, number>, key: string, by: number): void {
	const now = count(counts, key) + by;
	if (now > 0) counts.set(key, now);
	else counts.delete(key);
}
