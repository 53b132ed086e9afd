import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, findChromium } from './scripts/chromium.mjs';
import { root } from './scripts/sources.mjs';

const alias = {
	$lib: join(root, 'src/lib'),
	'$app/navigation': join(root, 'tests/support/navigation.ts'),
	// There is no service worker under test, and so nothing to register.
	'virtual:pwa-register': join(root, 'tests/support/pwa-register.ts'),
};
const browserDependencies = [
	'@anthropic-ai/sdk/client',
	'@anthropic-ai/sdk/lib/transform-json-schema',
	'@anthropic-ai/sdk/resources/messages/messages',
	'@anthropic-ai/sdk/resources/models',
	'@cfworker/json-schema',
	'@noble/hashes/sha2.js',
	'@noble/hashes/utils.js',
	'dexie',
	'diff',
	'marked',
	'ulid',
	'vitest-browser-svelte',
];
const never = ['node_modules/**', 'build/**', '.svelte-kit/**', 'tests/e2e/**', 'tests/bench/**'];

export default defineConfig({
	test: {
		projects: [
			{
				plugins: [svelte()],
				resolve: { alias, conditions: ['browser'] },
				test: {
					name: 'unit',
					environment: './tests/support/node-client-environment.ts',
					include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
					exclude: [...never, '**/*.browser.test.ts', 'tests/relay/**', 'tests/sync/**'],
					setupFiles: ['./tests/support/unit-setup.ts'],
				},
			},
			{
				// Node's own modules and packages as Node finds them: a page's would have no sockets.
				resolve: { alias },
				test: {
					name: 'relay',
					environment: 'node',
					include: [
						'sync-server/**/*.test.ts',
						'tests/relay/**/*.test.ts',
						'tests/sync/**/*.test.ts',
					],
					setupFiles: ['./tests/support/unit-setup.ts'],
					globalSetup: ['./tests/support/relay-built.ts'],
				},
			},
			{
				plugins: [svelte()],
				resolve: { alias },
				// A dependency found late reloads the page under the tests: name them all, and take shiki's
				// many small modules as they are.
				optimizeDeps: { include: browserDependencies, exclude: ['shiki'] },
				test: {
					name: 'browser',
					include: ['src/**/*.browser.test.ts', 'tests/**/*.browser.test.ts'],
					exclude: never,
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({
							launchOptions: { executablePath: findChromium() ?? undefined, args: chromiumArgs },
						}),
						instances: [{ browser: 'chromium' }],
					},
				},
			},
		],
	},
});
