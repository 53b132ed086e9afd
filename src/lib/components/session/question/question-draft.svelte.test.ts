import { expect, test } from 'vitest';
import type { Question } from '$lib/domain/question';
import { QuestionDraft } from './question-draft.svelte';

const ask = (type: Question['type']): Question => ({
	id: 'q',
	text: 'How?',
	type,
	options: [{ label: 'An overview' }, { label: 'In depth' }],
	required: true,
});

test('one choice or other words: the later of the two is the answer', () => {
	const question = ask('single');
	const draft = new QuestionDraft([question]);
	draft.choose(question, 'An overview', true);
	draft.write(question, 'cost');
	expect(draft.answers).toEqual([{ id: 'q', chosen: null, text: 'cost' }]);
	draft.choose(question, 'In depth', true);
	expect(draft.answers).toEqual([{ id: 'q', chosen: ['In depth'], text: null }]);
});

test('words stand beside several choices', () => {
	const question = ask('multiple');
	const draft = new QuestionDraft([question]);
	draft.choose(question, 'An overview', true);
	draft.write(question, 'cost');
	expect(draft.answers).toEqual([{ id: 'q', chosen: ['An overview'], text: 'cost' }]);
});
