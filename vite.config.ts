import { sveltekit } from '@sveltejs/kit/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import { defineConfig } from 'vite';
import { manifest } from './scripts/pwa-manifest.mjs';
import { announcerWithoutInlineStyle } from './scripts/vite-announcer.mjs';

export default defineConfig({
	plugins: [
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
			},
		}),
	],
	worker: { format: 'es' },
	optimizeDeps: { include: ['dexie', '@anthropic-ai/sdk'] },
});
