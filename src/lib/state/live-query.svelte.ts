import { createSubscriber } from 'svelte/reactivity';
import { observe } from '../store/live';

/**
 * A query of the store as a reactive value: read while something shows it, silent otherwise.
 * `current` is undefined until the first answer; `error` holds what the last run threw.
 */
export class LiveQuery<T> {
	#current = $state.raw<T>();
	#error = $state.raw<unknown>();
	#subscribe: () => void;

	constructor(query: () => T | Promise<T>) {
		this.#subscribe = createSubscriber((update) =>
			observe(
				query,
				(value) => {
					this.#current = value;
					this.#error = undefined;
					update();
				},
				(error) => {
					this.#error = error;
					update();
				},
			),
		);
	}

	get current(): T | undefined {
		this.#subscribe();
		return this.#current;
	}

	get error(): unknown {
		this.#subscribe();
		return this.#error;
	}
}
