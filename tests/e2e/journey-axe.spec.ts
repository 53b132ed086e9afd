/** No serious or critical violation that axe can see, on every main screen in both themes. */
import { test, viewports } from './support/app';
import { expectSound } from './support/axe';
import { connectPractice } from './support/connections';
import { code, fast, practiceRun } from './support/practice';

test.describe.configure({ timeout: 90_000 });

for (const theme of ['light', 'dark'] as const)
	test.describe(theme, () => {
		test.use({ colorScheme: theme });

		test('the first screen, agents, the editor and settings', async ({ app }) => {
			const { page } = app;
			await app.open('/');
			await page.getByRole('button', { name: 'Try it' }).waitFor();
			await expectSound(page, 'welcome');
			await connectPractice(page);
			await expectSound(page, 'new run');
			await page.keyboard.press('Escape');
			await page.getByText('No runs yet').waitFor();
			await expectSound(page, 'no runs');
			await page.keyboard.press('Control+4');
			await page.getByRole('link', { name: 'Bug Triage' }).waitFor();
			await expectSound(page, 'agents');
			await page.getByRole('link', { name: 'Bug Triage' }).click();
			await page.getByLabel('Example', { exact: true }).first().waitFor();
			await expectSound(page, 'editor');
			for (const section of [
				'connections',
				'appearance',
				'workspaces',
				'devices',
				'storage',
				'prices',
				'keyboard',
			]) {
				await app.open(`/settings/${section}`);
				await expectSound(page, `settings, ${section}`);
			}
		});

		test('tickets on the board, in the list and one by one', async ({ app }) => {
			const { page } = app;
			await app.open('/');
			await connectPractice(page);
			await page.keyboard.press('Escape');
			await page.keyboard.press('Control+2');
			await page.getByText('No tickets yet').waitFor();
			await expectSound(page, 'no tickets');
			await page.keyboard.press('Shift+N');
			const dialog = page.getByRole('dialog', { name: 'New ticket' });
			await dialog.getByLabel('Title', { exact: true }).fill('Avatar upload fails');
			await expectSound(page, 'new ticket');
			await dialog.getByRole('button', { name: 'Create ticket' }).click();
			await page.getByRole('heading', { name: 'Avatar upload fails' }).waitFor();
			await expectSound(page, 'ticket');
			await page.getByRole('button', { name: 'Add: Related' }).click();
			await page.getByRole('dialog', { name: 'Add a related ticket' }).waitFor();
			await expectSound(page, 'choice of a ticket');
			for (const place of ['/tickets?view=board', '/tickets?view=list']) {
				await app.open(place);
				await page.getByRole('link', { name: 'Avatar upload fails' }).waitFor();
				await expectSound(page, place);
			}
		});

		test('Home, the inbox and what happened', async ({ app }) => {
			const { page } = app;
			const run = await practiceRun(app, { prompt: `Review this:\n\n${code}\n\n${fast}` });
			await run.request('write_file').waitFor();
			for (const place of ['/', '/inbox', '/activity', '/settings/notifications', '/more']) {
				await app.open(place);
				await page.getByRole('heading', { level: 1 }).first().waitFor();
				await expectSound(page, place);
			}
			await app.open('/inbox');
			await page.getByRole('region', { name: /wants to use write_file/ }).waitFor();
			await expectSound(page, 'a request in the inbox');
			await app.open('/activity?type=tickets');
			await page.getByRole('button', { name: 'Clear filters' }).waitFor();
			await expectSound(page, 'nothing happened');
		});

		test('a run with a request, its parts, and the list', async ({ app }) => {
			const { page } = app;
			const run = await practiceRun(app, { prompt: `Review this:\n\n${code}\n\n${fast}` });
			await run.request('write_file').waitFor();
			await expectSound(page, 'request');
			await run.allowOnce();
			await run.request('edit_file').waitFor();
			await expectSound(page, 'request with a diff');
			await run.press('Always allow in this run');
			await run.is('Completed');
			for (const part of ['Output', 'Activity', 'Files'] as const) {
				await run.tab(part).click();
				await run.thread.getByRole('region').first().waitFor();
				await expectSound(page, part);
			}
			await page.keyboard.press('Escape');
			await run.row.waitFor();
			await expectSound(page, 'runs');
		});
	});

test.describe('phone', () => {
	test.use({ viewport: viewports.phone, hasTouch: true });

	test('a request that takes the screen', async ({ app }) => {
		await practiceRun(app, { prompt: `Review this:\n\n${code}\n\n${fast}` });
		await app.page.getByRole('region', { name: 'Permission request' }).waitFor();
		await expectSound(app.page, 'request on a phone');
	});
});
