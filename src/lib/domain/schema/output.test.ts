import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../json';
import { tooDeep } from '../json-depth';
import { parseOutput } from './output';

const schema = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] };

describe('finding the result in an answer', () => {
	it.each([
		['the whole answer', '{"n":1}'],
		['a fenced block', 'Here it is:\n```json\n{"n":1}\n```\nDone.'],
		['the last of several blocks', '```json\n{"n":0}\n```\nBetter:\n```json\n{"n":1}\n```'],
		['a block that is not closed', 'Here:\n```json\n{"n":1}'],
		['the outermost object', 'The result is {"n":1}, as asked.'],
		['an object inside prose with brackets', 'See [1]. {"n":1}'],
	])('%s', (_, text) => {
		expect(parseOutput(text, schema)).toEqual({ value: { n: 1 }, problems: [] });
	});

	it('a value that does not fit is still there, with its problems', () => {
		expect(parseOutput('{"n":"1"}', schema)).toEqual({
			value: { n: '1' },
			problems: [{ at: '/n', message: 'must be a number, but is a string' }],
		});
	});

	it('a number that JSON cannot say again is a problem', () => {
		expect(parseOutput('{"n":1e400}', schema).problems).toEqual([
			{ at: '', message: 'holds a number that is too large' },
		]);
	});

	it.each([
		[`{"n":${'['.repeat(3_000)}${']'.repeat(3_000)}}`, `The JSON in the answer is ${tooDeep}.`],
		['', 'The answer is empty.'],
		['All done.', 'The answer contains no JSON.'],
		['{"n": }', 'The JSON in the answer is broken: A value is missing before }'],
		['{"n": 1', 'The JSON in the answer is broken: A , or a } is missing.'],
	])('%j: %s', (text, message) => {
		expect(parseOutput(text, schema)).toEqual({ problems: [{ at: '', message }] });
	});

	it('finds any value again, however it is wrapped', () => {
		const wrap = fc.constantFrom(
			(json: string) => json,
			(json: string) => `Sure!\n\n\`\`\`json\n${json}\n\`\`\`\n`,
			(json: string) => `Result: ${json} — that is all`,
		);
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), wrap, (value, wrapped) => {
				const text = JSON.stringify(value);
				expect(parseOutput(wrapped(text), {}).value).toEqual(JSON.parse(text) as JsonValue);
			}),
		);
	});
});
