import { untrack } from 'svelte';

/** Something half-written is written down this long after the last key, ms. */
const REST_MS = 300;

/**
 * Call it in an effect: has `write` done once what it reads rests, at the latest when the page or what it belongs
 * to is left. `read` names what it depends on.
 */
export function keepWritten(read: () => unknown, write: () => void): () => void {
	$effect(() => {
		read();
		const timer = setTimeout(() => untrack(write), REST_MS);
		return () => clearTimeout(timer);
	});
	addEventListener('pagehide', write);
	return () => {
		removeEventListener('pagehide', write);
		untrack(write);
	};
}
