import { callsTools, says } from '../fakes/fault-server';
import { expect, runOn, test } from './support/engine';

const prompt = 'Look after the notes';

test('half an answer to a question is there again after a reload, and gone once it is given', async ({
	app,
	fault,
}) => {
	const question = {
		text: 'Which one?',
		type: 'multiple',
		options: [{ label: 'A' }, { label: 'B' }],
	};
	const ask = (id: string) => ({ id, tool: 'ask_user', input: { questions: [question] } });
	fault.answer(callsTools(ask('toolu_1')), callsTools(ask('toolu_2'))).always(says('All is well.'));
	const run = await runOn(app, fault, { prompt });
	const other = run.questions.getByPlaceholder('And in other words');
	await run.questions.getByLabel('B', { exact: true }).check();
	await other.fill('because half');
	await app.page.reload();
	await expect(run.questions.getByLabel('B', { exact: true })).toBeChecked();
	await expect(other).toHaveValue('because half');

	await run.questions.getByRole('button', { name: 'Answer' }).click();
	// The same question once more is another call.
	await expect(other).toHaveValue('');
	await expect(run.questions.getByLabel('B', { exact: true })).not.toBeChecked();
});

test('an edit of a request is there again after another screen and a reload', async ({
	app,
	fault,
}) => {
	const input = { path: 'notes.md', content: 'One\n' };
	fault
		.answer(callsTools({ id: 'toolu_1', tool: 'write_file', input }))
		.always(says('All is well.'));
	const run = await runOn(app, fault, { prompt });
	await run.press('Edit before allowing');
	const editor = run.thread.getByLabel('Content to write');
	await editor.fill('My long edit\n');
	await app.page.getByRole('link', { name: 'Agents' }).first().click();
	await run.open();
	await expect(editor).toHaveValue('My long edit\n');
	await app.page.reload();
	await expect(editor).toHaveValue('My long edit\n');

	await run.press(/^Allow once as edited/);
	await run.is('Completed');
	const told = JSON.stringify(fault.calls[1]?.body.messages.at(-1));
	expect(told).toContain('The person changed the input before allowing this call.');
	const [started] = await run.log.of('tool-started');
	expect(started?.input).toMatchObject({ content: 'My long edit\n' });
});
