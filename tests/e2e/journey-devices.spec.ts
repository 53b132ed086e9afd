import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectSound } from './support/axe';
import { connectPractice, newRunDialog } from './support/connections';
import { devicesOf, expect, letIn, offer, share, test } from './support/devices';

test('a run of one device is seen, answered and finished from another; the relay has none of its words', async ({
	device,
	withRelay,
}) => {
	test.setTimeout(120_000);
	const laptop = await device();
	await laptop.goto('/');
	await connectPractice(laptop);
	await laptop.keyboard.press('Escape');
	await share(laptop);
	const tablet = await device({ width: 820, height: 1180 });
	await letIn(laptop, tablet, 'Tablet');
	await expect(devicesOf(laptop)).toHaveCount(2);
	await expect(devicesOf(laptop).filter({ hasText: 'Tablet' })).toContainText('On now');

	await laptop.goto('/runs?new=1');
	const dialog = newRunDialog(laptop);
	await dialog.getByRole('textbox', { name: 'Prompt' }).fill('Canary harbour\n/practice fast');
	await laptop.keyboard.press('ControlOrMeta+Enter');
	await laptop.waitForURL(/\/runs\/[0-9A-Z]{26}/);
	const id = new URL(laptop.url()).pathname.split('/').at(-1) ?? '';

	await tablet.getByRole('button', { name: 'Show the runs' }).click();
	await tablet.locator(`[data-id="${id}"]`).click();
	await expect(tablet.getByText('Canary harbour').first()).toBeVisible();
	await expect(tablet.getByText(/^Runs on /)).toBeVisible();
	const question = tablet.getByRole('form', { name: 'A question for you' });
	await question.getByRole('textbox').fill('const tide = 1;');
	await question.getByRole('button', { name: 'Answer' }).click();
	const allow = tablet.getByRole('button', { name: /^Allow once/ });
	const done = tablet.getByText('Completed', { exact: true });
	for (;;) {
		await expect(allow.or(done).first()).toBeVisible();
		if (await done.first().isVisible()) break;
		await allow.first().click();
		await expect(allow).toHaveCount(0);
	}
	await expect(tablet.getByText('const tide = 1;').first()).toBeVisible();
	await expect(laptop.getByText('Completed', { exact: true }).first()).toBeVisible();
	await laptop.goto('/settings/devices');
	await expect(laptop.getByText(/^Synced at/).first()).toBeVisible();

	const files = await readdir(withRelay.data, { recursive: true, withFileTypes: true });
	for (const file of files.filter((one) => one.isFile())) {
		const bytes = await readFile(join(file.parentPath, file.name), 'latin1');
		expect(bytes).not.toContain('Canary');
		expect(bytes).not.toContain(id);
	}
});

test('a run goes from one device to another, which has a connection of its own, and both tell it alike', async ({
	device,
	withRelay,
}) => {
	test.setTimeout(120_000);
	expect(withRelay.url).not.toBe('');
	const laptop = await device();
	await laptop.goto('/');
	await connectPractice(laptop);
	const dialog = newRunDialog(laptop);
	await dialog.getByRole('textbox', { name: 'Prompt' }).fill('Harbour\n/practice fast');
	await laptop.keyboard.press('ControlOrMeta+Enter');
	await laptop.waitForURL(/\/runs\/[0-9A-Z]{26}/);
	const { pathname } = new URL(laptop.url());
	await expect(laptop.getByRole('form', { name: 'A question for you' })).toBeVisible();
	await share(laptop);
	const tablet = await device({ width: 1180, height: 820 });
	await letIn(laptop, tablet, 'Tablet');
	await laptop.goto(pathname);

	// Nothing is taken over that could not go on, and nothing happens to the run.
	await tablet.goto(pathname);
	const connect = tablet.getByRole('link', { name: 'Connect a model to continue here' });
	await expect(connect).toBeVisible();
	await expect(tablet.getByText('Practice (scripted)').first()).toBeVisible();
	await expect(tablet.getByText('Scripted', { exact: true }).first()).toBeVisible();
	// It was begun before the device had a name.
	const [, laptopName = ''] =
		/^Runs on (.+?)\./.exec(await tablet.getByText(/^Runs on /).innerText()) ?? [];
	expect(laptopName).not.toBe('this device');
	await connect.click();
	await tablet.getByRole('button', { name: 'Add connection' }).click();
	await tablet.getByRole('button', { name: 'Try it', exact: true }).click();
	await expect(tablet.getByText('Practice', { exact: true }).first()).toBeVisible();
	await tablet.goto(pathname);
	await tablet.getByRole('button', { name: 'Continue here', exact: true }).click();
	await expect(tablet.getByText(/^Runs on /)).toHaveCount(0);
	await expect(laptop.getByText(/^Runs on Tablet\./)).toBeVisible();
	const question = tablet.getByRole('form', { name: 'A question for you' });
	await question.getByRole('textbox').fill('const tide = 1;');
	await question.getByRole('button', { name: 'Answer' }).click();
	const allow = tablet.getByRole('button', { name: /^Allow once/ });
	const done = (page: Page) => page.getByText('Completed', { exact: true }).first();
	for (;;) {
		await expect(allow.first().or(done(tablet)).first()).toBeVisible();
		if (await done(tablet).isVisible()) break;
		await allow.first().click();
		await expect(allow).toHaveCount(0);
	}
	await expect(done(laptop)).toBeVisible();

	// Both tell the same story, in the same order.
	const told = async (page: Page) => {
		await page.getByRole('tab', { name: /^Activity/ }).click();
		const rows = page.getByRole('tabpanel').last().getByRole('listitem');
		await expect(rows.first()).toBeVisible();
		return (await rows.allInnerTexts()).join('\n').replaceAll(laptopName, 'this device');
	};
	await expect(async () => expect(await told(laptop)).toBe(await told(tablet))).toPass({
		timeout: 20_000,
	});
});

