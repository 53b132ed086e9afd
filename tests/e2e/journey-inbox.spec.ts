/** The inbox: what waits for a person, answered where it stands. */
import type { Page } from '@playwright/test';
import { expect, test, viewports } from './support/app';
import { anotherRun, code, fast, practiceRun } from './support/practice';
import { StoredLog } from './support/idb';
import { startRun } from './support/runs';

// Several runs one after the other: a busy machine takes its time.
test.describe.configure({ timeout: 120_000 });

const review = { prompt: `Review this:\n\n${code}\n\n${fast}` };
const asking = { prompt: `Say hello\n${fast}` };

const list = (page: Page) => page.getByRole('region', { name: 'Inbox', exact: true });
const line = (page: Page, id: string) => list(page).locator(`li:has([data-id="${id}"])`);
const badge = (page: Page, n: number) =>
	page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: `Inbox ${n} waiting` });
const card = (page: Page, tool: string) =>
	page.getByRole('region', { name: new RegExp(`wants to use ${tool}\\b`) });
/** Keys and clicks are ignored for a moment after a request appears. */
const guarded = (page: Page) => page.locator('footer.fresh');

test('requests and questions are answered from the list by keys, the next one in turn', async ({
	app,
}) => {
	const { page } = app;
	const reviewing = await practiceRun(app, review);
	await reviewing.request('write_file').waitFor();
	await page.keyboard.press('Escape');
	const hello = await anotherRun(app, asking);
	await hello.questions.waitFor();
	await expect(badge(page, 2)).toBeVisible();

	await page.keyboard.press('Control+7');
	await expect(page).toHaveURL(new RegExp(`/inbox/${hello.id}$`));
	await expect(list(page).getByRole('listitem')).toHaveCount(2);
	const questions = page.getByRole('form', { name: /questions? for you/ });
	await expect(questions).toBeVisible();

	await page.keyboard.press('Escape');
	await page.keyboard.press('j');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(new RegExp(`/inbox/${reviewing.id}$`));
	await expect(card(page, 'write_file')).toBeFocused();
	await page.keyboard.press('[');
	await expect(page).toHaveURL(new RegExp(`/inbox/${hello.id}$`));
	await expect(questions).toBeVisible();

	await questions.getByRole('button', { name: 'Skip' }).press('Enter');
	await expect(page).toHaveURL(new RegExp(`/inbox/${reviewing.id}$`));
	await expect(card(page, 'write_file')).toBeFocused();
	await expect(guarded(page)).toHaveCount(0);
	await page.keyboard.press('a');
	await new StoredLog(page, reviewing.id).has('permission-decided');
	const [decided] = await new StoredLog(page, reviewing.id).of('permission-decided');
	expect(decided?.decision).toBe('allow-once');
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('what is decided stays and says so, and the number goes down', async ({ app }) => {
	const { page } = app;
	const run = await practiceRun(app, review);
	await run.request('write_file').waitFor();
	await page.keyboard.press('g');
	await page.keyboard.press('i');
	await expect(card(page, 'write_file')).toBeVisible();
	await expect(guarded(page)).toHaveCount(0);
	await page.getByRole('button', { name: /^Allow once/ }).click();
	// It asks again, in the same place, and takes no focus.
	await expect(card(page, 'edit_file')).toBeVisible();
	await expect(card(page, 'edit_file')).not.toBeFocused();
	await page.keyboard.press(']');
	await expect(card(page, 'edit_file')).toBeFocused();
	await expect(guarded(page)).toHaveCount(0);
	await page.keyboard.press('Shift+A');
	await expect(line(page, run.id)).toContainText('Always allowed in this run on this device');
	await expect(page.getByText('Nothing waits')).toBeHidden();
	await expect(
		page
			.getByRole('navigation', { name: 'Main' })
			.getByRole('link', { name: 'Inbox', exact: true }),
	).toBeVisible();
	// Looked at anew, the list has only what waits.
	await page.keyboard.press('Control+6');
	await expect(page).toHaveURL(/\/runs$/);
	await page.keyboard.press('Control+7');
	await expect(page.getByRole('heading', { name: 'Nothing waits for you' })).toBeVisible();
});

test('offline, and decided in another tab', async ({ app }) => {
	const { page, context } = app;
	const run = await practiceRun(app, review);
	await run.request('write_file').waitFor();
	await app.offlineReady();
	await context.setOffline(true);
	await page.goto('/inbox');
	await expect(card(page, 'write_file')).toBeVisible();
	const other = await run.openOn(await context.newPage());
	await other.request('write_file').waitFor();
	await other.press('Deny');
	await other.log.has('permission-decided');
	await expect(card(page, 'write_file')).toBeHidden();
	await expect(page.getByText('Denied on this device').first()).toBeVisible();
});

test('a notification tells of what came while the app was not in front, once', async ({ app }) => {
	const { page, context } = app;
	await context.grantPermissions(['notifications']);
	const run = await practiceRun(app, review);
	await run.request('write_file').waitFor();
	await app.offlineReady();
	await page.goto('/settings/notifications');
	await page.getByRole('button', { name: 'Turn on' }).click();
	await expect(page.getByRole('button', { name: 'Turn off' })).toBeVisible();
	const shown = () =>
		page.evaluate(async () => {
			const registration = await navigator.serviceWorker.getRegistration();
			const all = (await registration?.getNotifications()) ?? [];
			return all.map(({ title, body }) => `${title}: ${body}`);
		});
	const told = () => page.evaluate(() => localStorage.getItem('muster.notices-told') ?? '');
	// What came while it was in front is known.
	await expect.poll(told).toContain(run.id);
	expect(await shown()).toEqual([]);

	await page.evaluate(() => {
		document.hasFocus = () => false;
		dispatchEvent(new Event('blur'));
	});
	const other = new StoredLog(page, run.id);
	await page
		.getByRole('link', { name: /^Inbox/ })
		.first()
		.click();
	await expect(card(page, 'write_file')).toBeVisible();
	await expect(guarded(page)).toHaveCount(0);
	await page.getByRole('button', { name: /^Allow once/ }).click();
	await other.has('permission-requested', 2);
	await expect.poll(shown).toEqual(['Code Reviewer wants to use edit_file: Review this']);

	// Answered, it is taken away.
	await expect(card(page, 'edit_file')).toBeVisible();
	await expect(guarded(page)).toHaveCount(0);
	await page.getByRole('button', { name: 'Always allow in this run' }).click();
	await expect.poll(shown).toEqual([]);
});

test.describe('on a phone', () => {
	test.use({ viewport: viewports.phone, hasTouch: true });

	test('a request takes the screen, with its decision below and the next one a tap away', async ({
		app,
	}) => {
		const { page } = app;
		const first = await practiceRun(app, asking);
		await first.questions.waitFor();
		await page.goto('/runs?new=1');
		const { id: second } = await startRun(page, review);
		await page.getByRole('region', { name: 'Permission request' }).waitFor();
		await page.goto('/inbox');
		await line(page, second).getByRole('link').tap();
		const request = page.getByRole('region', { name: 'Permission request' });
		await expect(request).toBeVisible();
		await expect(request.getByText('1 of 2')).toBeVisible();
		const allow = request.getByRole('button', { name: 'Allow once' });
		expect((await allow.boundingBox())?.height).toBeGreaterThanOrEqual(48);
		await request.getByRole('button', { name: 'Next request' }).tap();
		await expect(page).toHaveURL(new RegExp(`/inbox/${first.id}$`));
		await page.getByRole('button', { name: 'Previous request' }).tap();
		await expect(request).toBeVisible();
		await expect(guarded(page)).toHaveCount(0);
		await request.getByRole('button', { name: 'Deny', exact: true }).tap();
		await expect(page).toHaveURL(new RegExp(`/inbox/${first.id}$`));
		await page.getByRole('button', { name: 'Inbox', exact: true }).tap();
		await expect(page).toHaveURL(/\/inbox$/);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
			390,
		);
	});
});
