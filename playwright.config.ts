import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from './scripts/chromium.mjs';
import { freePort } from './scripts/free-port.mjs';

// Chosen once; the runner's worker processes inherit it.
const port = Number((process.env.MUSTER_E2E_PORT ??= String(await freePort(4183))));

export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.spec.ts',
	outputDir: 'test-results',
	workers: 2,
	retries: 0,
	fullyParallel: true,
	forbidOnly: !!process.env.CI,
	// A busy machine takes its time, and a test that passes does not wait.
	timeout: 60_000,
	expect: { timeout: 20_000 },
	use: {
		baseURL: `http://localhost:${port}`,
		browserName: 'chromium',
		viewport: { width: 1440, height: 900 },
		launchOptions: { executablePath: findChromium() ?? undefined, args: chromiumArgs },
		// A trace takes as long again as what it records: `npx playwright test --trace on` where one is wanted.
		trace: 'off',
		screenshot: 'only-on-failure',
	},
	webServer: {
		command: `node scripts/serve.mjs --port ${port}`,
		url: `http://localhost:${port}`,
		reuseExistingServer: false,
	},
});
