import { expect, test } from 'vitest';
import type { JsonValue } from '$lib/domain/json';
import { hiddenIn, previewOf, undoOf, type HiddenCount } from './request';

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

/** All of it, without pauses. */
function allHidden(input: JsonValue): HiddenCount[] {
	const search = hiddenIn(input);
	for (;;) {
		const { done, value } = search.next();
		if (done) return value;
	}
}

test('hidden characters are found wherever they stand in an input', () => {
	const input = { path: 'a\u202e.ts', more: [{ 'ke\u200by': 'x\u200b\u200b' }] };
	expect(allHidden(input)).toEqual([
		{ name: 'Right-to-left override', count: 1 },
		{ name: 'Zero width space', count: 3 },
	]);
	expect(allHidden({ path: 'a.ts', content: 'plain\n' })).toEqual([]);
});

test('a long input is looked through in bites, and to its end', () => {
	const search = hiddenIn({ content: `${'a'.repeat(250_000)}\u200b` });
	expect(search.next()).toEqual({ done: false, value: [] });
	expect(allHidden({ content: `${'a'.repeat(250_000)}\u200b` })).toEqual([
		{ name: 'Zero width space', count: 1 },
	]);
});
