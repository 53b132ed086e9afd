/** Everything by keyboard alone: in these tests no pointer is used. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/app';
import { connectPractice, newRunDialog } from './support/connections';
import { code, fast, stepping } from './support/practice';
import { Run } from './support/runs';

/** Tab until something has the focus. */
async function tabTo(page: Page, selector: string, key = 'Tab'): Promise<void> {
	for (let pressed = 0; pressed < 60; pressed++) {
		if (
			await page
				.locator(selector)
				.evaluateAll((all) => all.some((one) => one === document.activeElement))
		)
			return;
		await page.keyboard.press(key);
	}
	throw new Error(`${selector} was not reached by ${key}`);
}

async function runByKeys(page: Page, prompt: string): Promise<Run> {
	// While a dialog closes, single keys are still its own.
	await expect(newRunDialog(page)).toBeHidden();
	await expect(page).not.toHaveURL(/new=1/);
	await page.keyboard.press('n');
	await expect(newRunDialog(page).getByLabel('Prompt', { exact: true })).toBeFocused();
	await page.keyboard.insertText(prompt);
	await page.keyboard.press('Control+Enter');
	await page.waitForURL(/\/runs\/[0-9A-Z]{26}$/);
	return new Run(page);
}

test('from the first screen to a finished run: choose, type, allow, look at its parts, rename', async ({
	app,
}) => {
	const { page } = app;
	await app.open('/');
	await page.getByRole('button', { name: 'Try it' }).waitFor();
	await tabTo(page, 'button:has-text("Try it")');
	await page.keyboard.press('Enter');
	const dialog = newRunDialog(page);
	await dialog.waitFor();
	await tabTo(page, '[role=combobox]', 'Shift+Tab');
	await page.keyboard.type('Code');
	await page.keyboard.press('Enter');
	await expect(dialog.getByRole('combobox', { name: 'Agent' })).toHaveValue('Code Reviewer');
	await page.keyboard.press('Tab');
	await page.keyboard.insertText(`Review this:\n\n${code}\n\n${fast}`);
	await page.keyboard.press('Control+Enter');
	await page.waitForURL(/\/runs\/[0-9A-Z]{26}$/);
	const run = new Run(page);

	// A new request never takes the focus, and outside of it A does nothing.
	const write = run.request('write_file');
	await write.waitFor();
	await expect(write.locator('.fresh')).toHaveCount(0);
	await expect(write.locator(':focus')).toHaveCount(0);
	await page.keyboard.press('a');
	await tabTo(page, '[data-approval] *');
	await page.keyboard.press('Shift+A');
	await expect(write).toHaveCount(0);
	expect(await run.log.of('permission-decided')).toMatchObject([{ decision: 'allow-in-run' }]);

	const edit = run.request('edit_file');
	await edit.waitFor();
	await expect(edit.locator('.fresh')).toHaveCount(0);
	await page.keyboard.press(']');
	await page.keyboard.press('d');
	await run.is('Completed');

	for (const [key, tab] of [
		['2', 'Output'],
		['3', 'Activity'],
		['4', 'Files'],
		['1', 'Messages'],
	] as const) {
		await page.keyboard.press(key);
		await expect(run.tab(tab)).toHaveAttribute('aria-selected', 'true');
	}
	await page.keyboard.press('r');
	await expect(page.getByLabel('Title', { exact: true })).toBeFocused();
	await page.keyboard.type('Sum of items');
	await page.keyboard.press('Enter');
	await expect(run.header.getByRole('heading')).toContainText('Sum of items');
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('C lets a paused run go on', async ({ app }) => {
	const { page } = app;
	await app.open('/');
	await connectPractice(page);
	await page.keyboard.press('Escape');
	const run = await runByKeys(page, `Look around\n${stepping}`);
	await run.is('Running');
	await tabTo(page, 'button[aria-label="Pause"]');
	await page.keyboard.press('Enter');
	await run.is('Waiting', /paused/i);
	await page.keyboard.press('c');
	await run.log.has('continue-requested');
});

test('J and K move in the list, Enter opens, Esc goes back to the row', async ({ app }) => {
	const { page } = app;
	await app.open('/');
	await connectPractice(page);
	await page.keyboard.press('Escape');
	const older = await runByKeys(page, `Older\n/practice stop refusal\n${fast}`);
	await older.is('Failed');
	await page.keyboard.press('Escape');
	const newer = await runByKeys(page, `Newer\n/practice stop refusal\n${fast}`);
	await newer.is('Failed');
	await page.keyboard.press('Escape');
	await expect(page).toHaveURL(/\/runs$/);
	await expect(newer.row).toBeFocused();
	await page.keyboard.press('j');
	await expect(older.row).toBeFocused();
	await page.keyboard.press('k');
	await expect(newer.row).toBeFocused();
	await page.keyboard.press('j');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(new RegExp(`/runs/${older.id}$`));
	await page.keyboard.press('Escape');
	await expect(older.row).toBeFocused();
});

test('places have their keys, and ? lists what works here', async ({ app }) => {
	const { page } = app;
	await app.open('/');
	await connectPractice(page);
	await page.keyboard.press('Escape');
	for (const [keys, path] of [
		['Control+4', '/agents'],
		['Control+6', '/runs'],
		['Control+Comma', '/settings/connections'],
	] as const) {
		await page.keyboard.press(keys);
		await expect(page).toHaveURL(new RegExp(`${path}$`));
	}
	await page.keyboard.press('?');
	const keys = page.getByRole('dialog', { name: 'Keys' });
	await expect(keys).toContainText('New run');
	await expect(keys).toContainText('Agent Runs');
	await page.keyboard.press('Escape');
	await expect(keys).toBeHidden();
});

test('single keys are letters while typing, and nothing at all once switched off', async ({
	app,
}) => {
	const { page } = app;
	await app.open('/');
	await connectPractice(page);
	await page.keyboard.press('Escape');
	await page.keyboard.press('Control+4');
	const search = page.getByLabel('Search agents');
	await search.waitFor();
	await page.keyboard.press('/');
	await expect(search).toBeFocused();
	await page.keyboard.type('nnj?');
	await expect(search).toHaveValue('nnj?');
	await expect(newRunDialog(page)).toBeHidden();

	await page.keyboard.press('Control+Comma');
	await page.goto('/settings/keyboard');
	await page.getByRole('switch', { name: 'Single keys' }).focus();
	await page.keyboard.press('Space');
	await page.keyboard.press('Control+6');
	await page.getByRole('button', { name: 'New run' }).first().waitFor();
	await page.keyboard.press('n');
	await page.keyboard.press('Control+4');
	await expect(page).toHaveURL(/\/agents$/);
	await expect(newRunDialog(page)).toBeHidden();
});
