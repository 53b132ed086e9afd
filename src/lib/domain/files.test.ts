import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { applyFileChanges, currentFiles, noFiles } from './files';
import { fileCall } from './files-change';
import { editText } from './files-edit';
import { filePath } from './files-path';
import type { FileChange, SessionEvent } from './log/event';

vi.setConfig({ testTimeout: 60_000 });

let n = 0;
function result(files: FileChange[]): SessionEvent {
	return {
		v: 1,
		id: `e${++n}`,
		sessionId: 's',
		at: n,
		by: { kind: 'agent', actor: 'main' },
		kind: 'tool-result',
		callId: 'c',
		content: '',
		isError: false,
		ms: 1,
		files,
	};
}

describe('paths', () => {
	it.each([
		['./a//b/./c.md', 'a/b/c.md'],
		['e\u0301.md', '\u00e9.md'],
		['.env', '.env'],
		['a b.txt', 'a b.txt'],
	])('%j becomes %j', (given, path) => {
		expect(filePath(given)).toEqual({ ok: true, path });
	});

	it.each([
		['', 'empty'],
		[' ', 'empty'],
		['.', 'names no file'],
		['../a', 'leaves the session files'],
		['a/../../b', 'leaves the session files'],
		['/etc/passwd', 'absolute'],
		['C:/a', 'absolute'],
		['a\\b', 'backslash'],
		['a/', 'is a folder'],
		['a\u0000b', 'control'],
		['a\u202eb', 'direction-changing'],
		['a/ b', 'space'],
		['x'.repeat(201), 'name that is too long'],
		['x/'.repeat(300) + 'x', 'too long'],
		['\ud800', 'control'],
	])('%j is refused: %s', (given, words) => {
		const checked = filePath(given);
		expect(checked.ok ? '' : checked.problem).toContain(words);
	});

	it('a path in its one form is its own form', () => {
		const messy = fc.string({
			unit: fc.constantFrom('a', '.', '/', 'é', 'e', '\u0301', ' ', '-'),
			maxLength: 20,
		});
		fc.assert(
			fc.property(messy, (given) => {
				const once = filePath(given);
				if (once.ok) expect(filePath(once.path)).toEqual(once);
			}),
		);
	});
});

describe('the fold', () => {
	it('keeps every version, and the last one is the file', () => {
		let tree = applyFileChanges(noFiles, result([{ path: 'a', content: '1' }]));
		tree = applyFileChanges(
			tree,
			result([
				{ path: 'a', content: '2' },
				{ path: 'b', content: '' },
			]),
		);
		tree = applyFileChanges(tree, result([{ path: 'a', content: null }]));
		expect(tree.get('a')?.map((version) => version.content)).toEqual(['1', '2', null]);
		expect([...currentFiles(tree)]).toEqual([['b', '']]);
	});

	it('an event without files changes nothing, and earlier trees stay as they were', () => {
		const tree = applyFileChanges(noFiles, result([{ path: 'a', content: '1' }]));
		expect(applyFileChanges(tree, result([]))).toBe(tree);
		applyFileChanges(tree, result([{ path: 'a', content: '2' }]));
		expect(tree.get('a')).toHaveLength(1);
		expect(noFiles.size).toBe(0);
	});

	it('a path that cannot be is skipped', () => {
		expect(applyFileChanges(noFiles, result([{ path: '../a', content: 'x' }])).size).toBe(0);
	});

	it('folding edits one by one gives what the edits say', () => {
		const edit = fc.record({ path: fc.constantFrom('a', 'b'), content: fc.option(fc.string()) });
		fc.assert(
			fc.property(fc.array(fc.array(edit, { maxLength: 3 })), (steps) => {
				const tree = steps.reduce((now, files) => applyFileChanges(now, result(files)), noFiles);
				const expected = withChanges(new Map(), steps.flat());
				expect(new Map(currentFiles(tree))).toEqual(expected);
			}),
		);
	});
});

