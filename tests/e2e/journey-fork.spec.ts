/** From one of a session's messages into a session of its own. */
import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './support/app';
import { downloaded, endless, fast, practiceRun } from './support/practice';
import { Run } from './support/runs';

test.describe.configure({ timeout: 60_000 });

const quick = `\n/practice stop end_turn\n${fast}`;

const forkDialog = (page: Page) => page.getByRole('dialog', { name: 'Fork from here' });

/** A message of the thread, by words in it. */
function message(run: Run, text: string | RegExp): Locator {
	return run.thread.locator('.message').filter({ hasText: text }).first();
}

async function fork(run: Run, of: string | RegExp, text: string): Promise<Run> {
	const { page } = run;
	const shown = message(run, of);
	await shown.hover();
	await shown.getByRole('button', { name: 'Fork from here' }).click();
	const dialog = forkDialog(page);
	await dialog.getByRole('textbox', { name: 'Message' }).fill(text);
	await dialog.getByRole('button', { name: 'Send' }).click();
	await page.waitForURL((url) => !url.pathname.endsWith(run.id));
	await expect(dialog).toHaveCount(0);
	return new Run(page);
}

test('while a run works, a fork of its first message goes its own way, and both know each other', async ({
	app,
}) => {
	const { page } = app;
	const run = await practiceRun(app, { prompt: `Say hello to the harbour\n${endless}` });
	await run.is('Running');
	const child = await fork(run, 'Say hello to the harbour', `Say goodbye${quick}`);
	await child.is('Completed');
	await child.says('Say goodbye');
	await expect(child.header.getByRole('link', { name: /^Fork of Say hello/ })).toBeVisible();
	await child.header.getByRole('link', { name: /^Fork of Say hello/ }).click();
	await expect(page).toHaveURL(new RegExp(run.id));
	await run.is('Running');
	await expect(run.button('1 fork')).toBeVisible();
	await run.thread
		.getByRole('list', { name: 'Forks of this message' })
		.getByRole('link', { name: /Say goodbye/ })
		.click();
	await expect(page).toHaveURL(new RegExp(child.id));
});

test('what a fork inherited is folded away, counts for nothing, and outlives its parent', async ({
	app,
}) => {
	const { page } = app;
	const run = await practiceRun(app, { prompt: `What is a pier for${quick}` });
	await run.is('Completed');
	await run.reply(`And a jetty${quick}`);
	await run.log.has('ended', 2);
	const child = await fork(run, 'And a jetty', `And a quay${quick}`);
	await child.is('Completed');
	const parent = child.thread.getByRole('button', { name: /Show the 2 messages before/ });
	await expect(parent).toContainText('Forked from “What is a pier for');
	await expect(child.thread.getByText('What is a pier for', { exact: true })).toHaveCount(0);
	await parent.click();
	await child.says('What is a pier for');
	expect((await child.log.row())?.turns).toBe(1);

	await page.goto(`/runs/${run.id}`);
	await run.choose('More for this run', /^Delete/);
	await page
		.getByRole('dialog', { name: 'Delete 1 run?' })
		.getByRole('button', { name: 'Delete' })
		.click();
	await expect(page).toHaveURL(/\/runs$/);
	await child.open();
	await child.is('Completed');
	await expect(child.header).toContainText('(deleted)');
	await page.reload();
	await child.says('And a quay');
});

test('F forks, and the choice of another model holds for the fork alone', async ({ app }) => {
	const run = await practiceRun(app, { prompt: `Name a lighthouse${quick}` });
	await run.is('Completed');
	await app.page.getByRole('log', { name: 'Messages' }).focus();
	await app.page.keyboard.press('f');
	const dialog = forkDialog(app.page);
	await dialog.getByRole('button', { name: /^Model for the next turn/ }).click();
	await app.page.getByRole('menuitemradio', { name: 'Practice fast (scripted)' }).click();
	await dialog.getByRole('textbox', { name: 'Message' }).fill(`Name another${quick}`);
	await dialog.getByRole('button', { name: 'Send' }).click();
	await app.page.waitForURL((url) => !url.pathname.endsWith(run.id));
	const child = new Run(app.page);
	await child.is('Completed');
	const started = await child.log.of('turn-started');
	expect(started.filter(({ inherited }) => !inherited).map(({ model }) => model)).toEqual([
		'practice-fast',
	]);
	expect((await run.log.of('settings-changed')).length).toBe(0);
});

test('a run is labelled, exported as Markdown, archived, and says so; each can be taken back', async ({
	app,
}) => {
	const { page } = app;
	const run = await practiceRun(app, { prompt: `Describe the tide${quick}` });
	await run.is('Completed');
	await run.choose('More for this run', /^Labels/);
	const labels = page.getByRole('dialog', { name: 'Labels' });
	await labels.getByLabel('New label').fill('harbour');
	await labels.getByLabel('New label').press('Enter');
	await labels.getByRole('button', { name: 'Save labels' }).click();
	await expect(run.header.getByText('harbour')).toBeVisible();

	await run.button('More for this run').click();
	const file = await downloaded(page.getByRole('menuitem', { name: 'Export as Markdown' }));
	expect(file.name).toBe('describe-the-tide.md');
	expect(file.bytes.toString()).toMatch(/^# Describe the tide\n\n## You, /);

	await run.choose('More for this run', /^Archive$/);
	await expect(run.article.getByText('This run is archived.')).toBeVisible();
	await run.article.getByRole('button', { name: 'Unarchive' }).click();
	await expect(run.article.getByText('This run is archived.')).toHaveCount(0);
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});
