/** Finding what was said: in the list, at its message, within a run, and from the palette. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/app';
import { anotherRun, fast, practiceRun } from './support/practice';

const field = (page: Page): Locator =>
	page.getByRole('searchbox', { name: 'Search runs and output' });
const results = (page: Page): Locator =>
	page.getByRole('listbox', { name: 'Search results' }).getByRole('option');
const palette = (page: Page): Locator => page.getByRole('dialog', { name: 'Jump to anything' });

/** Whether the place one is at stands within the thread that shows it. */
function inSight(page: Page): Promise<boolean> {
	return page.evaluate(() => {
		const [range] = [...(CSS.highlights.get('found-now') ?? [])];
		const thread = document.querySelector('[role=log]')?.getBoundingClientRect();
		const found = range instanceof Range ? range.getBoundingClientRect() : null;
		return !!found && !!thread && found.top >= thread.top && found.bottom <= thread.bottom;
	});
}

/** Texts that the browser has painted as found, in order. */
const painted = (page: Page, name = 'found') =>
	page.evaluate(
		(name) => [...(CSS.highlights.get(name) ?? [])].map((range) => String(range)),
		name,
	);

test('typing finds a run by words of its answer; opening it goes to the message', async ({
	app,
}) => {
	const { page } = app;
	const run = await practiceRun(app, {
		permissions: 'Approve everything',
		prompt: `Say something about zebra crossings and quokka migration.\n${fast}\n/practice stop end_turn`,
	});
	await run.is('Completed');
	await run.reply(
		`And now about ${'long words, '.repeat(300)} the axolotl.\n${fast}\n/practice stop end_turn`,
	);
	await expect(run.thread.getByText('the axolotl').first()).toBeAttached();
	await run.is('Completed');
	const other = await anotherRun(app, {
		permissions: 'Approve everything',
		prompt: `Something else.\n${fast}\n/practice stop end_turn`,
	});
	await other.is('Completed');

	await page.keyboard.press('Escape');
	await expect(page).toHaveURL(/\/runs$/);
	await page.keyboard.press('/');
	await expect(field(page)).toBeFocused();
	await page.keyboard.type('quok');
	await expect(results(page)).toHaveCount(1);
	await expect(results(page).locator('mark').first()).toHaveText(/quok/i);
	await expect(page).toHaveURL(/[?&]q=quok/);

	// Every word counts, wherever in the run it stands.
	await field(page).fill('quokka axolotl');
	await expect(results(page)).toHaveCount(1);
	await field(page).fill('quokka "crossings and quokka"');
	await expect(results(page)).toHaveCount(1);
	await field(page).fill('quokka unheard');
	await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();

	await field(page).fill('axol');
	await expect(results(page)).toHaveCount(1);
	await field(page).press('ArrowDown');
	await expect(results(page).first()).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(new RegExp(`/runs/${run.id}\\?.*at=`));
	await expect.poll(() => painted(page)).toContain('axol');
	await expect.poll(() => inSight(page)).toBe(true);

	// The results stay beside the run, and after a reload.
	await page.reload();
	await expect(results(page)).toHaveCount(1);
	await expect(field(page)).toHaveValue('axol');
	await expect.poll(() => painted(page)).toContain('axol');
	await field(page).press('Escape');
	await expect(results(page)).toHaveCount(0);
	await expect(run.row).toBeVisible();

	// A name of an agent leads to all of its runs.
	await page.keyboard.press('/');
	await field(page).fill('review');
	await page.getByRole('link', { name: 'All runs of Code Reviewer' }).click();
	await expect(page).toHaveURL(/\/runs\?agent=[^&]+$/);
	await expect(field(page)).toHaveValue('');
	for (const one of [run, other]) await expect(one.row).toBeVisible();
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('a run is found as soon as its words are there, and still after it was archived', async ({
	app,
}) => {
	const { page } = app;
	const run = await practiceRun(app, {
		permissions: 'Approve everything',
		prompt: `About a narwhal.\n${fast}\n/practice stop end_turn`,
	});
	await run.is('Completed');
	await page.evaluate(
		(id) =>
			new Promise<void>((resolve, reject) => {
				const request = indexedDB.open('muster');
				request.onsuccess = () => {
					const db = request.result;
					const transaction = db.transaction('commands', 'readwrite');
					transaction.objectStore('commands').add({
						id: `archive-${id}`,
						sessionId: null,
						at: Date.now(),
						by: { kind: 'person', name: 'You', device: 'd', deviceName: 'This device' },
						command: { kind: 'organise', sessionIds: [id], change: { do: 'archive' } },
						state: 'sent',
					});
					transaction.oncomplete = () => (db.close(), resolve());
					transaction.onerror = () => reject(transaction.error ?? new Error('not written'));
				};
				request.onerror = () => reject(request.error ?? new Error('not opened'));
			}),
		run.id,
	);
	await page.goto('/runs?q=narwhal');
	await expect(async () => {
		await page.reload();
		await expect(results(page)).toContainText('Archived', { timeout: 5000 });
	}).toPass();
});

test('within a run: count, next and previous, over what is not drawn, then as it was', async ({
	app,
}) => {
	const { page } = app;
	const run = await practiceRun(app, {
		permissions: 'Approve everything',
		prompt: `First: a capybara, and a Capybara.\n${fast}\n/practice stop end_turn`,
	});
	await run.is('Completed');
	await run.composer.focus();
	await page.keyboard.press('Control+f');
	const find = page.getByRole('searchbox', { name: 'Find in this run' });
	await expect(find).toBeFocused();
	await find.fill('apyb');
	const count = page.getByRole('search').getByRole('status');
	await expect(count).toHaveText(/^\d+$/);
	const all = Number(await count.textContent());
	expect(all).toBeGreaterThanOrEqual(2);
	await find.press('Enter');
	await expect(count).toHaveText(`1 of ${all}`);
	await expect.poll(() => painted(page, 'found-now')).toEqual(['apyb']);
	await find.press('Enter');
	await expect(count).toHaveText(`2 of ${all}`);
	await find.press('Shift+Enter');
	await find.press('Shift+Enter');
	await expect(count).toHaveText(`${all} of ${all}`);
	await find.fill('no such words');
	await expect(count).toHaveText('Not found');
	await find.press('Escape');
	await expect(find).toBeHidden();
	await expect.poll(() => painted(page)).toEqual([]);
});

test('the palette goes to places, opens a new run for an agent, and finds runs by their text', async ({
	app,
}) => {
	const { page } = app;
	const run = await practiceRun(app, {
		permissions: 'Approve everything',
		prompt: `About a pangolin.\n${fast}\n/practice stop end_turn`,
	});
	await run.is('Completed');
	await page.keyboard.press('Control+k');
	const box = palette(page).getByRole('combobox');
	await expect(box).toBeFocused();
	await box.fill('sett');
	await expect(palette(page).getByRole('option', { selected: true })).toContainText('Settings');
	await box.press('Enter');
	await expect(page).toHaveURL(/\/settings/);

	await page.keyboard.press('Control+k');
	// What was chosen last comes first.
	await expect(palette(page).getByRole('option').first()).toContainText('Settings');
	await box.fill('pangolin');
	const session = palette(page).getByRole('group', { name: 'Sessions' }).getByRole('option');
	await expect(session).toHaveCount(1);
	await session.click();
	await expect(page).toHaveURL(new RegExp(`/runs/${run.id}`));
	await expect.poll(() => painted(page)).toContain('pangolin');

	await page.keyboard.press('Control+k');
	await box.fill('code rev');
	await palette(page)
		.getByRole('group', { name: 'Run an agent' })
		.getByRole('option', { name: 'Code Reviewer' })
		.click();
	await expect(
		page.getByRole('dialog', { name: 'New run' }).getByRole('combobox', { name: 'Agent' }),
	).toHaveValue('Code Reviewer');
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test.describe('on a phone', () => {
	test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

	test('a field opens in the head, and a tap opens the run at its message', async ({ app }) => {
		const { page } = app;
		const run = await practiceRun(app, {
			permissions: 'Approve everything',
			prompt: `About a wombat.\n${fast}\n/practice stop end_turn`,
		});
		await run.is('Completed');
		await page.goto('/runs');
		await page.getByRole('button', { name: 'Search runs and output' }).tap();
		await field(page).fill('womb');
		await results(page).first().tap();
		await expect(page).toHaveURL(new RegExp(`/runs/${run.id}\\?`));
		await expect.poll(() => painted(page)).toContain('womb');
	});
});