test('what two devices do apart, offline, is there on both when they are back; in a second tab, too', async ({
	device,
	withRelay,
}) => {
	test.setTimeout(120_000);
	const laptop = await device();
	await laptop.goto('/');
	await connectPractice(laptop);
	await laptop.keyboard.press('Escape');
	await share(laptop);
	const tablet = await device({ width: 1180, height: 820 });
	await letIn(laptop, tablet, 'Tablet');
	await laptop.goto('/runs?new=1');
	const run = newRunDialog(laptop);
	await run
		.getByRole('textbox', { name: 'Prompt' })
		.fill('Harbour\n/practice fast\n/practice stop end_turn');
	await laptop.keyboard.press('ControlOrMeta+Enter');
	await laptop.waitForURL(/\/runs\/[0-9A-Z]{26}/);
	const id = new URL(laptop.url()).pathname.split('/').at(-1) ?? '';
	await expect(laptop.getByText('Completed', { exact: true }).first()).toBeVisible();
	const row = (page: Page) => page.locator(`[data-id="${id}"]`);
	await laptop.goto('/runs');
	await tablet.goto('/runs');
	for (const page of [laptop, tablet]) await expect(row(page)).toContainText('Harbour');

	await withRelay.stop();
	for (const page of [laptop, tablet])
		await expect(
			page.getByRole('link', { name: /^(Offline|Waiting for the relay)/ }),
		).toBeVisible();
	await row(laptop).focus();
	await laptop.keyboard.press('r');
	await laptop.getByRole('textbox', { name: /^(Title|Rename)/ }).fill('Tide tables');
	await laptop.keyboard.press('Enter');
	await expect(row(laptop)).toContainText('Tide tables');
	await row(tablet).focus();
	await tablet.keyboard.press('e');
	await expect(row(tablet)).toHaveCount(0);
	await tablet.goto('about:blank');

	await withRelay.start();
	await tablet.goto('/runs?view=archived');
	await expect(row(tablet)).toContainText('Tide tables');
	// A row stays where the focus is, until one goes elsewhere.
	await laptop.getByRole('tab', { name: 'Archived' }).click();
	await expect(row(laptop)).toContainText('Tide tables');
	const second = await laptop.context().newPage();
	await second.goto('/runs?view=archived');
	await expect(row(second)).toContainText('Tide tables');
	for (const page of [laptop, tablet, second])
		await expect(page.getByRole('link', { name: /^Synced at/ })).toBeVisible();
});

