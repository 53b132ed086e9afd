/**
 * Makes something with state of its own, whoever asks for it. Svelte does not follow state that the reaction reading
 * it has made itself: asked for first inside a derived, it would never be seen to change there.
 */
export function outside<T>(make: () => T): T {
	let made!: T;
	$effect.root(() => {
		made = make();
	})();
	return made;
}
