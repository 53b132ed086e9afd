/**
 * Writes `tests/fixtures/db/v<n>.json`: a database as the app of that version really leaves it. Made once for each
 * version, before the next one changes anything: MUSTER_WRITE_DB_FIXTURE=1 npx playwright test make-db-fixture
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { connectPractice } from './support/connections';
import { expect, test } from './support/engine';
import { barePage, dump } from './support/idb';
import { startRun, type Run } from './support/runs';

test.skip(!process.env.MUSTER_WRITE_DB_FIXTURE, 'Only on demand: fixtures of old data are kept');

/** Allows what is asked for and takes the first of what is offered, until the run is at rest. */
async function answerAll(run: Run): Promise<void> {
	const allow = run.button(/^Allow once/).first();
	const questions = run.thread.getByRole('form').first();
	const done = run.header.getByText('Completed', { exact: true });
	for (;;) {
		await expect(allow.or(questions).or(done).first()).toBeVisible({ timeout: 60_000 });
		if (await done.isVisible()) return;
		if (await questions.isVisible()) {
			for (const group of await questions.getByRole('group').all())
				await group.getByRole('radio').first().check();
			await questions.getByRole('button', { name: 'Send answers' }).click();
			await expect(questions).toBeHidden();
		} else if (await allow.isVisible()) {
			const answered = (await run.log.of('permission-decided')).length;
			await allow.click();
			await run.log.has('permission-decided', answered + 1);
		}
	}
}

/** A run linked to a ticket, one archived, and a chat. */
async function file(page: Page): Promise<void> {
	await page.goto('/runs');
	const rows = page.getByRole('region', { name: 'Agent Runs' }).locator('[data-id]');
	await rows.first().focus();
	await page.keyboard.press('l');
	const picker = page.getByRole('dialog', { name: 'Link this session to a ticket' });
	await picker.getByRole('combobox').fill('Look closer');
	await picker.getByRole('option', { name: 'Create “Look closer”' }).click();
	await expect(page.getByText('Linked 1 session to T-001').last()).toBeVisible();
	await rows.last().focus();
	await page.keyboard.press('e');
	await expect(rows).toHaveCount(1);
	await page.goto('/chat/new');
	await page.getByRole('textbox', { name: 'Message' }).fill('How do tides work\n/practice fast');
	await page.getByRole('textbox', { name: 'Message' }).press('ControlOrMeta+Enter');
	await page.waitForURL(/\/chat\/[0-9A-Z]{26}$/);
	await expect(page.getByText('Completed', { exact: true }).first()).toBeVisible();
}

test('a database of today’s version is written down', async ({ app }) => {
	test.setTimeout(240_000);
	await app.open('/');
	await connectPractice(app.page);
	await answerAll(
		await startRun(app.page, {
			prompt:
				'Review this function:\n\n```js\nfunction sum(a, b) {\n\treturn a - b;\n}\n```\n/practice fast',
		}),
	);
	await app.page.goto('/runs?new=1');
	await answerAll(
		await startRun(app.page, {
			agent: 'Release Notes Writer',
			prompt: 'Notes for 1.2: fix crash on start, add dark mode, faster search\n/practice fast',
		}),
	);
	await file(app.page);
	await app.page.close();
	const bare = await barePage(app.context);
	const made = await dump(bare);
	expect(made).not.toBeNull();
	const path = new URL(`../fixtures/db/v${(made?.version ?? 0) / 10}.json`, import.meta.url);
	writeFileSync(fileURLToPath(path), `${JSON.stringify(made, null, '\t')}\n`);
});
