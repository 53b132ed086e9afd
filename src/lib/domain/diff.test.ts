import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { lineDiff, type DiffHunk } from './diff';

vi.setConfig({ testTimeout: 60_000 });

/** Old and new text again, where the whole file is context. */
function rebuilt(hunks: DiffHunk[], side: 'oldLine' | 'newLine'): string {
	const lines = hunks.flatMap((hunk) => hunk.lines).filter((line) => line[side] !== null);
	return lines.map((line) => line.text + (line.noNewline ? '' : '\n')).join('');
}

describe('line diffs', () => {
	it('show a change with three lines around it, numbered on both sides', () => {
		const before = '1\n2\n3\n4\n5\n6\n7\n8\n9\n';
		expect(lineDiff(before, before.replace('5\n', 'five\nmore\n'))).toEqual({
			is: 'hunks',
			added: 2,
			removed: 1,
			hunks: [
				{
					oldStart: 2,
					newStart: 2,
					lines: [
						{ kind: 'same', oldLine: 2, newLine: 2, text: '2' },
						{ kind: 'same', oldLine: 3, newLine: 3, text: '3' },
						{ kind: 'same', oldLine: 4, newLine: 4, text: '4' },
						{ kind: 'removed', oldLine: 5, newLine: null, text: '5' },
						{ kind: 'added', oldLine: null, newLine: 5, text: 'five' },
						{ kind: 'added', oldLine: null, newLine: 6, text: 'more' },
						{ kind: 'same', oldLine: 6, newLine: 7, text: '6' },
						{ kind: 'same', oldLine: 7, newLine: 8, text: '7' },
						{ kind: 'same', oldLine: 8, newLine: 9, text: '8' },
					],
				},
			],
		});
	});

	it('changes far from each other stand in hunks of their own', () => {
		const before = Array.from({ length: 30 }, (_, i) => `${i}\n`).join('');
		const diff = lineDiff(before, before.replace('5\n', 'x\n').replace('20\n', 'y\n'));
		expect(diff.is === 'hunks' && diff.hunks.map((hunk) => hunk.oldStart)).toEqual([3, 18]);
	});

	it('tell a missing line break at the end', () => {
		expect(lineDiff('a\n', 'a')).toMatchObject({
			hunks: [
				{
					lines: [
						{ kind: 'removed', text: 'a' },
						{ kind: 'added', text: 'a', noNewline: true },
					],
				},
			],
		});
	});

	it('hide carriage returns only where all lines have them', () => {
		const text = (diff: ReturnType<typeof lineDiff>) =>
			diff.is === 'hunks' && diff.hunks.flatMap((hunk) => hunk.lines.map((line) => line.text));
		expect(text(lineDiff('a\r\nb\r\n', 'a\r\nc\r\n'))).toEqual(['a', 'b', 'c']);
		expect(text(lineDiff('a\r\n', 'a\n'))).toEqual(['a\r', 'a']);
	});

	it('the two texts can be read off a diff with all its context', () => {
		const text = fc
			.array(fc.constantFrom('a', 'b', 'c', '\n', '\n'), { maxLength: 60 })
			.map((c) => c.join(''));
		fc.assert(
			fc.property(text, text, fc.nat(4), (before, after, context) => {
				const diff = lineDiff(before, after, Infinity);
				if (diff.is !== 'hunks') throw new Error('small texts are compared');
				if (before === after) {
					expect(diff.hunks).toEqual([]);
					return;
				}
				expect(rebuilt(diff.hunks, 'oldLine')).toBe(before);
				expect(rebuilt(diff.hunks, 'newLine')).toBe(after);
				const narrow = lineDiff(before, after, context);
				expect(narrow).toMatchObject({ added: diff.added, removed: diff.removed });
			}),
			{ numRuns: 500 },
		);
	});

	it('5 MB are compared quickly, or said to be too large', () => {
		const lines = Array.from({ length: 100_000 }, (_, i) => `line ${i} ${'x'.repeat(40)}\n`);
		const before = lines.join('');
		expect(lineDiff(before, before.replace('line 50000', 'LINE'))).toMatchObject({
			added: 1,
			removed: 1,
		});
		expect(
			lineDiff(before, before.replace('line 1 ', 'L').replace('line 99998', 'L')),
		).toMatchObject({ added: 2, removed: 2 });
		expect(lineDiff(before, before.replaceAll('x\n', 'y\n'))).toEqual({
			is: 'too-large',
			linesBefore: 100_000,
			linesAfter: 100_000,
		});
		expect(lineDiff('x'.repeat(5_000_000), 'y'.repeat(5_000_000))).toMatchObject({
			added: 1,
			removed: 1,
		});
	});

	it('a file written anew is shown as replaced', () => {
		const text = (mark: string) =>
			Array.from({ length: 3_000 }, (_, i) => `${mark}${i}\n`).join('');
		expect(lineDiff(text('a'), text('b'))).toMatchObject({ added: 3_000, removed: 3_000 });
	});
});
