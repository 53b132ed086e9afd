/** Many sessions into one file: chosen by keys, packed with a list of contents that is true, cancelled, by touch. */
import type { Locator, Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { createHash } from 'node:crypto';
import type { Manifest } from '../../src/lib/domain/export/manifest';
import { expect, test, viewports, type App } from './support/app';
import { anotherRun, code, downloaded, fast, practiceRun } from './support/practice';
import type { Run } from './support/runs';

test.describe.configure({ timeout: 180_000 });

/** Said in a prompt: a short answer, at once. */
const answer = '/practice long 60\n/practice fast';

const dialogOf = (page: Page) => page.getByRole('dialog', { name: /^Export / });

function unpacked(bytes: Buffer): { entries: Record<string, Uint8Array>; manifest: Manifest } {
	const entries = unzipSync(new Uint8Array(bytes));
	const manifest = JSON.parse(strFromU8(entries['manifest.json'] as Uint8Array)) as Manifest;
	return { entries, manifest };
}

/** Every entry is listed, and is as the list says. */
function holdsWhatItSays({ entries, manifest }: ReturnType<typeof unpacked>): void {
	const files = manifest.sessions.flatMap((session) => session.files);
	expect(Object.keys(entries).sort()).toEqual(
		['manifest.json', ...files.map(({ path }) => path)].sort(),
	);
	for (const { path, size, sha256 } of files) {
		const bytes = entries[path] as Uint8Array;
		expect(bytes.length).toBe(size);
		expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
	}
}

/** Two runs with something to export: one wrote files, the other answered. */
async function twoRuns(app: App): Promise<[wrote: Run, answered: Run]> {
	const permissions = 'Approve everything';
	const wrote = await practiceRun(app, {
		prompt: `Review this:\n\n${code}\n\n${fast}`,
		permissions,
	});
	// Many steps: on a busy machine they take their time.
	await expect(wrote.header.getByText('Completed', { exact: true })).toBeVisible({
		timeout: 90_000,
	});
	const answered = await anotherRun(app, { prompt: `What is a tide?\n${answer}`, permissions });
	await answered.is('Completed');
	await app.page.keyboard.press('Escape');
	await expect(answered.row).toBeFocused();
	return [wrote, answered];
}

const exportIn = (dialog: Locator) => dialog.getByRole('button', { name: 'Export', exact: true });

test('Shift+E exports the row with the focus, or all that are selected, as their list says', async ({
	app,
}) => {
	const { page } = app;
	const [wrote, answered] = await twoRuns(app);
	const dialog = dialogOf(page);

	// Nothing is selected: the row with the focus.
	await page.keyboard.press('Shift+E');
	await expect(dialog).toHaveAccessibleName('Export 1 run');
	const one = unpacked((await downloaded(exportIn(dialog))).bytes);
	await expect(dialog).toHaveCount(0);
	expect(one.manifest.sessions.map(({ id }) => id)).toEqual([answered.id]);
	holdsWhatItSays(one);

	// Two are selected, and exported whole as well.
	await expect(answered.row).toBeFocused();
	await page.keyboard.press('x');
	await page.keyboard.press('Shift+ArrowDown');
	await page.keyboard.press('Shift+E');
	await expect(dialog).toHaveAccessibleName('Export 2 runs');
	const choose = (what: string) => dialog.locator('label').filter({ hasText: what }).click();
	await choose('Whole sessions as JSON');
	await choose('Whole sessions as Markdown');
	const { name, bytes } = await downloaded(exportIn(dialog));
	expect(name).toMatch(/^muster-export-\d{4}-\d\d-\d\d\.zip$/);
	const both = unpacked(bytes);
	holdsWhatItSays(both);
	expect(both.manifest.leftOut).toEqual([]);
	const ofWrote = both.manifest.sessions.find(({ id }) => id === wrote.id);
	expect(ofWrote).toMatchObject({ agent: 'Code Reviewer', kind: 'run', status: 'completed' });
	expect(ofWrote?.files.map(({ kind }) => kind)).toEqual(
		expect.arrayContaining(['file', 'session', 'transcript']),
	);
	const json = ofWrote?.files.find(({ kind }) => kind === 'session')?.path ?? '';
	const whole = JSON.parse(strFromU8(both.entries[json] as Uint8Array)) as {
		events: { kind: string }[];
	};
	expect(whole.events.map(({ kind }) => kind)).toEqual(
		expect.arrayContaining(['created', 'prompt', 'tool-result', 'ended']),
	);

	// What is selected stays so.
	await expect(page.getByRole('toolbar')).toContainText('2 selected');
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('an export is cancelled, works offline, and says what was left out', async ({ app }) => {
	const { page } = app;
	const run = await practiceRun(app, { prompt: `Look around\n/practice stop refusal\n${fast}` });
	await run.is('Failed');
	await app.offlineReady();
	await app.context.setOffline(true);

	// Cancelled before it began: nothing is downloaded, and the focus is where it was.
	await page.getByRole('button', { name: 'More for this run' }).click();
	await page.getByRole('menuitem', { name: 'Export outputs' }).click();
	const dialog = dialogOf(page);
	let downloads = 0;
	page.on('download', () => downloads++);
	await dialog.getByRole('button', { name: 'Cancel' }).click();
	await expect(dialog).toHaveCount(0);
	expect(downloads).toBe(0);

	// A run without anything that came out is named, with the reason.
	await page.keyboard.press('Shift+E');
	await exportIn(dialog).click();
	await expect(dialog.getByRole('status')).toHaveText('There was nothing to export.');
	await expect(dialog).toContainText('It has no output and no files.');
	await dialog.getByRole('button', { name: 'Close' }).first().click();
	expect(downloads).toBe(0);
});

test.describe('while it is packed', () => {
	// The part that packs is held back on its way from the server, so that it is under way for as long as it takes.
	test.use({ serviceWorkers: 'block' });

	test('an export is cancelled, saves nothing, and can be made again', async ({ app }) => {
		const { page } = app;
		const run = await practiceRun(app, {
			prompt: `What is a tide?\n${answer}`,
			permissions: 'Approve everything',
		});
		await run.is('Completed');
		await page.keyboard.press('Escape');
		await expect(run.row).toBeFocused();
		let downloads = 0;
		page.on('download', () => downloads++);
		const worker = /export-worker-[^/]*\.js$/;
		await page.route(worker, () => new Promise(() => undefined));
		const dialog = dialogOf(page);
		await page.keyboard.press('Shift+E');
		await exportIn(dialog).click();
		await expect(dialog.getByRole('progressbar', { name: 'Exporting 1 run' })).toBeVisible();
		await dialog.getByRole('button', { name: 'Cancel export' }).click();
		await expect(dialog).toHaveCount(0);
		await expect(run.row).toBeFocused();

		await page.unroute(worker);
		await page.keyboard.press('Shift+E');
		const { manifest } = unpacked((await downloaded(exportIn(dialog))).bytes);
		expect(manifest.sessions.map(({ id }) => id)).toEqual([run.id]);
		expect(downloads).toBe(1);
	});
});

test.describe('by touch', () => {
	test.use({ viewport: viewports.phone, hasTouch: true, isMobile: true });

	test('a row that was pressed long is exported from the bar', async ({ app }) => {
		const { page } = app;
		const run = await practiceRun(app, {
			prompt: `What is a tide?\n${answer}`,
			permissions: 'Approve everything',
		});
		await run.is('Completed');
		await page.getByRole('link', { name: 'Agent Runs' }).first().tap();
		await run.row.click({ button: 'right' });
		await page.getByRole('menuitem', { name: 'Select' }).tap();
		const button = page.getByRole('toolbar').getByRole('button', { name: 'Export outputs' });
		expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(36);
		await button.tap();
		const dialog = dialogOf(page);
		const { manifest } = unpacked((await downloaded(exportIn(dialog))).bytes);
		expect(manifest.sessions.map(({ id }) => id)).toEqual([run.id]);
	});
});
