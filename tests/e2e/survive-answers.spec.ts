import { callsTools, cutInToolCall, neverStops, says, type SentBody } from '../fakes/fault-server';
import { messageFrames, streamOf, toolBlock } from '../fakes/messages-server';
import { expect, runOn, test } from './support/engine';

const prompt = 'Look after the notes';
const file = { path: 'notes.md', content: 'One line\n' };
const write = { id: 'toolu_1', tool: 'write_file', input: file };

/** What the model was told about its tool calls. */
function toldResults(body: SentBody | undefined): { content: string; isError: boolean }[] {
	const last = body?.messages.at(-1)?.content;
	if (!Array.isArray(last)) return [];
	return (last as { type: string; content: unknown; is_error?: boolean }[])
		.filter(({ type }) => type === 'tool_result')
		.map(({ content, is_error }) => ({
			content: typeof content === 'string' ? content : JSON.stringify(content),
			isError: is_error ?? false,
		}));
}

test('a tool call that the output limit cut off is not run; Continue goes on', async ({
	app,
	fault,
}) => {
	fault.answer(cutInToolCall(write)).always(says('All is well.'));
	const run = await runOn(app, fault, { prompt, permissions: 'Approve everything' });
	await run.is('Waiting', /cut off at the output limit/);
	expect(await run.log.of('tool-started')).toEqual([]);
	expect((await run.log.of('held')).map(({ code }) => code)).toEqual(['output-limit']);

	await run
		.card(/cut off at the output limit/)
		.getByRole('button', { name: 'Continue' })
		.click();
	await run.is('Completed');
	await run.says('All is well.');
	const sent = fault.calls[1]?.body.messages ?? [];
	expect(sent.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
	expect(JSON.stringify(sent)).not.toContain('tool_use');
	await run.log.expectNothingTwice();
});

test('a refusal fails the run with the model’s own reason and says what to do', async ({
	app,
	fault,
}) => {
	const stop_details = { type: 'refusal', explanation: 'This touches a policy' };
	fault
		.answer(says('I would rather not.', { stop_reason: 'refusal', stop_details }))
		.always(says('All is well.'));
	const run = await runOn(app, fault, { prompt });
	await run.is('Failed', /The model declined to answer: This touches a policy/);
	await run.says(/Put the request in other words/);

	await run.press('Retry the failed step');
	await run.is('Completed');
	// A refused answer is asked for again, not argued with.
	expect(fault.calls[1]?.body.messages).toEqual(fault.calls[0]?.body.messages);
});

test('a paused turn is sent back unchanged and goes on by itself', async ({ app, fault }) => {
	fault
		.answer(says('Still searching.', { stop_reason: 'pause_turn' }))
		.always(says('All is well.'));
	const run = await runOn(app, fault, { prompt });
	await run.is('Completed');
	const sent = fault.calls[1]?.body.messages ?? [];
	expect(sent.map(({ role }) => role)).toEqual(['user', 'assistant']);
	expect(sent[1]?.content).toMatchObject([{ type: 'text', text: 'Still searching.' }]);
});

test('an unknown reason to stop is named, and nothing goes on without a person', async ({
	app,
	fault,
}) => {
	fault.answer(says('Hm.', { stop_reason: 'tea_break' })).always(says('All is well.'));
	const run = await runOn(app, fault, { prompt });
	await run.is('Waiting', /stopped for a reason Muster does not know \(tea_break\)/);
	expect(fault.calls).toHaveLength(1);
	await run
		.card(/tea_break/)
		.getByRole('button', { name: 'Continue' })
		.click();
	await run.is('Completed');
});

test('a tool nobody offered, and input that breaks a schema, go back to the model as errors', async ({
	app,
	fault,
}) => {
	fault
		.answer(
			callsTools(
				{ id: 'toolu_1', tool: 'launch_rocket', input: { now: true } },
				{ id: 'toolu_2', tool: 'write_file', input: { path: 7, extra: 'x' } },
			),
		)
		.always(says('All is well.'));
	const run = await runOn(app, fault, { prompt });
	await run.is('Completed');
	const [unknown, unfit] = toldResults(fault.calls[1]?.body);
	expect(unknown).toMatchObject({ isError: true });
	expect(unknown?.content).toContain('There is no tool named "launch_rocket"');
	expect(unfit).toMatchObject({ isError: true });
	expect(unfit?.content).toContain('does not fit the tool');
	expect(await run.log.of('tool-started')).toEqual([]);
	expect(await run.log.of('permission-requested')).toEqual([]);
	await run.log.expectNothingTwice();
});

test('a model that never stops calling tools is stopped at the limit of turns; Continue gives as many again', async ({
	app,
	fault,
}) => {
	test.slow();
	fault.always(neverStops('list_files', {}));
	const run = await runOn(app, fault, { prompt });
	await run.log.has('created');
	const limit = (await run.log.of('created'))[0]?.settings.maxTurns ?? 0;
	await expect.poll(() => fault.calls.length, { timeout: 60_000 }).toBe(limit);
	await run.is('Waiting', `Reached the limit of ${limit} turns`);
	expect(fault.calls).toHaveLength(limit);
	expect((await run.log.of('held')).map(({ code }) => code)).toEqual(['max-turns']);

	fault.always(says('All is well.'));
	await run
		.card(/Reached the limit/)
		.getByRole('button', { name: 'Continue' })
		.click();
	await run.is('Completed');
	expect(fault.calls).toHaveLength(limit + 1);
	await run.log.expectNothingTwice();
});

test('input nested thousands of levels deep goes back to the model as an error', async ({
	app,
	fault,
}) => {
	const json = `{"path":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
	fault
		.answer(streamOf(messageFrames([toolBlock('toolu_1', 'write_file', json)], asks)))
		.always(says('All is well.'));
	const run = await runOn(app, fault, { prompt });
	await run.is('Completed');
	const [result] = toldResults(fault.calls[1]?.body);
	expect(result).toMatchObject({ isError: true });
	expect(result?.content).toContain('nested deeper than 200 levels');
	expect(fault.calls).toHaveLength(2);
	await run.log.expectNothingTwice();
});

const asks = { stop_reason: 'tool_use' };
