import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findLiteral } from './literal';

const said = (text: string, typed: string) =>
	findLiteral(text, typed).map(({ from, to }) => text.slice(from, to));

it('finds characters inside of words, in any case, over line breaks', () => {
	expect(said('Reupload, UPLOAD', 'upload')).toEqual(['upload', 'UPLOAD']);
	expect(said('two\n words', 'two words')).toEqual(['two\n words']);
	expect(said('a.b(c) axb', 'a.b(')).toEqual(['a.b(']);
	expect(said('ÄRGER', 'ärger')).toEqual(['ÄRGER']);
	expect(said('anything', '  ')).toEqual([]);
});

it('takes every character for itself', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.string(), (typed, a, b) => {
			if (typed.trim() === '' || !typed.isWellFormed()) return;
			expect(findLiteral(a + typed.trim() + b, typed).length).toBeGreaterThan(0);
		}),
	);
});

it('takes any pattern, and stops when it has enough', () => {
	fc.assert(
		fc.property(fc.string(), fc.string({ unit: 'grapheme' }), (typed, text) => {
			expect(findLiteral(text.repeat(3) + typed, typed, 2).length).toBeLessThanOrEqual(2);
		}),
	);
});
