import {
	callsTools,
	HeldAnswer,
	refusesWith,
	says,
	speaksSlowly,
	type Answer,
} from '../fakes/fault-server';
import { expect, runOn, test as base } from './support/engine';
import { barePage, cutLogAfter, StoredLog } from './support/idb';
import type { NewRunWish, Run } from './support/runs';

const file = { path: 'notes.md', content: 'One line\n' };
const write = { id: 'toolu_1', tool: 'write_file', input: file };
const read = { id: 'toolu_1', tool: 'list_files', input: {} };

interface Fixtures {
	/** A run in the first tab; the model gives these answers, and then says that all is well. */
	begin: (answers: Answer[], wish?: Partial<NewRunWish>) => Promise<Run>;
	/** The same run in a tab of its own. */
	inNewTab: (run: Run) => Promise<Run>;
	/** Waits until the run has completed, after so many calls of the model, with nothing done twice. */
	endsWell: (run: Run, calls: number) => Promise<void>;
	/** A run to its end; then what was written after its tool had begun is taken back, as if it never happened. */
	cut: (tool: typeof read | typeof write) => Promise<Run>;
}

const test = base.extend<Fixtures>({
	begin: async ({ app, fault }, use) => {
		await use((answers, wish) => {
			fault.answer(...answers).always(says('All is well.'));
			return runOn(app, fault, { prompt: 'Look after the notes', ...wish });
		});
	},
	inNewTab: async ({ app }, use) => {
		await use(async (run) => run.openOn(await app.context.newPage()));
	},
	endsWell: async ({ fault }, use) => {
		await use(async (run, calls) => {
			await run.is('Completed');
			expect(fault.calls).toHaveLength(calls);
			await run.log.expectNothingTwice();
		});
	},
	cut: async ({ app, begin, inNewTab }, use) => {
		await use(async (tool) => {
			const run = await begin([callsTools(tool)], { permissions: 'Approve everything' });
			await run.is('Completed');
			await app.page.close();
			const bare = await barePage(app.context);
			await cutLogAfter(bare, run.id, 'tool-started');
			expect((await new StoredLog(bare, run.id).kinds()).at(-1)).toBe('tool-started');
			return inNewTab(run);
		});
	},
});

test('a reload in the middle of an answer: the call is made again and the run completes', async ({
	app,
	begin,
	endsWell,
}) => {
	const run = await begin([new HeldAnswer('Half of a thought').answer]);
	await run.says('Half of a thought');
	await run.log.hasStreamed();
	await app.page.reload();
	await endsWell(run, 2);
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
});

test('a tab killed in the middle of an answer: another one, opened later, takes the run up', async ({
	app,
	begin,
	inNewTab,
	endsWell,
}) => {
	const run = await begin([new HeldAnswer('Half of a thought').answer]);
	await run.log.hasStreamed();
	await app.page.close();
	const later = await inNewTab(run);
	await endsWell(later, 2);
	await later.says('All is well.');
});

test('two tabs, the running one closed: the other takes over within seconds and nothing is done twice', async ({
	app,
	begin,
	inNewTab,
	endsWell,
}) => {
	const run = await begin([callsTools(read), new HeldAnswer('Half of a thought').answer]);
	const other = await inNewTab(run);
	// Text that streams reaches the tab that does not run it, too.
	await other.says('Half of a thought');
	const closedAt = Date.now();
	await app.page.close();
	await endsWell(other, 3);
	await other.says('All is well.');
	const leases = await other.log.of('lease-taken');
	expect(leases.map(({ epoch }) => epoch)).toEqual([1, 2]);
	expect((leases.at(-1)?.at ?? 0) - closedAt).toBeLessThan(5_000);
});

test('a tab that only watches may be closed: the run goes on where it runs', async ({
	begin,
	inNewTab,
	endsWell,
}) => {
	const held = new HeldAnswer('Half of a thought', ' and the rest.');
	const run = await begin([held.answer]);
	const other = await inNewTab(run);
	await other.says('Half of a thought');
	await other.page.close();
	held.release();
	await endsWell(run, 1);
	await run.says('Half of a thought and the rest.');
});

test('a tab killed while the run waits for permission: the request is there again and counts once', async ({
	app,
	begin,
	inNewTab,
	endsWell,
}) => {
	const run = await begin([callsTools(write)]);
	await run.is('Waiting permission');
	await app.page.close();
	const later = await inNewTab(run);
	await later.is('Waiting permission');
	await later.allowOnce();
	await endsWell(later, 2);
	expect(await later.log.of('permission-requested')).toHaveLength(1);
	expect(await later.log.of('tool-started')).toHaveLength(1);
});

test('a wait for a rate limit survives a reload: the time is the same, and nobody calls before', async ({
	app,
	begin,
	endsWell,
}) => {
	const limited = refusesWith(429, 'rate_limit_error', 'Slow down', { 'retry-after': '1800' });
	const run = await begin([limited]);
	await run.is('Waiting', /Rate-limited until \d/);
	const before = await run.log.events();
	await app.page.reload();
	await run.is('Waiting', /Rate-limited until \d/);
	await run.press('Pause');
	await run.is('Waiting', 'Paused by you');
	await run.enter('Continue');
	await endsWell(run, 2);
	expect((await run.log.events()).slice(0, before.length)).toEqual(before);
});

test('an answer that comes slowly is read as it comes, in every tab, and is whole at the end', async ({
	begin,
	inNewTab,
}) => {
	const words = Array.from({ length: 40 }, (_, i) => `word${i} `);
	const run = await begin([speaksSlowly(words, 50)]);
	await run.says('word3');
	await run.is('Running');
	const other = await inNewTab(run);
	await other.is('Completed');
	await other.says(words.join('').trim());
	await run.says(words.join('').trim());
	expect((await run.log.of('text')).map(({ text }) => text)).toEqual([words.join('')]);
	// The pieces it was saved in on the way are gone.
	expect(await run.log.of('part-delta')).toEqual([]);
});

test('a permission decided in both of two tabs counts once', async ({ begin, inNewTab }) => {
	const run = await begin([callsTools(write)]);
	const other = await inNewTab(run);
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
	test('a tool that only reads runs again by itself', async ({ cut, endsWell }) => {
		const run = await cut(read);
		await endsWell(run, 3);
		expect(await run.log.of('tool-started')).toHaveLength(2);
		expect(await run.log.of('tool-result')).toHaveLength(1);
	});

	test('a tool that changes something waits for a person, and runs again when told to', async ({
		cut,
		endsWell,
		fault,
	}) => {
		const run = await cut(write);
		await run.is('Waiting', /Interrupted while running write_file: run it again or skip/);
		await run.card('Interrupted while running write_file').waitFor();
		expect(fault.calls).toHaveLength(2);
		await run.press('Run it again');
		await endsWell(run, 3);
		expect(await run.log.of('tool-result')).toMatchObject([{ isError: false }]);
	});

	test('a tool that changes something may be skipped: the model is told, and nothing was written', async ({
		cut,
		endsWell,
	}) => {
		const run = await cut(write);
		await run.press('Skip it');
		await endsWell(run, 3);
		const [result, ...others] = await run.log.of('tool-result');
		expect(others).toEqual([]);
		expect(result).toMatchObject({ isError: true });
		expect(result?.content).toContain('the person chose not to run it again');
		expect(result?.files).toBeUndefined();
	});
});
