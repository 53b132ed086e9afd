import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { pagePolicy } from './scripts/csp.mjs';
import { sourcesHash } from './scripts/sources.mjs';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ fallback: 'index.html', precompress: true }),
		paths: { relative: false },
		version: { name: sourcesHash() },
		// The app registers it itself, so that an update waits for the person (see pwa-update).
		serviceWorker: { register: false },
		// For hosts that can't send headers; our own server sends the same policy, and more.
		csp: { mode: 'hash', directives: pagePolicy },
		typescript: {
			config(config) {
				config.include.push(
					'../vitest.config.ts',
					'../playwright.config.ts',
					'../sync-server/**/*.ts',
					'../scripts/**/*.mjs',
				);
			},
		},
	},
};
