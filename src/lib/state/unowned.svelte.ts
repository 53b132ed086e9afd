/**
 * Makes what outlives the screen that asks for it first. Svelte ties a derived value to the effect it is made in, and
 * leaves it as it was when that effect has ended.
 */
export function unowned<T>(make: () => T): T {
	let made!: T;
	$effect.root(() => {
		made = make();
	});
	return made;
}
