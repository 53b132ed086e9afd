import { expect, test } from 'vitest';
import { readScene } from './scene';

const say = (...texts: string[]) => ({
	role: 'user',
	content: texts.map((text) => ({ type: 'text', text })),
});

test('the app’s own "Continue." is no part of the task', () => {
	const { turns } = readScene({ messages: [say('Why is the sky blue?', 'Continue.')] });
	expect(turns.map(({ prompt }) => prompt)).toEqual(['Why is the sky blue?']);
});

const answer = { role: 'assistant', content: [{ type: 'text', text: 'Because.' }] };

test.each([
	['Continue.', 'finished'],
	['Go on.', 'unfinished'],
	[
		'Your last message was cut off at the output limit, and no tool call in it was run.',
		'unfinished',
	],
])('after an answer, “%s” alone lets the same turn go on', (text, goesOn) => {
	const { turns } = readScene({ messages: [say('Why?'), answer, say(text)] });
	expect(turns).toMatchObject([{ prompt: 'Why?', added: [], goesOn }]);
});

test('between tools, it adds nothing', () => {
	const call = { type: 'tool_use', id: 'c', name: 'list_files', input: {} };
	const result = { type: 'tool_result', tool_use_id: 'c', content: 'None.' };
	const { turns } = readScene({
		messages: [
			say('Why?'),
			{ role: 'assistant', content: [call] },
			{ role: 'user', content: [result, { type: 'text', text: 'Continue.' }] },
		],
	});
	expect(turns).toMatchObject([{ prompt: 'Why?', added: [], freshlyAdded: null, goesOn: null }]);
});
