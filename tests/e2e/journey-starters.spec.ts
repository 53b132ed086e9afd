/** The starter agents, each from the first screen to the end of a run. */
import { unzipSync } from 'fflate';
import { expect, test } from './support/app';
import { code, downloaded, fast, practiceRun } from './support/practice';

test('the research assistant asks, writes with an edit of yours, and ends with a result that fits its schema', async ({
	app,
}) => {
	const run = await practiceRun(app, {
		agent: 'Research Assistant',
		prompt: `Which battery chemistry suits a garden lamp?\n${fast}`,
	});
	await run.is('Waiting', 'What matters most to you');
	const { questions } = run;
	// A required question holds the answers back, an optional one does not.
	await questions.getByRole('button', { name: 'Send answers' }).click();
	await expect(questions.getByRole('alert')).toHaveText(/answer/i);
	await questions.getByRole('radio').first().check();
	await questions.getByRole('button', { name: 'Send answers' }).click();

	const write = run.request('write_file');
	await expect(write).toBeVisible();
	await write.getByRole('button', { name: 'Edit before allowing' }).click();
	await write.getByLabel('Content to write').fill('# Lamps\n\nWritten by a person.\n');
	await write.getByRole('button', { name: 'Allow once as edited' }).click();
	await run.is('Completed');
	await run.says(/Allowed once on .*, with an edited input/);

	await run.tab('Output').click();
	await run.says('Fits the schema');
	await expect(run.thread.getByText('openQuestions')).toBeVisible();
	await run.thread.getByRole('radio', { name: 'Raw' }).check({ force: true });
	await expect(run.thread.locator('pre').first()).toContainText('"summary":');
	await app.context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await run.thread.getByRole('button', { name: 'Copy', exact: true }).first().click();
	const file = await downloaded(run.thread.getByRole('button', { name: 'Download' }));
	expect(file.name).toMatch(/^which-battery-.*\.json$/);
	const saved = JSON.parse(file.bytes.toString()) as { findings: unknown[] };
	expect(saved.findings.length).toBeGreaterThan(0);
	await expect
		.poll(async () => JSON.parse(await app.page.evaluate(() => navigator.clipboard.readText())))
		.toEqual(saved);

	await run.tab('Files').click();
	await run.says('Written by a person.');
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('the code reviewer waits for you at every change: by mouse, by key, and takes no for an answer', async ({
	app,
}) => {
	const run = await practiceRun(app, { prompt: `Review this:\n\n${code}\n\n${fast}` });
	await run.request('write_file').getByRole('button', { name: 'Allow once' }).click();

	const first = run.request('edit_file');
	await expect(first).toContainText('i < items.length');
	await first.focus();
	await expect(first.locator('.fresh')).toHaveCount(0);
	await app.page.keyboard.press('a');
	await run.log.has('permission-decided', 2);

	const second = run.request('edit_file');
	await expect(second).toContainText('===');
	await second.getByRole('button', { name: 'Deny with a message' }).click();
	await second
		.getByLabel('What should the agent do instead?')
		.fill('Zero and the empty text are meant');
	await second.getByRole('button', { name: 'Deny with this message' }).click();
	await run.is('Completed');
	await run.says(/Denied on .*: “Zero and the empty text are meant”/);
	const decisions = (await run.log.of('permission-decided')).map(({ decision }) => decision);
	expect(decisions).toEqual(['allow-once', 'allow-once', 'deny']);
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('the release notes writer leaves files: versions, their difference, and all of them as a zip', async ({
	app,
}) => {
	const run = await practiceRun(app, {
		agent: 'Release Notes Writer',
		prompt: `Notes for 1.2:\n- fix crash on start\n- add dark mode\n${fast}`,
	});
	await run.questions.getByRole('radio', { name: /^Users/ }).check();
	await run.questions.getByRole('textbox').last().fill('They dislike jargon');
	await run.questions.getByRole('button', { name: 'Send answers' }).click();
	await run.is('Completed');
	await run.says('They dislike jargon');
	expect(await run.log.of('permission-requested')).toEqual([]);

	await run.tab('Files').click();
	await run.says('Added');
	await run.thread.getByLabel('Compare with').selectOption({ index: 1 });
	await expect(run.thread.getByText(/not read again yet/)).toBeVisible();
	await expect(run.thread.getByText(/wording checked/)).toBeVisible();
	const zip = await downloaded(run.thread.getByRole('button', { name: 'Download all' }));
	expect(zip.name).toMatch(/\.zip$/);
	const [[path, bytes] = ['', new Uint8Array()], ...others] = Object.entries(
		unzipSync(new Uint8Array(zip.bytes)),
	);
	expect(path).toBe('release-notes/1.2.md');
	expect(others).toEqual([]);
	expect(new TextDecoder().decode(bytes)).toContain('Add dark mode');
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('bug triage takes a form, lets its questions be skipped, and grades the bug', async ({
	app,
}) => {
	const run = await practiceRun(app, {
		agent: 'Bug Triage',
		form: {
			'What is wrong': 'Export loses rows',
			'What happened': 'I exported a table. The file lost all rows after 10,000: data loss.',
			'How often (optional)': 'every time',
		},
		prompt: fast,
	});
	await run.questions.getByRole('button', { name: 'Skip' }).click();
	await run.is('Completed');
	await run.says(/^Skipped on /);
	await run.tab('Output').click();
	await run.says('Fits the schema');
	await expect(run.thread.getByText('critical', { exact: true })).toBeVisible();
	await run.tab('Activity').click();
	await run.says(/Completed/);
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});
