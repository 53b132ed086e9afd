import { test as base, type BrowserContext, type Page } from '@playwright/test';
import { LLMock } from '@copilotkit/aimock';
import { serve } from '../../../scripts/serve.mjs';

/** Sizes the look is made for; each frame of the shell has one. */
export const viewports = {
	desktop: { width: 1440, height: 900 },
	tablet: { width: 1180, height: 820 },
	portrait: { width: 820, height: 1180 },
	phone: { width: 390, height: 844 },
} as const;

/** What a page reported that it should not have. */
export interface Complaints {
	/** Content security policy violations: directive and blocked address. */
	violations: string[];
	/** Uncaught errors and `console.error` lines. */
	errors: string[];
}

export interface App {
	page: Page;
	context: BrowserContext;
	complaints: Complaints;
	/** Opens a route and waits until Kit has started the app. */
	open(path: string): Promise<void>;
	/** Waits until the service worker controls the next load, so that the server may go. */
	offlineReady(): Promise<void>;
}

export interface BuiltServer {
	url: string;
	stop(): Promise<void>;
	/** On the same port, as after a restart of the machine. */
	start(): Promise<void>;
}

interface Fixtures {
	/** The built app in a fresh context (own storage) at the test's viewport. */
	app: App;
	/** A model server on a free port: `/v1/messages` with streams, tools, thinking and errors. */
	aimock: LLMock;
	/** A server of this test's own, to stop and start again; of another build than the usual one, if its folder is given. */
	serveBuilt: (dir?: string) => Promise<BuiltServer>;
}

export const test = base.extend<Fixtures>({
	app: async ({ page, context }, use) => {
		await use(appOn(page, context, await listenTo(page)));
	},
	aimock: async ({}, use) => {
		const mock = new LLMock({ port: 0, host: '127.0.0.1' });
		await mock.start();
		await use(mock);
		await mock.stop();
	},
	serveBuilt: async ({}, use) => {
		const stops: (() => Promise<void>)[] = [];
		await use(async (dir) => {
			const built = await builtServer(dir);
			stops.push(built.stop);
			return built;
		});
		await Promise.all(stops.map((stop) => stop()));
	},
});

export { expect } from '@playwright/test';

async function listenTo(page: Page): Promise<Complaints> {
	const complaints: Complaints = { violations: [], errors: [] };
	page.on('pageerror', (error) => complaints.errors.push(error.message));
	page.on('console', (message) => {
		if (message.type() !== 'error') return;
		const list = /Content Security Policy|Trusted ?(Type|HTML|Script)/i.test(message.text())
			? complaints.violations
			: complaints.errors;
		list.push(message.text());
	});
	await page.exposeFunction('reportViolation', (line: string) => complaints.violations.push(line));
	await page.addInitScript(() => {
		addEventListener('securitypolicyviolation', (event) => {
			const report = Reflect.get(window, 'reportViolation') as (line: string) => void;
			report(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
		});
	});
	return complaints;
}

function appOn(page: Page, context: BrowserContext, complaints: Complaints): App {
	return {
		page,
		context,
		complaints,
		async open(path) {
			await page.goto(path);
			// Kit adds the announcer when its root component is mounted.
			await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
		},
		async offlineReady() {
			await page.evaluate(async () => {
				await navigator.serviceWorker.ready;
			});
		},
	};
}

async function builtServer(dir?: string): Promise<BuiltServer> {
	let running = await serve({ port: 0, dir });
	const { port, url } = running;
	return {
		url,
		stop: () => running.close(),
		async start() {
			running = await serve({ port, dir });
		},
	};
}
