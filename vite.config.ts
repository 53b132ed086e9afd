import { sveltekit } from '@sveltejs/kit/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import { defineConfig, type Plugin } from 'vite';
import { manifest } from './scripts/pwa-manifest.mjs';
import { announcerWithoutInlineStyle } from './scripts/vite-announcer.mjs';

/** The service worker step fails after any other, and would be the only one reported. */
const tellFirstError: Plugin = {
	name: 'muster:tell-first-error',
	buildEnd(error) {
		if (error) this.environment.logger.error(error.message);
	},
	renderError(error) {
		if (error) this.environment.logger.error(error.message);
	},
};

export default defineConfig({
	plugins: [
		tellFirstError,
		announcerWithoutInlineStyle(),
		sveltekit(),
		SvelteKitPWA({
			// A new version waits until the person takes it: a running session is never cut.
			registerType: 'prompt',
			injectRegister: false,
			manifest,
			kit: { adapterFallback: 'index.html', spa: true },
			workbox: {
				// Everything, so that what loads lazily is there offline as well.
				globPatterns: ['client/**/*'],
				globIgnores: ['**/*.map', '**/robots.txt', '**/_app/version.json'],
				maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
				// The relay's socket lives on the same origin, and is no page.
				navigateFallbackDenylist: [/^\/sync(\/|$)/],
				cleanupOutdatedCaches: true,
				// The tab of a first visit is served from the store too, and keeps its parts when the server has newer ones.
				clientsClaim: true,
				importScripts: ['/notification-click.js'],
			},
		}),
	],
	environments: {
		client: {
			build: {
				rolldownOptions: {
					output: {
						codeSplitting: {
							groups: [
								// What every screen needs is one file, and what the list of runs needs besides: sixty small ones
								// are a sixth larger when packed one by one.
								{ name: 'shell', test: /src\/routes\/\+layout\.svelte$/, priority: 2 },
								{ name: 'runs', test: /src\/routes\/runs\/\+layout\.svelte$/, priority: 1 },
							],
						},
					},
				},
			},
		},
	},
	// The same code as its modules, without what browsers of ten years ago need.
	resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
	worker: { format: 'es' },
	// What the worker loads lazily: found late, it would make the dev server reload the page.
	optimizeDeps: {
		include: [
			'dexie/dist/modern/dexie.mjs',
			'@anthropic-ai/sdk/client',
			'@anthropic-ai/sdk/lib/transform-json-schema',
			'@anthropic-ai/sdk/resources/messages/messages',
			'@anthropic-ai/sdk/resources/models',
		],
	},
});
