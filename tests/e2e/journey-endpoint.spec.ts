/** The same journey over HTTP, against a compatible endpoint set up on the first screen. */
import { readFile } from 'node:fs/promises';
import type { LLMock } from '@copilotkit/aimock';
import { expect, test } from './support/app';
import { connectEndpoint } from './support/connections';
import { startRun } from './support/runs';

const KEY = 'sk-test-0123456789abcdef';
const ask = {
	questions: [
		{
			id: 'parts',
			text: 'Which parts?',
			type: 'multiple',
			options: [{ label: 'Code' }, { label: 'Tests' }, { label: 'Docs' }],
			required: true,
		},
		{ id: 'tone', text: 'In which tone?', type: 'text', required: false },
	],
};
const file = { path: 'notes.md', content: '# Notes\n' };
const triaged = {
	question: 'What should the notes say?',
	summary: 'They should say what changed.',
	findings: [],
	assumptions: ['There are readers'],
	openQuestions: [],
};

function scripted(mock: LLMock): void {
	mock
		.on({ toolCallId: 'toolu_write' }, { content: JSON.stringify(triaged) })
		.on(
			{ toolCallId: 'toolu_ask' },
			{
				content: 'I write them down.',
				toolCalls: [{ id: 'toolu_write', name: 'write_file', arguments: JSON.stringify(file) }],
			},
		)
		.on(
			{ userMessage: /notes/, model: 'house-model' },
			{
				content: 'Before I begin, **two** questions.',
				toolCalls: [{ id: 'toolu_ask', name: 'ask_user', arguments: JSON.stringify(ask) }],
			},
		);
}

test('an endpoint that lists its models: question with several answers, permission, structured output', async ({
	app,
	aimock,
}) => {
	scripted(aimock);
	await app.open('/');
	await connectEndpoint(app.page, { url: aimock.url, key: KEY, sentAs: 'x-api-key' });
	const run = await startRun(app.page, { agent: 'Research Assistant', prompt: 'Plan the notes' });
	await run.questions.getByRole('checkbox', { name: 'Code' }).check();
	await run.questions.getByRole('checkbox', { name: 'Docs' }).check();
	await run.questions.getByRole('button', { name: 'Send answers' }).click();
	await run.request('write_file').getByRole('button', { name: 'Allow once' }).click();
	await run.is('Completed');
	await run.says('Code, Docs');
	await run.tab('Output').click();
	await run.says('Fits the schema');
	await run.says('They should say what changed.');
	await run.tab('Files').click();
	await run.says('Notes');

	const sent = aimock.getRequests().filter(({ path }) => path.startsWith('/v1/messages'));
	expect(sent).toHaveLength(3);
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('an export of a run holds what happened, and no key', async ({ app, aimock }) => {
	aimock.on({ model: 'house-model' }, { content: 'All is well.' });
	await app.open('/');
	await connectEndpoint(app.page, { url: aimock.url, key: KEY, sentAs: 'x-api-key' });
	const run = await startRun(app.page, { prompt: 'Say that all is well' });
	await run.is('Completed');
	const download = app.page.waitForEvent('download');
	await run.choose('More for this run', 'Export as JSON');
	const path = await (await download).path();
	const text = await readFile(path, 'utf8');
	const { events } = JSON.parse(text) as { events: { kind: string; text?: string }[] };
	const kinds = events.map(({ kind }) => kind).filter((kind) => kind !== 'seen');
	expect(kinds).toEqual(await run.log.kinds());
	expect(events.find(({ kind }) => kind === 'text')?.text).toBe('All is well.');
	expect(text).not.toContain(KEY);
	expect(text).not.toContain(KEY.slice(8));
});
