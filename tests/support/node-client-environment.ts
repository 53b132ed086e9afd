import type { Environment } from 'vitest/runtime';

/**
 * Node's globals, but modules compiled as for the page: `.svelte.ts` files keep live runes,
 * so `$effect.root` and `$derived` can be tested without a browser.
 */
export default {
	name: 'node-client',
	viteEnvironment: 'client',
	setup: () => ({ teardown: () => undefined }),
} satisfies Environment;
