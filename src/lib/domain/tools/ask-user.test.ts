import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../json';
import type { Question } from '../question';
import { answerProblems, answersToText } from './answers';
import { parseQuestions } from './ask-user';

const storage: Question = {
	id: 'db',
	text: 'Which database?',
	type: 'single',
	options: [{ label: 'Postgres' }, { label: 'SQLite', description: 'One file' }],
	required: true,
};
const extras: Question = { ...storage, id: 'more', type: 'multiple', required: false };
const note: Question = { ...storage, id: 'note', type: 'text', options: [] };

describe('the questions of a call', () => {
	it('get ids of their own, and are required unless said otherwise', () => {
		const input: JsonValue = {
			questions: [
				{ text: 'Name?', type: 'text' },
				{ id: 'q1', text: 'Colour?', type: 'single', options: [{ label: 'Red' }], required: false },
			],
		};
		expect(parseQuestions(input)).toEqual([
			{ id: 'q1', text: 'Name?', type: 'text', options: [], required: true },
			{ id: 'q1-2', text: 'Colour?', type: 'single', options: [{ label: 'Red' }], required: false },
		]);
	});

	it('a choice without options becomes a question for text', () => {
		expect(parseQuestions({ questions: [{ text: 'Which?', type: 'single' }] })[0]?.type).toBe(
			'text',
		);
	});

	it('an option that is there twice counts once', () => {
		const options = [{ label: 'a' }, { label: 'a' }, 'b'];
		const [question] = parseQuestions({ questions: [{ text: '?', type: 'multiple', options }] });
		expect(question?.options).toEqual([{ label: 'a' }, { label: 'b' }]);
	});

	it('are at most four, each with an id of its own, whatever the input', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.oneof(
						fc.jsonValue(),
						fc.record({ id: fc.constantFrom('a', 'q1', ''), text: fc.string() }),
					),
				),
				(questions) => {
					const parsed = parseQuestions({ questions: questions as JsonValue });
					expect(parsed.length).toBeLessThanOrEqual(4);
					expect(new Set(parsed.map((question) => question.id)).size).toBe(parsed.length);
				},
			),
		);
	});
});

describe('a complete answer', () => {
	it.each([
		['one choice', storage, { chosen: ['SQLite'], text: null }],
		['own words in place of a choice', storage, { chosen: null, text: 'MariaDB' }],
		['nothing where it may be skipped', extras, { chosen: null, text: null }],
		['several choices', extras, { chosen: ['Postgres', 'SQLite'], text: null }],
		['text', note, { chosen: null, text: 'Fine' }],
	])('%s', (_, question, answer) => {
		expect(answerProblems([question], [{ id: question.id, ...answer }])).toEqual([]);
	});

	it.each([
		['nothing', storage, { chosen: [], text: ' ' }, 'Choose an answer or write your own'],
		['nothing', note, { chosen: null, text: '' }, 'This needs an answer'],
		[
			'two choices of one',
			storage,
			{ chosen: ['Postgres', 'SQLite'], text: null },
			'Choose one answer only',
		],
		[
			'a choice that was not offered',
			extras,
			{ chosen: ['Oracle'], text: null },
			'"Oracle" is not one of the choices',
		],
		[
			'a choice made twice',
			extras,
			{ chosen: ['SQLite', 'SQLite'], text: null },
			'The same choice is there twice',
		],
		['choices for text', note, { chosen: ['x'], text: null }, 'This question takes text'],
		[
			'far too much',
			note,
			{ chosen: null, text: 'x'.repeat(20_001) },
			'Keep it under 20,000 characters',
		],
	])('is not %s', (_, question, answer, message) => {
		expect(answerProblems([question], [{ id: question.id, ...answer }])).toEqual([
			{ id: question.id, message },
		]);
	});

	it('skipping everything is complete only where nothing is required', () => {
		expect(answerProblems([extras], null)).toEqual([]);
		expect(answerProblems([extras, storage], null)).toHaveLength(1);
	});
});

it('the model reads each question with its answer', () => {
	expect(
		answersToText([storage, extras], [{ id: 'db', chosen: ['SQLite'], text: 'but with WAL' }]),
	).toBe(
		'Question: Which database?\nAnswer: SQLite; but with WAL\n\n' +
			'Question: Which database?\nAnswer: (skipped: use your best judgement)',
	);
	expect(answersToText([storage], null)).toContain('skipped the questions');
});
