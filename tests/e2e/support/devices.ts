/** Devices of one person: browser profiles with storage of their own, at one app with its relay. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Browser, type Page } from '@playwright/test';
import { carryRelay } from '../../../scripts/carry-relay.mjs';
import { ensureRelayBuilt } from '../../../scripts/prepare.mjs';
import { serve } from '../../../scripts/serve.mjs';

export interface AppWithRelay {
	url: string;
	/** Where the relay keeps what it has. */
	data: string;
	stop(): Promise<void>;
	/** On the same port, with what was kept. */
	start(): Promise<void>;
}

interface DeviceFixtures {
	/** Address of an app of this test's own, with a relay that knows nobody yet. */
	withRelay: AppWithRelay;
	/** A device that has never been here. */
	device: (viewport?: { width: number; height: number }) => Promise<Page>;
}

export const test = base.extend<DeviceFixtures>({
	withRelay: async ({}, use) => {
		await ensureRelayBuilt();
		const data = await mkdtemp(join(tmpdir(), 'muster-relay-'));
		const begin = (port: number) =>
			serve({
				port,
				relay: (server) => carryRelay(server, { host: 'localhost', data, env: {} }),
			});
		let running = await begin(0);
		const { url, port } = running;
		await use({
			url,
			data,
			stop: () => running.close(),
			async start() {
				running = await begin(port);
			},
		});
		await running.close();
		await rm(data, { recursive: true, force: true });
	},
	device: async ({ browser, withRelay }, use) => {
		const contexts: Awaited<ReturnType<Browser['newContext']>>[] = [];
		await use(async (viewport = { width: 1440, height: 900 }) => {
			const context = await browser.newContext({ baseURL: withRelay.url, viewport });
			contexts.push(context);
			return context.newPage();
		});
		await Promise.all(contexts.map((context) => context.close()));
	},
});

export { expect } from '@playwright/test';

export const devicesOf = (page: Page) =>
	page.getByRole('list', { name: 'Devices of this workspace' }).getByRole('listitem');

/** Shares the workspace of a device, which opens its list of devices. */
export async function share(page: Page): Promise<void> {
	await page.goto('/settings/devices');
	await page.getByRole('button', { name: 'Sync this workspace' }).click();
	await devicesOf(page).first().waitFor();
}

/** Opens the door on one device. Gives the link. */
export async function offer(page: Page): Promise<string> {
	await page.getByRole('button', { name: 'Add a device' }).click();
	const link = page
		.getByRole('dialog', { name: 'Add a device' })
		.getByRole('textbox', { name: 'Link' });
	await link.waitFor();
	return link.inputValue();
}

/** Lets a device in by the link of another, as a person does on both. */
export async function letIn(host: Page, guest: Page, name: string): Promise<void> {
	await guest.goto(await offer(host));
	await guest.getByLabel('Name of this device').fill(name);
	await guest.getByLabel('Name of this device').press('Enter');
	const code = await guest.getByText(/^\d{3} \d{3}$/).textContent();
	const dialog = host.getByRole('dialog', { name: 'Add a device' });
	await dialog.getByText(code ?? '', { exact: true }).waitFor();
	await dialog.getByRole('button', { name: 'It shows the same code' }).click();
	await guest.getByText(/This device has joined/).waitFor();
	await dialog.getByRole('button', { name: 'Done' }).click();
}
