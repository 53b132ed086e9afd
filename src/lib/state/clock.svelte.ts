import { createSubscriber } from 'svelte/reactivity';
import { dayKey } from '../domain/format';

const SECOND = 1000;

/**
 * One clock for everything that shows elapsed time: it ticks once a second while something reads it and the
 * page is to be seen, and costs nothing otherwise.
 */
export class Clock {
	#now = $state(Date.now());
	/** "2026-07-16", the reader's day: changes at midnight alone, unlike `now`. */
	readonly today: string = $derived(dayKey(this.now));

	#subscribe = createSubscriber((update) => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const tick = () => {
			this.#now = Date.now();
			update();
			// On the second, so that all clocks of the page turn together.
			timer = setTimeout(tick, SECOND - (this.#now % SECOND));
		};
		const onVisibility = () => {
			clearTimeout(timer);
			if (document.visibilityState === 'visible') tick();
		};
		document.addEventListener('visibilitychange', onVisibility);
		onVisibility();
		return () => {
			clearTimeout(timer);
			document.removeEventListener('visibilitychange', onVisibility);
		};
	});

	/** Epoch ms, no more than a second old while it is shown. */
	get now(): number {
		this.#subscribe();
		return this.#now;
	}
}

export const clock = new Clock();
