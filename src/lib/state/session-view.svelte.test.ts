import { expect, test } from 'vitest';
import { SessionView } from './session-view.svelte';

test('a change to a request is seen by whoever asked for the request first', () => {
	const session = new SessionView('s1');
	let shown: () => unknown = () => undefined;
	const stop = $effect.root(() => {
		// As a card does: the request is made known inside what shows it.
		const edited = $derived(session.approval('w1').edited);
		shown = () => edited;
	});
	expect(shown()).toBeNull();
	session.approval('w1').edited = { path: 'a.ts' };
	expect(shown()).toEqual({ path: 'a.ts' });
	stop();
});
