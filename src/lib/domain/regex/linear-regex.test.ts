import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { globRegex } from './glob';
import { linearRegex } from './linear-regex';

vi.setConfig({ testTimeout: 60_000 });

function matches(source: string, text: string, ignoreCase = false): boolean {
	const compiled = linearRegex(source, { ignoreCase });
	if (!compiled.ok) throw new Error(compiled.problem);
	return compiled.regex.test(text);
}

/** Expressions over a small alphabet, so that matches happen. No pairs: V8 finds \B between their halves. */
const expression: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
	node: fc.oneof(
		{ depthSize: 'small' },
		fc.constantFrom(
			'a',
			'b',
			'c',
			'.',
			'[ab]',
			'[^a]',
			'\\w',
			'\\d',
			'\\s',
			'\\b',
			'\\B',
			'^',
			'$',
		),
		fc.tuple(tie('node'), tie('node')).map((parts) => parts.join('')),
		fc.tuple(tie('node'), tie('node')).map((parts) => `(?:${parts.join('|')})`),
		fc
			.tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}', '*?'))
			.map(([node, times]) => `(${node})${times}`),
	),
})).node;

describe('linear regex', () => {
	it('answers as the engine of the language does', () => {
		fc.assert(
			fc.property(
				expression,
				fc.string({
					unit: fc.constantFrom('a', 'b', 'c', 'A', '1', ' ', '-', 'é'),
					maxLength: 12,
				}),
				fc.boolean(),
				(source, text, ignoreCase) => {
					const native = new RegExp(source, ignoreCase ? 'iu' : 'u');
					expect(matches(source, text, ignoreCase)).toBe(native.test(text));
				},
			),
			{ numRuns: 3_000 },
		);
	});

	it('stays linear where backtracking explodes', () => {
		const text = `${'a'.repeat(20_000)}!`;
		for (const source of [
			'^(a+)+$',
			'^(a|a)*$',
			'^(a|aa)+$',
			'^(.*a){20}$',
			'^(([a-z])+.)+[A-Z]([a-z])+$',
		])
			expect(matches(source, text)).toBe(false);
	});

	it.each([
		['(?=a)', 'Look-around'],
		['(?<!a)b', 'Look-around'],
		['(a)\\1', 'Back-references'],
		['(a', 'without its )'],
		['a)', 'without its ('],
		['[a', 'without its ]'],
		['*a', 'nothing before'],
		['a{3,2}', 'wrong way round'],
		['(a{500}){500}', 'too large'],
		['[z-a]', 'not a valid'],
		['a\\', 'ends with a backslash'],
		['('.repeat(100), 'nested'],
	])('%s is refused with a sentence', (source, words) => {
		const compiled = linearRegex(source);
		expect(compiled.ok ? '' : compiled.problem).toContain(words);
	});

	it.each([
		['\\bcat\\b', 'a cat sat', true],
		['\\bcat\\b', 'concat', false],
		['foo\\-bar\\_', 'foo-bar_', true],
		['[\\w\\-]+@x', 'a-b@x', true],
		['\\u0041\\x42\\u{43}', 'ABC', true],
		['\\p{Lu}', 'aÉ', true],
		['(?<year>\\d{4})-\\d\\d', 'on 2026-11', true],
		['(?i)TODO', 'a todo here', true],
		['a{', 'a{', true],
		['}', '}', true],
		['^.$', '😀', true],
		['[😀é]+$', 'x😀', true],
		['', '', true],
		['^$', '', true],
	])('%s on "%s": %s', (source, text, expected) => {
		expect(matches(source, text)).toBe(expected);
	});

	it('takes a stretch of a text as the whole', () => {
		const compiled = linearRegex('^b$');
		expect(compiled.ok && compiled.regex.test('abc', 1, 2)).toBe(true);
	});
});

describe('globs', () => {
	it.each([
		['*.md', 'notes/a.md', true],
		['*.md', 'a.mdx', false],
		['src/*.ts', 'src/a.ts', true],
		['src/*.ts', 'src/b/a.ts', false],
		['src/**/*.ts', 'src/a.ts', true],
		['src/**/*.ts', 'src/b/c/a.ts', true],
		['**', 'a/b/c', true],
		['a.{ts,js}', 'x/a.js', true],
		['a.{ts,js}', 'a,ts', false],
		['a,b', 'a,b', true],
		['{a', '{a', true],
		['file?.(1)', 'file2.(1)', true],
		['./src/a.ts', 'src/a.ts', true],
	])('%s on %s: %s', (glob, path, expected) => {
		const compiled = globRegex(glob);
		expect(compiled.ok && compiled.regex.test(path)).toBe(expected);
	});
});
