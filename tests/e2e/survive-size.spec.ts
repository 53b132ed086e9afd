import { callsTools, says } from '../fakes/fault-server';
import { expect, runOn, test } from './support/engine';

/** Text of about this many bytes, with lines of a usual length. */
function text(bytes: number): string {
	const line = 'The quick brown fox jumps over the lazy dog and comes back again.\n';
	return line.repeat(Math.ceil(bytes / line.length));
}

test('a prompt of 1 MB is sent whole, and the page stays usable', async ({ app, fault }) => {
	const prompt = text(1_000_000);
	fault.always(says('That was long.'));
	const run = await runOn(app, fault, { prompt, paste: true });
	await run.is('Completed');
	await run.says('That was long.');
	const [call] = fault.calls;
	expect(JSON.stringify(call?.body.messages).length).toBeGreaterThan(prompt.length);
	await run.tab('Activity').click();
	await run.tab('Messages').click();
	await run.says('That was long.');
	const [created] = await run.log.of('created');
	expect(created?.title.length).toBeLessThan(200);
});

test('a file of 5 MB is written and read: the model gets a part and how to go on, the person all of it', async ({
	app,
	fault,
}) => {
	test.slow();
	const content = text(5_000_000);
	fault
		.answer(
			callsTools({ id: 'toolu_1', tool: 'write_file', input: { path: 'big.txt', content } }),
			callsTools({ id: 'toolu_2', tool: 'read_file', input: { path: 'big.txt', limit: 20_000 } }),
		)
		.always(says('That was long.'));
	const run = await runOn(app, fault, {
		prompt: 'Write it down',
		permissions: 'Approve everything',
	});
	await run.is('Completed');
	await run.says('That was long.');
	const [, result] = await run.log.of('tool-result');
	expect(result?.content.length).toBeLessThan(100_000);
	expect(result?.content).toMatch(/Continue with offset \d+/);

	await run.tab('Files').click();
	await expect(run.article.getByText('big.txt').first()).toBeVisible();
	await app.page.reload();
	await run.is('Completed');
	await run.says('That was long.');
	await run.log.expectNothingTwice();
});
