import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, findChromium } from './scripts/chromium.mjs';

const alias = { $lib: fileURLToPath(new URL('./src/lib', import.meta.url)) };
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
					include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'sync-server/**/*.test.ts'],
					exclude: [...never, '**/*.browser.test.ts'],
					setupFiles: ['./tests/support/unit-setup.ts'],
				},
			},
			{
				plugins: [svelte()],
				resolve: { alias },
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
