import { describe, expect, it, vi } from 'vitest';
import { toolCatalogue } from '$lib/domain/tools/catalogue';
import type { JsonObject } from '$lib/domain/json';
import { noTickets } from '../../../tests/support/tickets';
import { toolFor } from './registry';

vi.setConfig({ testTimeout: 60_000 });

async function run(name: string, input: JsonObject, files: Record<string, string> = {}) {
	const tool = toolFor(name);
	if (!tool) throw new Error(`no ${name}`);
	return await tool.run(input, {
		files: new Map(Object.entries(files)),
		tickets: noTickets,
		signal: new AbortController().signal,
	});
}

it('every tool of the catalogue runs here but the one that a person answers', () => {
	const without = toolCatalogue.filter((tool) => !toolFor(tool.name)).map((tool) => tool.name);
	expect(without).toEqual(['ask_user']);
	for (const tool of toolCatalogue)
		if (tool.name !== 'ask_user') expect(toolFor(tool.name)?.definition).toBe(tool);
	expect(toolFor('rm')).toBeUndefined();
});

describe('read_file', () => {
	it('numbers the lines', async () => {
		expect(await run('read_file', { path: './a.md' }, { 'a.md': 'x\r\ny\n' })).toEqual({
			content: '1\tx\n2\ty',
		});
	});

	it('reads a part and says how to go on', async () => {
		const files = { a: '1\n2\n3\n4\n' };
		expect(await run('read_file', { path: 'a', offset: 2, limit: 2 }, files)).toEqual({
			content: '2\t2\n3\t3\n[Lines 2 to 3 of 4. Continue with offset 4.]',
		});
		expect((await run('read_file', { path: 'a', offset: 9 }, files)).isError).toBe(true);
	});

	it('says that a file is empty or missing', async () => {
		expect((await run('read_file', { path: 'a' }, { a: '' })).content).toBe('a is empty.');
		expect(await run('read_file', { path: 'b' })).toMatchObject({ isError: true });
	});

	it('gives a file of 5 MB in pieces that fit', async () => {
		const big = `${'x'.repeat(99)}\n`.repeat(50_000);
		const { content } = await run('read_file', { path: 'a' }, { a: big });
		expect(content.length).toBeLessThan(90_000);
		expect(content).toMatch(/\[Lines 1 to \d+ of 50000\. Continue with offset \d+\.\]$/);
		const one = await run('read_file', { path: 'a' }, { a: 'x'.repeat(5_000_000) });
		expect(one.content.length).toBeLessThan(20_000);
	});
});

describe('write_file and edit_file', () => {
	it('return the file as it is then', async () => {
		expect(await run('write_file', { path: 'a/b.md', content: 'x\ny\n' })).toEqual({
			content: 'Created a/b.md (2 lines, 4 characters).',
			files: [{ path: 'a/b.md', content: 'x\ny\n' }],
		});
		const edit = { path: 'a', old_string: 'x', new_string: 'y', replace_all: true };
		expect(await run('edit_file', edit, { a: 'x x' })).toEqual({
			content: 'Edited a in 2 places. It has 1 lines now.',
			files: [{ path: 'a', content: 'y y' }],
		});
	});

	it('writing what is there already makes no version', async () => {
		const outcome = await run('write_file', { path: 'a', content: 'x' }, { a: 'x' });
		expect(outcome.files).toBeUndefined();
		expect(outcome.isError).toBeUndefined();
	});

	it('a failure is a result that changes nothing', async () => {
		const outcome = await run(
			'edit_file',
			{ path: 'a', old_string: 'z', new_string: 'y' },
			{ a: 'x' },
		);
		expect(outcome).toMatchObject({ isError: true });
		expect(outcome.files).toBeUndefined();
	});
});

describe('list_files', () => {
	it('lists by name, or what matches', async () => {
		const files = { 'b.md': 'x', 'a/c.ts': 'x\ny' };
		expect((await run('list_files', {}, files)).content).toBe('a/c.ts (2 lines)\nb.md (1 lines)');
		expect((await run('list_files', { glob: '*.ts' }, files)).content).toBe('a/c.ts (2 lines)');
		expect((await run('list_files', { glob: '*.py' }, files)).content).toContain('None of the 2');
		expect((await run('list_files', {})).content).toContain('no files yet');
	});
});

describe('search_files', () => {
	const files = { 'a.md': 'One\ntwo\n  ONE more', 'b.ts': 'one' };

	it('finds text in any case, in order', async () => {
		expect((await run('search_files', { query: 'one' }, files)).content).toBe(
			'a.md:1: One\na.md:3: ONE more\nb.ts:1: one',
		);
	});

	it('can tell cases apart, search some files only, and stop', async () => {
		const exact = { query: 'one', case_sensitive: true };
		expect((await run('search_files', exact, files)).content).toBe('b.ts:1: one');
		expect((await run('search_files', { query: 'one', glob: '*.ts' }, files)).content).toBe(
			'b.ts:1: one',
		);
		expect((await run('search_files', { query: 'one', max_results: 1 }, files)).content).toBe(
			'a.md:1: One\n[Stopped at 1 matches. Narrow the query or the glob.]',
		);
		expect((await run('search_files', { query: 'xyz' }, files)).content).toContain(
			'No line matches',
		);
	});

	it('takes regular expressions, and says what is wrong with one', async () => {
		expect((await run('search_files', { query: '^t\\w+$', regex: true }, files)).content).toBe(
			'a.md:2: two',
		);
		expect(await run('search_files', { query: '(', regex: true }, files)).toMatchObject({
			isError: true,
		});
		expect(await run('search_files', { query: 'a', glob: '[' }, files)).not.toMatchObject({
			isError: true,
		});
	});

	it('survives an expression made to hang it, over 5 MB', async () => {
		const hostile = `${'a'.repeat(4_999)}!\n`.repeat(1_000);
		const query = '^(a+)+$|^(a|a)*b$|(.*a){10}c';
		await run('search_files', { query, regex: true }, { a: hostile });
	});

	it('stops when the run is cancelled', async () => {
		const stop = new AbortController();
		const found = toolFor('search_files')?.run(
			{ query: 'nothing' },
			{
				files: new Map([['a', 'x\n'.repeat(3_000_000)]]),
				tickets: noTickets,
				signal: stop.signal,
			},
		);
		stop.abort();
		await expect(found).rejects.toThrow();
	});
});

it('update_plan gives the plan', async () => {
	const items = [
		{ text: 'a', status: 'completed' },
		{ text: 'b', status: 'pending' },
	];
	expect(await run('update_plan', { items })).toEqual({
		content: 'The plan is shown: 1 of 2 steps completed.',
		plan: items,
	});
});
