/** Home, and the feed of what happened. */
import { expect, test } from './support/app';
import { connectPractice, newRunDialog } from './support/connections';
import { anotherRun, code, endless, fast, practiceRun } from './support/practice';

test.describe.configure({ timeout: 120_000 });

test('Home shows what needs a person, what runs, what came out, and begins what is next', async ({
	app,
}) => {
	const { page } = app;
	const done = await practiceRun(app, { prompt: `Say hello\n/practice stop end_turn\n${fast}` });
	await done.is('Completed');
	await page.keyboard.press('Escape');
	const review = await anotherRun(app, { prompt: `Review this:\n\n${code}\n\n${fast}` });
	await review.request('write_file').waitFor();
	await page.keyboard.press('Escape');
	const running = await anotherRun(app, { prompt: `Tell a story\n${endless}` });
	await running.is('Running');

	await page.keyboard.press('Control+1');
	await expect(page).toHaveURL((url) => url.pathname === '/');
	const part = (name: string) => page.getByRole('region', { name, exact: true });
	await expect(
		part('Needs you').getByRole('link', { name: /Write to src\/total\.js\?/ }),
	).toBeVisible();
	await expect(part('Running').getByRole('link', { name: /Tell a story/ })).toBeVisible();
	await expect(part('What came out').getByRole('link', { name: /Say hello/ })).toBeVisible();
	await expect(part('Spent this week')).toContainText('$');

	await part('Needs you').getByRole('link', { name: 'Inbox (1)' }).click();
	await expect(page).toHaveURL(new RegExp(`/inbox/${review.id}$`));
	await page.goBack();
	await page.getByRole('link', { name: 'New ticket' }).click();
	await expect(page.getByRole('dialog', { name: 'New ticket' })).toBeVisible();

	// Opened anew, the app begins at Home.
	await page.goto('/');
	await expect(part('What came out').getByRole('link', { name: /Say hello/ })).toBeVisible();
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('with nothing to show, Home says so and offers a run', async ({ app }) => {
	const { page } = app;
	await app.open('/');
	await connectPractice(page);
	await page.keyboard.press('Escape');
	await expect(newRunDialog(page)).toBeHidden();
	await page.keyboard.press('g');
	await page.keyboard.press('h');
	await expect(page.getByRole('heading', { name: 'Nothing has run yet' })).toBeVisible();
	await page.getByRole('main').getByRole('button', { name: 'New run' }).last().click();
	await expect(page.getByRole('dialog', { name: 'New run' })).toBeVisible();
});

test('Activity tells who did what, and keeps its filters in the address', async ({ app }) => {
	const { page } = app;
	const run = await practiceRun(app, { prompt: `Review this:\n\n${code}\n\n${fast}` });
	await run.request('write_file').waitFor();
	await run.allowOnce();
	await run.request('edit_file').waitFor();
	await page.goto('/tickets?new=1');
	const dialog = page.getByRole('dialog', { name: 'New ticket' });
	await dialog.getByLabel('Title', { exact: true }).fill('Avatar upload fails');
	await dialog.getByRole('button', { name: 'Create ticket' }).click();
	await page.getByRole('heading', { name: 'Avatar upload fails' }).waitFor();

	await page.keyboard.press('Control+8');
	const feed = page.getByRole('region', { name: 'What happened' });
	const lines = feed.getByRole('listitem');
	await expect(lines).toContainText([
		/You created T-001 Avatar upload fails in Backlog/,
		/Code Reviewer asked to use edit_file in Review this/,
		/You allowed a call once in Review this/,
		/Code Reviewer asked to use write_file in Review this/,
		/You started Review this/,
	]);

	const choose = async (chip: string, entry: string) => {
		await page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: chip }).click();
		await page.getByRole('menuitemradio', { name: entry, exact: true }).click();
	};
	await choose('Type', 'Requests and questions');
	await expect(page).toHaveURL(/type=requests/);
	await expect(lines).toHaveCount(3);
	await choose('By', 'People');
	await expect(page).toHaveURL(/type=requests.*actor=people/);
	await expect(lines).toHaveCount(1);
	await page.reload();
	await expect(lines).toHaveCount(1);
	await page.goBack();
	await expect(lines).toHaveCount(3);

	await choose('By', 'Bug Triage');
	await expect(feed.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
	await expect(feed).toContainText('Type: Requests and questions, By: Bug Triage');
	await feed.getByRole('button', { name: 'Clear filters' }).click();
	await expect(lines).toHaveCount(5);
	await lines.last().getByRole('link').click();
	await expect(page).toHaveURL(new RegExp(`/runs/${run.id}$`));
});
