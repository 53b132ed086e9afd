import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fold } from './fold';

it('looks past case, accents, widths and ligatures', () => {
	expect(
		['Ärger', 'STRASSE', 'straße', 'ﬁnal', 'Ａ１', 'İstanbul', 'ΣΑΣ', 'σας'].map(fold),
	).toEqual(['arger', 'strasse', 'strasse', 'final', 'a1', 'istanbul', 'σασ', 'σασ']);
});

it('keeps marks that are letters of their own', () => {
	expect(['が', 'ガ', 'हिन्दी', '한국어'].map(fold)).toEqual(['が', 'ガ', 'हिन्दी', '한국어']);
});

it('changes nothing the second time', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (text) => {
			expect(fold(fold(text))).toBe(fold(text));
		}),
	);
});
