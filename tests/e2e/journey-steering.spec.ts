/** A person's hand on a run that is under way. */
import { HeldAnswer, says } from '../fakes/fault-server';
import { expect, runOn, test } from './support/engine';
import { code, endless, fast, practiceRun, stepping } from './support/practice';

const review = `Review this:\n\n${code}\n\n${fast}`;

test('what is said while a run works is taken up at its next step', async ({ app, fault }) => {
	const held = new HeldAnswer('Half of a thought', ' and the rest.');
	fault.answer(held.answer).always(says('Shorter now.'));
	const run = await runOn(app, fault, { prompt: 'Look after the notes' });
	await run.says('Half of a thought');
	await run.reply('Keep it very short');
	await run.says('while it was running');
	expect(fault.calls).toHaveLength(1);
	held.release();
	await run.says('Shorter now.');
	await run.is('Completed');
	expect(JSON.stringify(fault.calls[1]?.body.messages.at(-1))).toContain('Keep it very short');
	await run.log.expectNothingTwice();
});

test('a run pauses after its step, goes on where it was, and is cancelled for good', async ({
	app,
}) => {
	const run = await practiceRun(app, { prompt: `Look around\n${stepping}` });
	await run.is('Running');
	await run.press('Pause');
	await run.is('Waiting', 'Paused by you');
	await run.enter('Continue');
	await run.is('Running');
	await run.press('Cancel');
	await run.is('Cancelled');
	await expect(run.button('Cancel')).toHaveCount(0);
	await expect(run.row).toContainText('Cancelled');
	await app.page.reload();
	await run.is('Cancelled');
	expect(await run.log.of('ended')).toMatchObject([{ status: 'cancelled' }]);
});

test('while a long step is under way, it says that it will pause, and the pause can be taken back', async ({
	app,
}) => {
	const run = await practiceRun(app, { prompt: `Say hello\n${endless}` });
	await run.press('Pause');
	await run.is('Running', 'Pausing after this step');
	await run.enter('Continue');
	await expect(run.header).not.toContainText('Pausing after this step');
	await run.is('Running');
});

test('another permission mode answers what is being asked for, and plan refuses what comes', async ({
	app,
}) => {
	const run = await practiceRun(app, { prompt: review });
	await run.request('write_file').waitFor();
	await run.choose(/^Permissions:/, /^Auto-approve edits/);
	await run.is('Completed');
	expect(await run.log.of('permission-requested')).toHaveLength(1);
	expect((await run.log.of('tool-result')).filter(({ isError }) => isError)).toEqual([]);

	await run.choose(/^Permissions:/, /^Plan/);
	await expect(run.button(/^Permissions: Plan/)).toBeVisible();
	await run.reply(`Add a part about tests\n${fast}`);
	await run.log.has('ended', 2);
	await run.is('Completed');
	await run.says(/was not done: “The session is in Plan mode/);
});

test('at its budget a run stops and asks, and goes on when the cap is raised or gone', async ({
	app,
}) => {
	const run = await practiceRun(app, { prompt: review, tokens: 500 });
	await run.is('Waiting', /budget/i);
	const card = run.card('The budget is used up');
	await card.getByLabel('New cap, tokens').fill('1');
	await expect(card.getByText(/has been used already/)).toBeVisible();
	await card.getByLabel('New cap, tokens').fill('1000000');
	await card.getByRole('button', { name: 'Raise and go on' }).click();
	await run.is('Waiting permission');
	await expect(card).toHaveCount(0);
});

test('model and effort of the next turn are chosen at the message', async ({ app }) => {
	const run = await practiceRun(app, { prompt: `Hello\n/practice stop end_turn\n${fast}` });
	await run.is('Completed');
	await run.choose(/^Model for the next turn/, 'Practice fast (scripted)');
	await run.reply(`And again\n/practice stop end_turn\n${fast}`);
	await run.log.has('ended', 2);
	const models = (await run.log.of('turn-started')).map(({ model }) => model);
	expect(models).toEqual(['practice-1', 'practice-fast']);
});

test('display modes: every step, finished work folded, or prompts and answers alone', async ({
	app,
}) => {
	const run = await practiceRun(app, { prompt: review, permissions: 'Approve everything' });
	await run.is('Completed');
	const tool = run.thread.getByRole('button', { name: /^update_plan/ }).first();
	const folds = run.thread.getByRole('button', { name: /^Worked for/ });
	await expect(tool).toBeVisible();
	await run.choose('More for this run', /^Compact/);
	await expect(tool).toBeHidden();
	for (const fold of await folds.all()) await fold.click();
	await expect(tool).toBeVisible();
	for (const fold of await folds.all()) await fold.click();
	await run.choose('More for this run', /^Focus/);
	await expect(tool).toBeHidden();
	await expect(folds).toHaveCount(1);
	await app.page.reload();
	await run.says('Review this');
	await expect(tool).toBeHidden();
});
