import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasHidden } from '../hidden-characters';
import { Paths, safeName } from './names';

/** Of any code points, halves of characters included. */
const anyText = fc
	.array(fc.oneof(fc.nat(0x10ffff), fc.nat(0x2fff), fc.nat(0x7f)), { maxLength: 60 })
	.map((points) => String.fromCodePoint(...points));

describe('a safe name', () => {
	it.each([
		['notes.md', 'notes.md'],
		['../../etc/passwd', '..-..-etc-passwd'],
		['C:\\windows\\system.ini', 'C--windows-system.ini'],
		['con', '_con'],
		['LPT1.txt', '_LPT1.txt'],
		['console.log', 'console.log'],
		['..', 'unnamed'],
		['report. . ', 'report'],
		['invoice\u202Efdp.exe', 'invoicefdp.exe'],
		['a\u200bb\u0000c', 'abc'],
		['Überblick — 日本語 🎉', 'Überblick — 日本語 🎉'],
		['e\u0301tude', 'étude'],
		['.gitignore', '.gitignore'],
		['', 'unnamed'],
		['???', '---'],
	])('of %j is %j', (wanted, safe) => {
		expect(safeName(wanted)).toBe(safe);
	});

	it('keeps its ending, however long it is', () => {
		const name = safeName(`${'ü'.repeat(500)}.json`);
		expect(name).toMatch(/^ü+\.json$/);
		expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(120);
	});

	it('is safe whatever was wanted, and its own safe name', () => {
		fc.assert(
			fc.property(anyText, (wanted) => {
				const name = safeName(wanted);
				expect(name).not.toMatch(/[<>:"/\\|?*]/);
				expect(name).not.toMatch(/[. ]$/);
				expect(['', '.', '..']).not.toContain(name);
				expect(hasHidden(name)).toBe(false);
				expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(121);
				expect(safeName(name)).toBe(name);
			}),
		);
	});
});

describe('paths of an archive', () => {
	it('a file never leaves its folder', () => {
		const paths = new Paths();
		const folder = paths.folder('Run');
		expect(paths.file(folder, '../../up.txt')).toBe('Run/up.txt');
		expect(paths.file(folder, '/abs/./x.txt')).toBe('Run/abs/x.txt');
		expect(paths.file(folder, 'a\\b.txt')).toBe('Run/a/b.txt');
	});

	it('equal names are numbered, where case does not count', () => {
		const paths = new Paths();
		expect([paths.folder('Run'), paths.folder('run'), paths.folder('Run')]).toEqual([
			'Run',
			'run (2)',
			'Run (3)',
		]);
		expect([paths.file('Run', 'A.md'), paths.file('Run', 'a.md')]).toEqual([
			'Run/A.md',
			'Run/a (2).md',
		]);
	});

	it('files of one folder stay together', () => {
		const paths = new Paths();
		expect([paths.file('r', 'src/a.ts'), paths.file('r', 'src/b.ts')]).toEqual([
			'r/src/a.ts',
			'r/src/b.ts',
		]);
	});

	it('a folder and a file of one name are told apart', () => {
		const paths = new Paths();
		expect([paths.file('r', 'a'), paths.file('r', 'a/b')]).toEqual(['r/a', 'r/a (2)/b']);
	});

	it('no two are the same, and none stands where another has a folder', () => {
		const part = fc.constantFrom('a', 'A', '..', 'b', 'con', 'a (2)', '', 'ß', 'SS');
		const wanted = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
		fc.assert(
			fc.property(fc.array(wanted, { maxLength: 40 }), (all) => {
				const paths = new Paths();
				const given = all.map((path) => paths.file('x', path).toUpperCase());
				expect(new Set(given).size).toBe(given.length);
				for (const path of given) {
					expect(path.startsWith('X/')).toBe(true);
					expect(given.some((other) => other.startsWith(`${path}/`))).toBe(false);
				}
			}),
		);
	});
});
