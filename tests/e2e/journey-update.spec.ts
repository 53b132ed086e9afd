/** A new version comes while a run is under way: a real service worker, from one build to the next. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/sources.mjs';
import { expect, test as base, type App, type BuiltServer } from './support/app';
import { endless, practiceRun } from './support/practice';
import type { Run } from './support/runs';

interface Fixtures {
	/** A copy of the built app, in a folder of its own. */
	copy: string;
	/** Serves the copy. */
	server: BuiltServer;
	/** A run that goes on and on, in a page that the service worker serves from that copy. */
	running: Run;
	/** Puts the next build in the place of the copy, and lets the page look for it. */
	release: () => Promise<void>;
}

const test = base.extend<Fixtures>({
	copy: async ({}, use) => {
		const dir = await mkdtemp(join(tmpdir(), 'muster-build-'));
		await cp(join(root, 'build'), dir, { recursive: true });
		await use(dir);
		await rm(dir, { recursive: true, force: true });
	},
	server: async ({ copy, serveBuilt }, use) => use(await serveBuilt(copy)),
	running: async ({ app, server }, use) => {
		await app.open(server.url);
		await app.offlineReady();
		// Only from its second visit on a page comes from the service worker, and a new one has to wait for it.
		const run = await practiceRun(
			app,
			{ prompt: `Tell me of lighthouses\n${endless}` },
			server.url,
		);
		await run.is('Running');
		await run.log.hasStreamed();
		await use(run);
	},
	release: async ({ app, copy, server }, use) => {
		await use(async () => {
			await server.stop();
			await makeNext(copy);
			await server.start();
			// It also looks for a new version when the network comes back.
			await app.context.setOffline(true);
			await app.context.setOffline(false);
		});
	},
});

test.describe.configure({ timeout: 90_000 });

/** Changes the theme script, which says from now on which build it is of. */
async function makeNext(dir: string): Promise<void> {
	const script = join(dir, 'theme.js');
	await writeFile(
		script,
		`document.documentElement.dataset.build = 'next';\n${await readFile(script, 'utf8')}`,
	);
	const worker = join(dir, 'sw.js');
	const before = await readFile(worker, 'utf8');
	const after = before.replace(/(url:"theme\.js",revision:)"[^"]*"/, '$1"next"');
	expect(after).not.toBe(before);
	await writeFile(worker, after);
	for (const file of [script, worker])
		for (const packed of ['br', 'gz']) await rm(`${file}.${packed}`, { force: true });
}

/** Says which build the page is of: `next`, or nothing. */
const buildOf = ({ page }: App) => page.locator('html');

/** Remembers this very page: a reload forgets it. */
const mark = ({ page }: App) => page.evaluate(() => void Reflect.set(window, 'marked', true));
const isMarked = ({ page }: App) => page.evaluate(() => Reflect.has(window, 'marked'));

test('a new version is offered, waits for the run once it is taken, and is there when the run rests', async ({
	app,
	running,
	release,
	server,
}) => {
	await mark(app);
	await release();
	const offer = app.page.getByText('A new version of Muster is ready.');
	await expect(offer).toBeVisible();
	await running.is('Running');

	await app.page.getByRole('button', { name: 'Update', exact: true }).click();
	await expect(app.page.getByText('The new version waits until 1 run rests.')).toBeVisible();
	await running.is('Running');
	expect(await isMarked(app)).toBe(true);
	await expect(buildOf(app)).not.toHaveAttribute('data-build');
	expect(await running.log.of('lease-taken')).toHaveLength(1);

	await running.press('Cancel');
	await expect(buildOf(app)).toHaveAttribute('data-build', 'next');
	await running.is('Cancelled');
	await expect(offer).not.toBeVisible();

	// The new version is the one on the device: it opens without its server.
	await server.stop();
	await app.page.reload();
	await running.is('Cancelled');
	await expect(buildOf(app)).toHaveAttribute('data-build', 'next');
	expect(app.complaints.violations).toEqual([]);
});

test('a new version that is not taken changes nothing, not even by a reload', async ({
	app,
	running,
	release,
}) => {
	await release();
	await expect(app.page.getByText('A new version of Muster is ready.')).toBeVisible();
	await app.page.reload();
	await running.is('Running');
	await expect(buildOf(app)).not.toHaveAttribute('data-build');
	await expect(app.page.getByText('A new version of Muster is ready.')).toBeVisible();
});

test('a person may have the new version at once: the run goes on in it from its log', async ({
	app,
	running,
	release,
}) => {
	await release();
	await app.page.getByRole('button', { name: 'Update', exact: true }).click();
	await app.page.getByRole('button', { name: 'Update now', exact: true }).click();
	await expect(buildOf(app)).toHaveAttribute('data-build', 'next');
	await running.is('Running');
	await running.says('Interrupted');
	await expect.poll(async () => (await running.log.of('turn-started')).length).toBe(2);
	await running.log.expectNothingTwice();
});
