import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { neverStops, says } from '../fakes/fault-server';
import type { Page } from '@playwright/test';
import { expect, runOn, test } from './support/engine';
import { barePage, dump, restore, type Dump } from './support/idb';
import type { StoredEvent } from '../../src/lib/domain/log/event';
import type { SessionRow } from '../../src/lib/domain/session-row';
import { Run } from './support/runs';

/** A database as the app of a version left it; the index of words, which is bytes, is made anew. */
function fixture(version: number): Dump {
	const path = new URL(`../fixtures/db/v${version}.json`, import.meta.url);
	const from = JSON.parse(readFileSync(fileURLToPath(path), 'utf8')) as Dump;
	for (const name of ['searchDocuments', 'searchPostings'])
		if (from.stores[name]) from.stores[name].records = [];
	return from;
}
const v1 = fixture(1);

const rowsIn = (from: Dump) => (from.stores['sessions']?.records ?? []) as SessionRow[];

/** Paths a run has written to. */
function filesOf(from: Dump, sessionId: string): string[] {
	const events = (from.stores['events']?.records ?? []) as StoredEvent[];
	const changes = events.flatMap((event) =>
		event.sessionId === sessionId && event.kind === 'tool-result' ? (event.files ?? []) : [],
	);
	return [...new Set(changes.map(({ path }) => path))];
}

/** What is stored, without what an engine that starts writes about itself. */
async function stored(page: Page): Promise<Record<string, unknown[]>> {
	const stores: Dump['stores'] = (await dump(page))?.stores ?? {};
	return Object.fromEntries(Object.entries(stores).map(([name, { records }]) => [name, records]));
}

for (const version of [1, 2, 3])
	test(`a database of version ${version} opens, and every session of it is shown with its parts`, async ({
		app,
	}) => {
		const from = fixture(version);
		const bare = await barePage(app.context);
		await restore(bare, from);
		await bare.close();
		const rows = rowsIn(from);
		expect(rows.length).toBeGreaterThan(0);
		for (const row of rows) {
			const run = new Run(app.page, row.id);
			await run.open();
			await run.is('Completed');
			await expect(run.header).toContainText(row.title);
			await run.tab('Activity').click();
			await expect(run.thread.getByText(/^(Run|Chat) created/)).toBeVisible();
			const files = filesOf(from, row.id);
			if (files.length > 0) await run.tab('Files').click();
			for (const path of files) await expect(run.thread.getByText(path).first()).toBeVisible();
		}
		// Opening changed nothing of what was there; what later versions know of it stands beside it.
		const after = await stored(app.page);
		for (const name of ['commands', 'connections', 'tickets', 'ticketEvents'])
			expect(after[name] ?? [], name).toEqual(from.stores[name]?.records ?? []);
		for (const name of ['events', 'sessions'])
			expect(after[name], name).toMatchObject(
				(from.stores[name]?.records ?? []).map((record) => ({
					...(record as object),
					v: expect.anything(),
				})),
			);
		expect(app.complaints).toEqual({ violations: [], errors: [] });
	});

test('a database of a newer version is left as it is, and the message says so', async ({ app }) => {
	const bare = await barePage(app.context);
	await restore(bare, { ...v1, version: 9_990 });
	const before = await dump(bare);
	await app.page.goto('/runs');
	await expect(trouble(app.page)).toContainText('written by a newer version of Muster');
	await expect(trouble(app.page)).toContainText('Nothing has been changed');
	expect(await dump(bare)).toEqual(before);
});

for (const missing of ['events', 'settings', 'commands'])
	test(`a half-written database, without its ${missing}, is left as it is, and the message says so`, async ({
		app,
	}) => {
		const { [missing]: _, ...stores } = v1.stores;
		const bare = await barePage(app.context);
		await restore(bare, { ...v1, stores });
		const before = await dump(bare);
		await app.page.goto('/runs');
		await expect(trouble(app.page)).toContainText(
			'Parts of the database on this device are missing',
		);
		await expect(trouble(app.page)).toContainText('Nothing has been changed');
		expect(await dump(bare)).toEqual(before);
	});

test('a full disk stops runs with a message; what was saved stays, and they go on when there is room', async ({
	app,
	fault,
}) => {
	test.setTimeout(240_000);
	const bare = await barePage(app.context);
	const { origin } = new URL(bare.url());
	const session = await app.context.newCDPSession(bare);
	await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 6_000_000 });
	// Random, because the browser packs what it stores.
	const content = randomBytes(400_000).toString('base64');
	fault.always(neverStops('write_file', { path: 'big.txt', content }));
	const run = await runOn(app, fault, { prompt: 'Fill it', permissions: 'Approve everything' });
	await expect(trouble(app.page)).toContainText('There is no room left on this device', {
		timeout: 120_000,
	});
	await expect(trouble(app.page)).toContainText('Nothing that was saved is lost');
	const before = (await run.log.events()).filter(({ kind }) => kind !== 'part-delta');
	expect(before.length).toBeGreaterThan(3);

	fault.always(says('All is well.'));
	await session.send('Storage.overrideQuotaForOrigin', { origin });
	await expect(trouble(app.page)).toBeHidden({ timeout: 40_000 });
	await settle(run);
	await run.says('All is well.');
	const after = await run.log.events();
	expect(after.filter(({ id }) => before.some((event) => event.id === id))).toEqual(before);
	await run.log.expectNothingTwice();
});

/** What stands in the way of the whole app. */
const trouble = (page: Page) =>
	page.getByRole('alert').filter({ hasText: /database|version|room left/ });

/** A write that was cut off between start and result waits for a person: it is run again. */
async function settle(run: Run): Promise<void> {
	const again = run.button('Run it again');
	const done = run.header.getByText('Completed', { exact: true });
	await expect(again.or(done).first()).toBeVisible({ timeout: 20_000 });
	if (await again.isVisible()) await again.click();
	await run.is('Completed');
}
