import { expect, test } from 'vitest';
import { hiddenIn, previewOf, undoOf } from './request';

const files = new Map([['a.ts', 'one\n']]);

test('a write to a file that exists shows both versions, and the old one stays', () => {
	const preview = previewOf('write_file', { path: 'a.ts', content: 'two\n' }, files);
	expect(preview).toEqual({ is: 'file', path: 'a.ts', before: 'one\n', after: 'two\n' });
	expect(undoOf('write_file', preview)).toBe('The version before stays in Files');
});

test('an edit that would not work says why', () => {
	const input = { path: 'a.ts', old_string: 'three', new_string: 'four' };
	const preview = previewOf('edit_file', input, files);
	expect(preview.is).toBe('problem');
	expect(undoOf('edit_file', preview)).toBe('Nothing is written');
});

test('a tool we know nothing of shows its input and promises nothing', () => {
	const preview = previewOf('send_mail', { to: 'x' }, files);
	expect(preview).toEqual({ is: 'input' });
	expect(undoOf('send_mail', preview)).toBe('Muster cannot undo what this tool does');
});

test('hidden characters are found wherever they stand in an input', () => {
	const input = { path: 'a\u202e.ts', more: [{ 'ke\u200by': 'x\u200b\u200b' }] };
	expect(hiddenIn(input)).toEqual([
		{ name: 'Right-to-left override', count: 1 },
		{ name: 'Zero width space', count: 3 },
	]);
	expect(hiddenIn({ path: 'a.ts', content: 'plain\n' })).toEqual([]);
});
