import { MediaQuery } from 'svelte/reactivity';

/** Where a request is decided: in its card among the messages, over the run beside the list, or on the whole screen. */
class ApprovalPlace {
	#narrow = new MediaQuery('max-width: 1023.98px');
	#coarse = new MediaQuery('pointer: coarse');
	#small = new MediaQuery('(max-width: 699.98px), (max-height: 599.98px)');

	/** A finger, or a run below its list: the request is read by itself, with its buttons at the bottom. */
	get apart(): boolean {
		return this.#narrow.current || this.#coarse.current;
	}
	/** Apart, and with no room for anything else. */
	get whole(): boolean {
		return this.apart && this.#small.current;
	}
}

export const place = new ApprovalPlace();
