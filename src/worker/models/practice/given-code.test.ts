import { expect, test } from 'vitest';
import { codeOf } from './given-code';
import { readScene } from './scene';
import { workOf } from './work';

function codeAnswered(answer: string): string | undefined {
	const input = { questions: [{ text: 'Which code?', type: 'text', required: true }] };
	const scene = readScene({
		system: 'You review code.',
		tools: [{ name: 'ask_user' }],
		messages: [
			{ role: 'user', content: 'Have a look' },
			{ role: 'assistant', content: [{ type: 'tool_use', id: 'q', name: 'ask_user', input }] },
			{
				role: 'user',
				content: [
					{
						type: 'tool_result',
						tool_use_id: 'q',
						content: `Question: Which code?\nAnswer: ${answer}`,
					},
				],
			},
		],
	});
	return codeOf(workOf(scene))?.text.trim();
}

test('code given as an answer, without a fence, is the code to review', () => {
	const code = 'function f(a){return a==1}';
	expect(codeAnswered(code)).toBe(code);
});

test('a sentence with a semicolon is no code', () => {
	expect(codeAnswered('All of it; please begin with the upload')).toBeUndefined();
});