describe('edits', () => {
	const edit = (text: string, oldText: string, newText: string, everywhere = false) =>
		editText('a.txt', text, { oldText, newText, everywhere });

	it('replace the one place exactly', () => {
		expect(edit('one two', 'two', '$& $1')).toEqual({ ok: true, text: 'one $& $1', places: 1 });
	});

	it('replace every place when asked', () => {
		expect(edit('a b a', 'a', 'x', true)).toEqual({ ok: true, text: 'x b x', places: 2 });
	});

	it('fit a file whose lines end with a carriage return', () => {
		expect(edit('a\r\nb\r\nc', 'a\nb', 'x\ny')).toEqual({
			ok: true,
			text: 'x\r\ny\r\nc',
			places: 1,
		});
	});

	it.each([
		['', 'x', 'old_string is empty'],
		['a', 'a', 'nothing would change'],
	])('%j to %j is no edit', (oldText, newText, words) => {
		const edited = edit('abc', oldText, newText);
		expect(edited.ok ? '' : edited.problem).toContain(words);
	});

	it('an ambiguous place is answered with the lines', () => {
		const edited = edit('x\na\nb\na\naa', 'a', 'c');
		expect(edited.ok ? '' : edited.problem).toContain('4 times (lines 2, 4, 5)');
	});

	it('stay fast in a file of 5 MB', () => {
		const line = 'e'.repeat(5_000_000);
		expect(edit(line, 'e', 'x').ok).toBe(false);
		expect(edit(line, 'not there', 'x').ok).toBe(false);
		expect(edit(line, 'e', 'xy', true)).toMatchObject({ places: 5_000_000 });
	});

	it('a place that is not there is answered with the nearest line', () => {
		const near = edit('let a = 1;\nconst total = sum(items);\n', 'const total = sum(item);', 'x');
		expect(near.ok ? '' : near.problem).toContain('nearest line is 2: const total = sum(items);');
		const spaces = edit('\tif (a) {\n', 'if (a) {\n\tb', 'x');
		expect(spaces.ok ? '' : spaces.problem).toContain('Line 1 is the same apart from spaces');
		const far = edit('abc\n', 'zzzzz', 'x');
		expect(far.ok ? '' : far.problem).toContain('No line is similar');
	});

	it('an edit of a unique place and its way back give the file again', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (before, after) => {
				const text = `${before}<here>${after}`;
				const there = edit(text, '<here>', '<there>');
				if (!there.ok || !/^[^<>]*$/.test(before + after)) return;
				expect(edit(there.text, '<there>', '<here>')).toMatchObject({ text });
			}),
		);
	});
});

describe('a call that changes files', () => {
	const files = new Map([['notes/a.md', 'hello']]);

	it('says what would be before and after', () => {
		expect(fileCall('write_file', { path: './b.md', content: 'x' }, files)).toEqual({
			ok: true,
			path: 'b.md',
			before: null,
			after: 'x',
			places: 1,
		});
		expect(
			fileCall('edit_file', { path: 'notes/a.md', old_string: 'hello', new_string: 'bye' }, files),
		).toMatchObject({ before: 'hello', after: 'bye' });
	});

	it.each([
		['edit_file', { path: 'a.md', old_string: 'a', new_string: 'b' }, 'Did you mean notes/a.md?'],
		['write_file', { path: 'notes', content: '' }, 'notes is a folder: it holds notes/a.md'],
		['write_file', { path: 'notes/a.md/b', content: '' }, 'notes/a.md is a file'],
		['write_file', { path: '../x', content: '' }, 'leaves the session files'],
		['write_file', {}, 'names no file'],
		['read_file', { path: 'x' }, 'changes no files'],
	])('%s %j: %s', (tool, input, words) => {
		const call = fileCall(tool, input as Record<string, string>, files);
		expect(call.ok ? '' : call.problem).toContain(words);
	});
});

/** Files with changes laid over them. */
function withChanges(
	files: ReadonlyMap<string, string>,
	changes: readonly FileChange[],
): Map<string, string> {
	const next = new Map(files);
	for (const { path, content } of changes) {
		if (content === null) next.delete(path);
		else next.set(path, content);
	}
	return next;
}
