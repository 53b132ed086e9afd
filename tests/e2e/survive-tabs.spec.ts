import { callsTools, HeldAnswer, refusesWith, says, speaksSlowly } from '../fakes/fault-server';
import { expect, runOn, test } from './support/engine';
import { barePage, cutLogAfter, StoredLog } from './support/idb';
import { Run } from './support/runs';

const prompt = 'Look after the notes';
const file = { path: 'notes.md', content: 'One line\n' };
const write = { id: 'toolu_1', tool: 'write_file', input: file };
const read = { id: 'toolu_1', tool: 'list_files', input: {} };

test('a reload in the middle of an answer: the call is made again and the run completes', async ({
	app,
	fault,
}) => {
	const held = new HeldAnswer('Half of a thought');
	fault.answer(held.answer).always(says('All is well.'));
	const run = await runOn(app, fault, { prompt });
	await run.says('Half of a thought');
	await run.log.hasStreamed();
	await app.page.reload();
	await run.is('Completed');
	await run.says('All is well.');
	await run.says('Interrupted');
	expect(await run.log.kinds()).toEqual([
		'created',
		'prompt',
		'lease-taken',
		'turn-started',
		'lease-taken',
		'turn-started',
		'text',
		'turn-ended',
		'ended',
	]);
	expect(fault.calls).toHaveLength(2);
	await run.log.expectNothingTwice();
});

test('a tab killed in the middle of an answer: another one, opened later, takes the run up', async ({
	app,
	fault,
}) => {
	const held = new HeldAnswer('Half of a thought');
	fault.answer(held.answer).always(says('All is well.'));
	const run = await runOn(app, fault, { prompt });
	await run.log.hasStreamed();
	await app.page.close();
	const later = await run.openOn(await app.context.newPage());
	await later.is('Completed');
	await later.says('All is well.');
	expect(fault.calls).toHaveLength(2);
	await later.log.expectNothingTwice();
});

test('two tabs, the running one closed: the other takes over within seconds and nothing is done twice', async ({
	app,
	fault,
}) => {
	const held = new HeldAnswer('Half of a thought');
	fault.answer(callsTools(read), held.answer).always(says('All is well.'));
	const run = await runOn(app, fault, { prompt });
	const other = await run.openOn(await app.context.newPage());
	// Text that streams reaches the tab that does not run it, too.
	await other.says('Half of a thought');
	const closedAt = Date.now();
	await app.page.close();
	await other.is('Completed');
	await other.says('All is well.');
	const leases = await other.log.of('lease-taken');
	expect(leases.map(({ epoch }) => epoch)).toEqual([1, 2]);
	expect((leases.at(-1)?.at ?? 0) - closedAt).toBeLessThan(5_000);
	expect(fault.calls).toHaveLength(3);
	await other.log.expectNothingTwice();
});

test('a tab that only watches may be closed: the run goes on where it runs', async ({
	app,
	fault,
}) => {
	const held = new HeldAnswer('Half of a thought', ' and the rest.');
	fault.answer(held.answer);
	const run = await runOn(app, fault, { prompt });
	const other = await run.openOn(await app.context.newPage());
	await other.says('Half of a thought');
	await other.page.close();
	held.release();
	await run.is('Completed');
	await run.says('Half of a thought and the rest.');
	expect(fault.calls).toHaveLength(1);
	await run.log.expectNothingTwice();
});

test('a tab killed while the run waits for permission: the request is there again and counts once', async ({
	app,
	fault,
}) => {
	fault.answer(callsTools(write)).always(says('All is well.'));
	const run = await runOn(app, fault, { prompt });
	await run.is('Waiting permission');
	await app.page.close();
	const later = await run.openOn(await app.context.newPage());
	await later.is('Waiting permission');
	await later.allowOnce();
	await later.is('Completed');
	expect(fault.calls).toHaveLength(2);
	expect(await later.log.of('permission-requested')).toHaveLength(1);
	expect(await later.log.of('tool-started')).toHaveLength(1);
	await later.log.expectNothingTwice();
});