test('a link lets one device in, once, and only when the code was confirmed', async ({
	device,
}) => {
	const laptop = await device();
	await share(laptop);
	const link = await offer(laptop);
	const guest = await device({ width: 390, height: 844 });
	await guest.goto(link);
	// The secret is in no address and no history any more.
	await expect(guest).toHaveURL(/\/pair$/);
	await guest.getByRole('button', { name: /^Join/ }).click();
	await expect(guest.getByText(/^\d{3} \d{3}$/)).toBeVisible();
	const other = await device();
	await other.goto(link);
	await other.getByRole('button', { name: /^Join/ }).click();
	await expect(other.getByText(/Somebody has used this link already/)).toBeVisible();
	await laptop.getByRole('button', { name: 'They differ' }).click();
	await expect(guest.getByText(/was not confirmed on the other device/)).toBeVisible();
	await laptop.getByRole('button', { name: 'Close' }).last().click();
	await expect(devicesOf(laptop)).toHaveCount(1);
});

test('a device that was removed is told so, and a recovery kit brings another one in', async ({
	device,
}) => {
	const laptop = await device();
	await share(laptop);
	const tablet = await device();
	await letIn(laptop, tablet, 'Tablet');
	await laptop.getByRole('button', { name: 'Make a kit' }).click();
	const text = await laptop.getByText(/^muster-kit-1\./).textContent();
	await laptop.getByRole('button', { name: 'I have kept it' }).click();
	await devicesOf(laptop)
		.filter({ hasText: 'Tablet' })
		.getByRole('button', { name: 'Remove' })
		.click();
	await laptop.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
	await expect(devicesOf(laptop)).toHaveCount(2);
	await tablet.goto('/settings/devices');
	await expect(tablet.getByText('Not authorised').first()).toBeVisible();

	const phone = await device({ width: 390, height: 844 });
	await phone.goto('/settings/devices');
	await phone.getByRole('button', { name: 'Restore…' }).click();
	await phone.getByLabel('Text of the kit').fill(text ?? '');
	await phone.getByRole('button', { name: 'Restore the workspace' }).click();
	await expect(devicesOf(phone)).toHaveCount(3);
});

test('the screens of sharing hold no serious fault that axe can see, in both themes', async ({
	device,
}) => {
	test.setTimeout(90_000);
	const laptop = await device();
	await share(laptop);
	for (const colorScheme of ['light', 'dark'] as const) {
		await laptop.emulateMedia({ colorScheme });
		await laptop.goto('/settings/devices');
		await devicesOf(laptop).first().waitFor();
		await expectSound(laptop, 'devices');
		const link = await offer(laptop);
		await expectSound(laptop, 'add a device');
		const guest = await device({ width: 390, height: 844 });
		await guest.emulateMedia({ colorScheme });
		await guest.goto(link);
		await guest.getByRole('button', { name: /^Join/ }).waitFor();
		await expectSound(guest, 'join');
		await guest.getByRole('button', { name: /^Join/ }).click();
		await guest.getByText(/^\d{3} \d{3}$/).waitFor();
		await expectSound(guest, 'the code');
		await laptop.getByRole('button', { name: 'They differ' }).click();
		await laptop.getByRole('button', { name: 'Close' }).last().click();
		await laptop.getByRole('button', { name: 'Make a kit' }).click();
		await laptop.getByText(/^muster-kit-1\./).waitFor();
		await expectSound(laptop, 'recovery kit');
	}
});

test('where the browser reads codes, the camera finds the link', async ({ browser, withRelay }) => {
	const context = await browser.newContext({
		baseURL: withRelay.url,
		permissions: ['camera'],
		viewport: { width: 390, height: 844 },
	});
	const page = await context.newPage();
	// The browser of the tests has neither a camera nor a detector: what stands in for them gives a picture, and a code of
	// something else before the link.
	await page.addInitScript(() => {
		const picture = () => document.createElement('canvas').captureStream(1);
		Object.assign(navigator.mediaDevices, {
			enumerateDevices: () => Promise.resolve([{ kind: 'videoinput' }]),
			getUserMedia: () => Promise.resolve(picture()),
		});
		const seen = ['https://example.com', `${location.origin}/pair#1.abc`];
		class BarcodeDetector {
			static getSupportedFormats = () => Promise.resolve(['qr_code']);
			detect = () => Promise.resolve([{ rawValue: seen.shift() ?? '' }]);
		}
		Object.assign(globalThis, { BarcodeDetector });
		HTMLMediaElement.prototype.play = () => Promise.resolve();
	});
	await page.goto('/settings/devices');
	await page.getByRole('button', { name: 'Scan' }).click();
	await expect(page).toHaveURL(/\/pair$/);
	await page.getByRole('button', { name: /^Join/ }).click();
	await expect(page.getByText(/The link is not complete/)).toBeVisible();
	await context.close();
});
