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

test('alone, it asks for more', () => {
	const answer = { role: 'assistant', content: [{ type: 'text', text: 'Because.' }] };
	const { turns } = readScene({ messages: [say('Why?'), answer, say('Continue.')] });
	expect(turns.map(({ prompt }) => prompt)).toEqual(['Why?', 'Continue.']);
});
