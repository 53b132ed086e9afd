/** A whole workspace in one file: out of one browser, into another, and refused where it is not whole. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { seedLines } from '../../scripts/seed/workspace.mjs';
import { writeWorkspaceFile } from '../../scripts/seed/write-file.mjs';
import { unzipped, zipped } from '../support/zip';
import { expect, test, viewports, type App } from './support/app';
import { code, fast, practiceRun } from './support/practice';

test.use({ viewport: viewports.desktop });
test.describe.configure({ timeout: 120_000 });

/** As in a browser that saves no files by itself: what is exported becomes a download. */
async function withDownloads(page: Page): Promise<void> {
	await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
}

async function openData(app: App): Promise<Page> {
	await withDownloads(app.page);
	await app.open('/welcome');
	await app.page.getByText('Look around first').click();
	await app.page.waitForURL((address) => address.pathname !== '/welcome');
	await app.open('/settings/data');
	return app.page;
}

async function exportFile(page: Page): Promise<string> {
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Export workspace' }).click(),
	]);
	expect(download.suggestedFilename()).toMatch(/\.muster$/);
	return download.path();
}

const choose = (page: Page, files: string | { name: string; mimeType: string; buffer: Buffer }) =>
	page.getByLabel('Files to import').setInputFiles(files);

const panel = (page: Page) => page.getByRole('region', { name: 'Import and export' });

const titles = (page: Page) => page.locator('[data-id]').allInnerTexts();

async function seededFile(path: string, sessions: number): Promise<string> {
	const until = Date.UTC(2026, 6, 16, 12);
	const lines = seedLines({ sessions, until, long: false });
	await writeWorkspaceFile(path, lines, { writtenAt: until, workspace: 'Seeded workspace' });
	return path;
}

test('what one browser exports is the same list in another, and comes in once', async ({
	app,
	browser,
}) => {
	await withDownloads(app.page);
	const run = await practiceRun(app, { prompt: `Review this:\n\n${code}\n\n${fast}` });
	await run.is('Waiting permission');
	await app.open('/settings/data');
	const file = await exportFile(app.page);
	await expect(panel(app.page)).toContainText('1 session.');

	const context = await browser.newContext({ viewport: viewports.desktop });
	const other = await context.newPage();
	await other.goto('/welcome');
	await other.getByText('Look around first').click();
	await other.waitForURL((address) => address.pathname !== '/welcome');
	await other.goto('/settings/data');
	await choose(other, file);
	await expect(panel(other)).toContainText('1 session to add');
	await expect(panel(other)).toContainText('waiting until you press Continue');
	await other.getByRole('button', { name: 'Import 1 session' }).click();
	await expect(panel(other)).toContainText('1 session imported');
	await other.getByRole('link', { name: 'Show runs' }).click();
	await expect(other.locator('[data-id]')).toHaveCount(1);
	await expect(other.locator(`[data-id="${run.id}"]`)).toContainText('Waiting permission');

	await other.goto('/settings/data');
	await choose(other, file);
	await expect(panel(other)).toContainText('Everything in it is here already');
	await context.close();
});

test('a seeded workspace survives a reload, and is exported as it came', async ({ app }, info) => {
	const page = await openData(app);
	const file = await seededFile(info.outputPath('seed.muster'), 60);
	await choose(page, file);
	await page.getByRole('button', { name: 'Import 60 sessions' }).click();
	await expect(panel(page)).toContainText('60 sessions imported');
	await page.getByRole('link', { name: 'Show runs' }).click();
	await expect(page.locator('[data-id]').first()).toBeVisible();
	const before = await titles(page);
	await page.reload();
	await expect.poll(() => titles(page)).toEqual(before);
	await app.open('/settings/data');
	const again = unzipped(readFileSync(await exportFile(page)));
	const events = (text: string) =>
		text.split('\n').filter((line) => line.startsWith('{"event"') && !line.includes('"imported"'));
	expect(events(again)).toEqual(events(unzipped(readFileSync(file))));
	expect(app.complaints.violations).toEqual([]);
});

test('a damaged, a cut and a newer file are refused with their reasons, and change nothing', async ({
	app,
}, info) => {
	const page = await openData(app);
	const bytes = readFileSync(await seededFile(info.outputPath('seed.muster'), 20));
	const file = (buffer: Buffer, name = 'workspace.muster') => ({
		name,
		mimeType: 'application/octet-stream',
		buffer,
	});
	const text = unzipped(bytes);

	await choose(page, file(bytes.subarray(0, bytes.length - 100)));
	await expect(panel(page)).toContainText('This file is damaged: it is cut off');
	await choose(page, file(Buffer.from(zipped(text.replace('Seeded', 'Sedeed')))));
	await expect(panel(page)).toContainText('its checksum does not fit');
	await choose(page, file(Buffer.from(zipped(text.replace('"version":1', '"version":9')))));
	await expect(panel(page)).toContainText('written by a newer version of Muster');
	await choose(page, file(Buffer.from('hello'), 'photo.png'));
	await expect(panel(page)).toContainText('no file that Muster can import');
	await app.open('/runs');
	await expect(page.locator('[data-id]')).toHaveCount(0);
	expect(app.complaints.violations).toEqual([]);
});

test('an import that is stopped keeps what it had, says how much, and the rest comes later', async ({
	app,
}, info) => {
	const page = await openData(app);
	const file = await seededFile(info.outputPath('seed.muster'), 3000);
	await choose(page, file);
	await page.getByRole('button', { name: 'Import 3,000 sessions' }).click();
	await expect(panel(page).getByText(/^[\d,]*[1-9]00 sessions,/)).toBeVisible();
	await panel(page).getByRole('button', { name: 'Cancel' }).click();
	await expect(panel(page)).toContainText('Import stopped');
	await expect(panel(page)).toContainText('sessions imported');
	await choose(page, file);
	await expect(panel(page)).toContainText('already here, nothing to add');
	await page.getByRole('button', { name: /^Import [\d,]+ sessions/ }).click();
	await expect(panel(page)).toContainText(/[\d,]+ sessions imported/);
	await choose(page, file);
	await expect(panel(page)).toContainText('Everything in it is here already');
	await expect(panel(page)).toContainText('3,000 sessions already here');
});

test('session files of Claude Code come in together, as runs that can be opened', async ({
	app,
}) => {
	const page = await openData(app);
	const folder = 'tests/fixtures/claude-code';
	const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
	await page.getByLabel('Files to import').setInputFiles(files.map((name) => join(folder, name)));
	await expect(panel(page)).toContainText(/\d+ sessions to add/);
	await page.getByRole('button', { name: /^Import \d+ sessions/ }).click();
	await expect(panel(page)).toContainText(/\d+ sessions imported/);
	await page.getByRole('link', { name: 'Show runs' }).click();
	await page.locator('[data-id]').first().click();
	await expect(page.getByRole('article').first()).toContainText('Claude Code');
	expect(app.complaints.violations).toEqual([]);
});
