/** Several workspaces on one device, with nothing in common but the connections they began with. */
import type { Page } from '@playwright/test';
import { connectPractice, newRunDialog } from './support/connections';
import { devicesOf, expect, offer, share, test } from './support/devices';

const rows = (page: Page) => page.locator('[data-id]');
const head = (page: Page, name: string) =>
	page.getByRole('button', { name: `Workspace: ${name}`, exact: true });

async function run(page: Page, prompt: string): Promise<void> {
	await page.goto('/runs?new=1');
	const dialog = newRunDialog(page);
	await dialog
		.getByRole('textbox', { name: 'Prompt' })
		.fill(`${prompt}\n/practice fast\n/practice stop end_turn`);
	await page.keyboard.press('ControlOrMeta+Enter');
	await page.waitForURL(/\/runs\/[0-9A-Z]{26}/);
	await expect(page.getByText('Completed', { exact: true }).first()).toBeVisible();
}

test('a new workspace is empty, runs with the same connections, and leaves the first as it was', async ({
	device,
}) => {
	const page = await device();
	await page.goto('/');
	await connectPractice(page);
	await run(page, 'First');
	await page.goto('/settings/workspaces');
	await page.getByRole('button', { name: 'New workspace' }).click();
	await page.getByRole('textbox', { name: 'Name' }).fill('Herbarium');
	await page.keyboard.press('Enter');
	await expect(head(page, 'Herbarium')).toBeVisible();
	await page.goto('/runs');
	await expect(page.getByRole('heading', { name: 'No runs yet' })).toBeVisible();
	await run(page, 'Second');

	// A new tab shows what was chosen last; back to the first one by the menu.
	const other = await page.context().newPage();
	await other.goto('/runs');
	await expect(rows(other)).toHaveCount(1);
	await expect(rows(other)).toContainText('Second');
	await head(other, 'Herbarium').click();
	await other.getByRole('menuitemradio', { name: 'My workspace' }).click();
	await expect(head(other, 'My workspace')).toBeVisible();
	await other.goto('/runs');
	await expect(rows(other)).toContainText('First');
	// The tab that shows the other one stays there, also after a reload.
	await page.reload();
	await expect(head(page, 'Herbarium')).toBeVisible();
	await page.close();

	await other.goto('/settings/workspaces');
	await other.getByRole('button', { name: 'Delete…' }).click();
	const dialog = other.getByRole('dialog', { name: 'Delete Herbarium from this device?' });
	await expect(dialog).toContainText('1 session');
	await dialog.getByRole('checkbox').press(' ');
	await dialog.getByRole('button', { name: 'Delete for good' }).click();
	await expect(other.getByText('Herbarium')).toHaveCount(0);
	await other.goto('/runs');
	await expect(rows(other)).toContainText('First');
});

test('who joins may keep what is here apart', async ({ device }) => {
	const laptop = await device();
	await laptop.goto('/');
	await connectPractice(laptop);
	await run(laptop, 'Shared');
	await share(laptop);
	const tablet = await device({ width: 1180, height: 820 });
	await tablet.goto('/');
	await connectPractice(tablet);
	await run(tablet, 'Private');

	await tablet.goto(await offer(laptop));
	await tablet.getByRole('button', { name: 'Join in a workspace of its own' }).click();
	await tablet.getByRole('button', { name: 'Join', exact: true }).click();
	const code = await tablet.getByText(/^\d{3} \d{3}$/).textContent();
	const dialog = laptop.getByRole('dialog', { name: 'Add a device' });
	await dialog.getByText(code ?? '', { exact: true }).waitFor();
	await dialog.getByRole('button', { name: 'It shows the same code' }).click();
	await tablet.getByRole('button', { name: 'Show the runs' }).click();
	await expect(rows(tablet)).toHaveCount(1);
	await expect(rows(tablet)).toContainText('Shared');
	await dialog.getByRole('button', { name: 'Done' }).click();
	await expect(devicesOf(laptop)).toHaveCount(2);
	await laptop.goto('/runs');
	await expect(rows(laptop)).toHaveCount(1);

	await tablet.goto('/settings/workspaces');
	await tablet.getByRole('button', { name: 'Show', exact: true }).click();
	await tablet.goto('/runs');
	await expect(rows(tablet)).toContainText('Private');
});
