/** By touch on a phone. */
import type { Locator } from '@playwright/test';
import { expect, test, viewports } from './support/app';
import { connectPractice, newRunDialog } from './support/connections';
import { code, fast } from './support/practice';
import { startRun } from './support/runs';

test.describe.configure({ timeout: 60_000 });
test.use({ viewport: viewports.phone, hasTouch: true, isMobile: true });

test('from the list into a run, a request takes the screen, is decided, and the way leads back', async ({
	app,
}) => {
	const { page } = app;
	await app.open('/');
	await connectPractice(page);
	const run = await startRun(page, { prompt: `Review this:\n\n${code}\n\n${fast}` });
	const request = page.getByRole('region', { name: 'Permission request' });
	await request.waitFor();
	await request.getByRole('button', { name: 'Back to messages' }).tap();
	await expect(request).toBeHidden();
	await page.getByRole('link', { name: 'Agent Runs' }).first().tap();
	await expect(page).toHaveURL(/\/runs$/);

	await run.row.tap();
	await request.waitFor();
	await expect(request).toContainText('src/');
	for (const name of ['Allow once', 'Always allow in this run', 'Deny']) {
		const box = await request.getByRole('button', { name, exact: true }).boundingBox();
		expect(box?.height).toBeGreaterThanOrEqual(44);
	}
	await request.getByRole('button', { name: 'Allow once' }).tap();
	// The next one takes its place.
	await expect(request).toContainText('edit_file');
	await request.getByRole('button', { name: 'Deny', exact: true }).tap();
	await run.is('Completed');
	await expect(request).toBeHidden();
	await page.getByRole('link', { name: 'Agent Runs' }).first().tap();
	await expect(run.row).toContainText('Completed');
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('the tab bar leads to every place that works, and its targets are large enough', async ({
	app,
}) => {
	const { page } = app;
	await app.open('/');
	await connectPractice(page);
	await newRunDialog(page).getByRole('button', { name: 'Close' }).tap();
	const bar = page.getByRole('navigation', { name: 'Main' });
	for (const [name, path] of [
		['Inbox', '/inbox'],
		['Tickets', '/tickets'],
		['Runs', '/runs'],
		['More', '/more'],
	] as const) {
		const link = bar.getByRole('link', { name, exact: true });
		expect((await link.boundingBox())?.height).toBeGreaterThanOrEqual(44);
		await link.tap();
		await expect(page).toHaveURL(new RegExp(`${path}$`));
		await expect(link).toHaveAttribute('aria-current', 'page');
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
			390,
		);
	}
});

test('under a finger Enter is a new line, and the button sends', async ({ app }) => {
	const { page } = app;
	await app.open('/');
	await connectPractice(page);
	const run = await startRun(page, { prompt: `Hello\n/practice stop end_turn\n${fast}` });
	await run.is('Completed');
	await run.composer.tap();
	await page.keyboard.insertText('One');
	await page.keyboard.press('Enter');
	await page.keyboard.insertText(fast);
	await expect(run.composer).toHaveValue(`One\n${fast}`);
	await run.button('Send').tap();
	await run.says('One');
	await run.log.has('prompt', 2);
});

/** How far a control answers around its middle, CSS px: what is drawn may be smaller. */
function reach(control: Locator): Promise<{ width: number; height: number }> {
	return control.evaluate((node) => {
		const box = node.getBoundingClientRect();
		const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
		const answers = (dx: number, dy: number): boolean => {
			const hit = document.elementFromPoint(x + dx, y + dy);
			return (
				hit !== null &&
				(node.contains(hit) || hit.closest('label') === node.closest('label, :root'))
			);
		};
		const along = (dx: number, dy: number): number => {
			let steps = 0;
			while (steps < 400 && answers((steps + 1) * dx * 0.5, (steps + 1) * dy * 0.5)) steps++;
			return steps * 0.5;
		};
		return { width: along(1, 0) + along(-1, 0), height: along(0, 1) + along(0, -1) };
	});
}

test('every control answers 44 px wide and high, however small it is drawn', async ({ app }) => {
	const { page } = app;
	await app.open('/');
	await connectPractice(page);
	const dialog = newRunDialog(page);
	const small: string[] = [];
	async function measure(where: Locator): Promise<void> {
		for (const control of await where
			.getByRole('button')
			.or(where.getByRole('tab'))
			.or(where.getByRole('combobox'))
			.or(where.getByRole('searchbox'))
			.all()) {
			if (!(await control.isVisible()) || (await control.isDisabled())) continue;
			await control.scrollIntoViewIfNeeded();
			let { width, height } = await reach(control);
			if (width < 43 || height < 43) {
				// A toast may lie over it for some seconds: on touch they come at the top.
				await expect(page.getByRole('region', { name: 'Notifications' })).toBeHidden();
				({ width, height } = await reach(control));
			}
			// A point on an edge belongs to one side of it only.
			if (width < 43 || height < 43)
				small.push(
					`${await control.evaluate((node) => node.ariaLabel ?? node.textContent)}: ${width} × ${height}`,
				);
		}
	}
	await measure(dialog);
	await dialog.getByRole('button', { name: 'Close' }).tap();
	await expect(dialog).toBeHidden();
	await measure(page.getByRole('region', { name: 'Agent Runs' }));
	await page.goto('/agents');
	await measure(page.getByRole('region', { name: 'Agents' }));
	await page.goto('/settings/appearance');
	await measure(page.getByRole('main'));
	expect(small).toEqual([]);
});
