/** Names and texts made to break a screen, and two tabs that file the same session. */
import { expect, test, viewports } from './support/app';
import { fast, practiceRun } from './support/practice';

/** HTML, a link that runs, another direction, emoji made of many, a name of a prototype, and marks without end. */
const hostile =
	'<img src=x onerror="document.title=\'taken\'"> [go](javascript:alert(1)) \u202eلاصف 👩‍👩‍👧‍👦 __proto__ ' +
	`${'e' + '\u0301'.repeat(60)} ${'W'.repeat(400)}`;
const megabyte = `${hostile} ${'long '.repeat(200_000)}`;

test('hostile names and a title of 1 MB are shown as what they are, on every screen', async ({
	app,
}) => {
	test.slow();
	const { page, complaints } = app;
	const run = await practiceRun(app, {
		permissions: 'Approve everything',
		prompt: `${megabyte}\n${fast}\n/practice stop end_turn`,
		paste: true,
	});
	await run.is('Completed');
	await page.keyboard.press('Escape');
	await run.row.focus();
	await page.keyboard.press('r');
	const rename = page.getByRole('textbox', { name: /^(Title|Rename)/ });
	await rename.fill(hostile);
	await rename.press('Enter');
	await expect(run.row).toContainText('<img src=x');

	await app.open('/tickets');
	await page.keyboard.press('Shift+N');
	const dialog = page.getByRole('dialog', { name: 'New ticket' });
	await dialog.getByLabel('Title', { exact: true }).fill(hostile);
	await dialog.getByLabel('Description', { exact: true }).fill(hostile);
	await dialog.getByLabel('Labels').fill(`${hostile}, <b>bold</b>`);
	await dialog.getByRole('button', { name: 'Create ticket' }).click();
	await page.waitForURL(/\/tickets\/[0-9A-Z]{26}$/);
	const ticket = new URL(page.url()).pathname;

	for (const size of [viewports.desktop, viewports.phone]) {
		await page.setViewportSize(size);
		for (const path of [
			'/',
			'/runs',
			`/runs/${run.id}`,
			'/runs?q=onerror',
			'/tickets',
			'/tickets?view=list',
			ticket,
			'/inbox',
			'/activity',
		]) {
			await app.open(path);
			if (path.includes('runs/') || path === ticket)
				await expect(page.getByText('<img src=x').first()).toBeAttached();
			expect(await page.locator('img').count(), path).toBe(0);
			expect(await page.title(), path).not.toBe('taken');
			const wide = await page.evaluate(() => document.documentElement.scrollWidth);
			expect(wide, `${path} at ${size.width}`).toBeLessThanOrEqual(size.width);
		}
	}
	expect(complaints).toEqual({ violations: [], errors: [] });
});

test('two tabs archive the same session, and one takes it back', async ({ app }) => {
	const { page } = app;
	const run = await practiceRun(app, {
		permissions: 'Approve everything',
		prompt: `Say hello\n${fast}\n/practice stop end_turn`,
	});
	await run.is('Completed');
	const other = await run.openOn(await app.context.newPage());
	for (const one of [run, other]) {
		await one.page.goto('/runs');
		await one.row.focus();
	}
	await Promise.all([page.keyboard.press('e'), other.page.keyboard.press('e')]);
	for (const one of [run, other]) await expect(one.row).toHaveCount(0);
	await expect
		.poll(async () => {
			const { archivedAt } = (await run.log.row()) ?? {};
			return typeof archivedAt;
		})
		.toBe('number');
	await other.page.keyboard.press('z');
	for (const one of [run, other]) await expect(one.row).toBeVisible();
	await run.open();
	await run.is('Completed');
	const states = (await run.log.commands()).map(({ state }) => state);
	expect(states.filter((state) => state !== 'applied')).toEqual([]);
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});