test('a wait for a rate limit survives a reload: the time is the same, and nobody calls before', async ({
	app,
	fault,
}) => {
	fault
		.answer(refusesWith(429, 'rate_limit_error', 'Slow down', { 'retry-after': '1800' }))
		.always(says('All is well.'));
	const run = await runOn(app, fault, { prompt });
	await run.is('Waiting', /Rate-limited until \d/);
	const before = await run.log.events();
	await app.page.reload();
	await run.is('Waiting', /Rate-limited until \d/);
	await run.press('Pause');
	await run.is('Waiting', 'Paused by you');
	await run.press('Continue');
	await run.is('Completed');
	expect((await run.log.events()).slice(0, before.length)).toEqual(before);
	expect(fault.calls).toHaveLength(2);
	await run.log.expectNothingTwice();
});

test('an answer that comes slowly is read as it comes, in every tab, and is whole at the end', async ({
	app,
	fault,
}) => {
	const words = Array.from({ length: 40 }, (_, i) => `word${i} `);
	fault.answer(speaksSlowly(words, 50));
	const run = await runOn(app, fault, { prompt });
	await run.says('word3');
	await run.is('Running');
	const other = await run.openOn(await app.context.newPage());
	await other.is('Completed');
	await other.says(words.join('').trim());
	await run.says(words.join('').trim());
	expect((await run.log.of('text')).map(({ text }) => text)).toEqual([words.join('')]);
	// The pieces it was saved in on the way are gone.
	expect(await run.log.of('part-delta')).toEqual([]);
});

test('a permission decided in both of two tabs counts once', async ({ app, fault }) => {
	fault.answer(callsTools(write)).always(says('All is well.'));
	const run = await runOn(app, fault, { prompt });
	const other = await run.openOn(await app.context.newPage());
	await other.is('Waiting permission');
	// The slower one may find its button gone: then it was told in time.
	const presses = await Promise.allSettled([run.allowOnce(5_000), other.allowOnce(5_000)]);
	expect(presses.map(({ status }) => status)).toContain('fulfilled');
	await run.is('Completed');
	await other.is('Completed');
	expect(await run.log.of('permission-decided')).toHaveLength(1);
	expect(await run.log.of('tool-started')).toHaveLength(1);
	expect(await run.log.of('tool-result')).toHaveLength(1);
});

test.describe('cut off between the start of a tool and its result', () => {
	/** Runs to its end, then takes back what was written after the tool had begun, as if it never happened. */
	async function cutRun(app: Parameters<typeof runOn>[0], fault: Parameters<typeof runOn>[1]) {
		const run = await runOn(app, fault, { prompt, permissions: 'Approve everything' });
		await run.is('Completed');
		await app.page.close();
		const bare = await barePage(app.context);
		await cutLogAfter(bare, run.id, 'tool-started');
		expect((await new StoredLog(bare, run.id).kinds()).at(-1)).toBe('tool-started');
		const page = await app.context.newPage();
		const later = new Run(page, run.id);
		await later.open();
		return later;
	}

	test('a tool that only reads runs again by itself', async ({ app, fault }) => {
		fault.answer(callsTools(read)).always(says('All is well.'));
		const run = await cutRun(app, fault);
		await run.is('Completed');
		expect(await run.log.of('tool-started')).toHaveLength(2);
		expect(await run.log.of('tool-result')).toHaveLength(1);
		await run.log.expectNothingTwice();
	});

	test('a tool that changes something waits for a person, and runs again when told to', async ({
		app,
		fault,
	}) => {
		fault.answer(callsTools(write)).always(says('All is well.'));
		const run = await cutRun(app, fault);
		await run.is('Waiting', /Interrupted while running write_file: run it again or skip/);
		await run.card('Interrupted while running write_file').waitFor();
		expect(fault.calls).toHaveLength(2);
		await run.press('Run it again');
		await run.is('Completed');
		expect(await run.log.of('tool-result')).toMatchObject([{ isError: false }]);
		await run.log.expectNothingTwice();
	});

	test('a tool that changes something may be skipped: the model is told, and nothing was written', async ({
		app,
		fault,
	}) => {
		fault.answer(callsTools(write)).always(says('All is well.'));
		const run = await cutRun(app, fault);
		await run.press('Skip it');
		await run.is('Completed');
		const [result, ...others] = await run.log.of('tool-result');
		expect(others).toEqual([]);
		expect(result).toMatchObject({ isError: true });
		expect(result?.content).toContain('the person chose not to run it again');
		expect(result?.files).toBeUndefined();
		await run.log.expectNothingTwice();
	});
});
