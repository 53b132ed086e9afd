/** Everything that was there is there without the server, and Practice goes on working. */
import { connectPractice } from './support/connections';
import { expect, test } from './support/app';
import { code, fast, practiceRun } from './support/practice';
import { startRun } from './support/runs';

test.describe.configure({ timeout: 90_000 });

test('with the server gone, a run is there again after a reload, goes on, and another one begins', async ({
	app,
	serveBuilt,
}) => {
	const server = await serveBuilt();
	const run = await practiceRun(app, { prompt: `Review this:\n\n${code}\n\n${fast}` }, server.url);
	await run.is('Waiting permission');
	await app.offlineReady();
	await server.stop();
	await app.context.setOffline(true);

	await app.page.reload();
	await run.is('Waiting permission');
	await run.allowOnce();
	await run.press('Always allow in this run');
	await run.is('Completed');
	await run.reply(`And now in short\n${fast}`);
	await run.says('And now in short');
	await run.is('Completed');
	await run.tab('Files').click();
	await run.says('i < items.length');
	await run.log.expectNothingTwice();

	await app.page.keyboard.press('n');
	const other = await startRun(app.page, {
		agent: 'Release Notes Writer',
		prompt: `Notes for users of 1.2: add dark mode\n${fast}`,
	});
	await other.is('Completed');
	expect(app.complaints.violations).toEqual([]);
});

for (const [path, shows] of [
	['/agents/starter-bug-triage', 'Bug Triage'],
	['/settings/prices', 'Built-in prices'],
	['/runs/01JZZZZZZZZZZZZZZZZZZZZZZZ', 'This run is not on this device'],
] as const)
	test(`with the server gone, ${path} opens though it was never visited`, async ({
		app,
		serveBuilt,
	}) => {
		const server = await serveBuilt();
		await app.open(server.url);
		await connectPractice(app.page);
		await app.offlineReady();
		await server.stop();
		await app.open(`${server.url}${path}`);
		await expect(app.page.getByLabel(shows).or(app.page.getByText(shows)).first()).toBeVisible();
		expect(app.complaints.violations).toEqual([]);
	});
