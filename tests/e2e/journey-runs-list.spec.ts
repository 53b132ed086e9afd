/** Many runs: found by filters that stay in the address, filed by keys, taken back, deleted and restored. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './support/app';
import { connectPractice } from './support/connections';
import { fast, practiceRun } from './support/practice';

test.describe.configure({ timeout: 180_000 });

test('a run is filtered, archived, taken back, deleted and restored by keys', async ({ app }) => {
	const { page } = app;
	const run = await practiceRun(app, { prompt: `Look around\n/practice stop refusal\n${fast}` });
	await run.is('Failed');
	await page.keyboard.press('Escape');
	await expect(run.row).toBeFocused();

	// A filter stands in the address, survives a reload, and an empty list says what narrows it.
	const filters = page.getByRole('group', { name: 'Filters' });
	await filters.getByRole('button', { name: 'Status' }).click();
	await page.getByRole('option', { name: 'Failed' }).click();
	await expect(page).toHaveURL(/status=failed/);
	await page.reload();
	await expect(run.row).toBeVisible();
	await expect(page.getByRole('button', { name: 'Status: Failed' })).toBeVisible();
	await page.goto('/runs?label=nothing&time=today');
	await expect(page.getByText('Two filters are on: nothing and Today.')).toBeVisible();
	await page.getByRole('button', { name: 'Clear filters' }).click();
	await expect(run.row).toBeVisible();
	await page.getByRole('columnheader', { name: 'Duration' }).getByRole('button').click();
	await expect(page.getByRole('columnheader', { name: 'Duration' })).toHaveAttribute(
		'aria-sort',
		'descending',
	);
	await expect(page).toHaveURL(/sort=duration/);
	await page.goBack();
	await expect(page).not.toHaveURL(/sort=/);
	// The list follows its address; what is selected is of the list that is shown.
	await expect(page.getByRole('columnheader', { name: 'Started' })).toHaveAttribute(
		'aria-sort',
		'descending',
	);

	// Archived with E, brought back with Z.
	await page.keyboard.press('j');
	await expect(run.row).toBeFocused();
	await page.keyboard.press('x');
	const bar = page.getByRole('toolbar', { name: 'Acts on what is selected' });
	await expect(bar).toContainText('1 selected');
	const { violations } = await new AxeBuilder({ page }).analyze();
	expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual(
		[],
	);
	await page.keyboard.press('e');
	await expect(run.row).toHaveCount(0);
	await expect(bar).toHaveCount(0);
	await page.keyboard.press('z');
	// With the keyboard on it, which goes on from here.
	await expect(run.row).toBeFocused();

	// Linked to a ticket with L, from the bar, and from the row's own options.
	const picker = page.getByRole('dialog', { name: 'Link this session to a ticket' });
	await page.keyboard.press('l');
	await picker.getByRole('combobox').fill('Look closer');
	await picker.getByRole('option', { name: 'Create “Look closer”' }).click();
	await expect(page.getByText('Linked 1 session to T-001').last()).toBeVisible();
	await run.row.locator('.pick').click();
	await bar.getByRole('button', { name: 'Link to ticket' }).click();
	await picker.getByRole('button', { name: 'Unlink from T-001' }).click();
	await expect(page.getByText('Unlinked 1 session').last()).toBeVisible();
	await run.row.click({ button: 'right' });
	await page.getByRole('menuitem', { name: 'Archive and link' }).click();
	await page
		.getByRole('dialog', { name: 'Archive and link this session' })
		.getByRole('option', { name: /Look closer/ })
		.click();
	await expect(run.row).toHaveCount(0);
	await page.keyboard.press('z');
	await expect(run.row).toBeVisible();

	// Deleted after one question, and restored from Deleted.
	await run.row.locator('.pick').click();
	await page.keyboard.press('Delete');
	const ask = page.getByRole('dialog', { name: 'Delete 1 run?' });
	await ask.getByRole('button', { name: 'Delete', exact: true }).click();
	await expect(run.row).toHaveCount(0);
	await page.getByRole('tab', { name: 'Deleted' }).click();
	await run.row.locator('.pick').click();
	await bar.getByRole('button', { name: 'Restore' }).click();
	await expect(run.row).toHaveCount(0);
	await page.getByRole('tab', { name: 'All' }).click();
	await expect(run.row).toBeVisible();
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('a view is saved under a name, opened again and forgotten', async ({ app }) => {
	const { page } = app;
	await app.open('/');
	await connectPractice(page);
	await page.keyboard.press('Escape');
	await page.goto('/runs?view=failed&time=week');
	await page.getByRole('button', { name: 'View options' }).click();
	await page.getByRole('menuitem', { name: 'Save this view' }).click();
	await page.getByLabel('Name', { exact: true }).fill('Failures of the week');
	await page.getByRole('button', { name: 'Save view' }).click();
	// It closes when the view is written; a page that is left before then may take it along.
	await expect(page.getByRole('dialog', { name: 'Save this view' })).toHaveCount(0);
	await page.goto('/runs');
	await page.getByRole('button', { name: 'View options' }).click();
	await page.getByRole('menuitemradio', { name: 'Failures of the week' }).click();
	await expect(page).toHaveURL(/view=failed&time=week/);
	await page.getByRole('button', { name: 'View options' }).click();
	await page.getByRole('menuitem', { name: /^Delete/ }).click();
	await page.getByRole('button', { name: 'View options' }).click();
	await expect(page.getByRole('menuitem', { name: 'Save this view' })).toBeVisible();
});
