import { expect, test } from 'vitest';
import { inputProblem, linesWithHidden, requestFields } from './request-edit';

const files = new Map([['a.ts', 'one\n']]);
const edit = { path: 'a.ts', old_string: 'one', new_string: 'two' };

test('every text of a file tool can be corrected, the path too', () => {
	expect(requestFields('edit_file', edit).map(({ name }) => name)).toEqual([
		'path',
		'old_string',
		'new_string',
	]);
});

test('what is not made of those texts is edited as JSON', () => {
	expect(requestFields('read_file', { path: 'a.ts' })).toEqual([]);
	expect(requestFields('write_file', { path: 'a.ts', content: 1 })).toEqual([]);
	expect(requestFields('write_file', 'a.ts')).toEqual([]);
});

test('a corrected input is checked against the schema of its tool, then against the files', () => {
	expect(inputProblem('edit_file', edit, files)).toBeNull();
	expect(inputProblem('edit_file', { ...edit, old_string: 'three' }, files)).toContain('a.ts');
	expect(inputProblem('read_file', { path: 1 }, files)).toContain('/path');
	expect(inputProblem('read_file', [], files)).toBe('The input of a tool must be a JSON object');
});

test('the lines that hold something unseen are picked out', () => {
	expect(linesWithHidden('a\nb\u200bc\nd')).toBe('b\u200bc');
	expect(linesWithHidden('a\nb')).toBe('');
});
