import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { hasHidden, misleads, revealHidden, type Reveals } from './hidden-characters';

vi.setConfig({ testTimeout: 60_000 });

const hidden = (text: string, reveals: Reveals = 'hidden') =>
	revealHidden(text, reveals).flatMap((segment) => (segment.hidden ? [segment.hidden] : []));

it('sets apart what cannot be seen', () => {
	expect(revealHidden('pay\u202eeman\u202c now')).toEqual([
		{ text: 'pay', hidden: null },
		{ text: '\u202e', hidden: { codePoint: 'U+202E', name: 'Right-to-left override', count: 1 } },
		{ text: 'eman', hidden: null },
		{ text: '\u202c', hidden: { codePoint: 'U+202C', name: 'End of direction change', count: 1 } },
		{ text: ' now', hidden: null },
	]);
});

it.each([
	['\u200b\u200b\u200b', 'U+200B', 'Zero width space', 3],
	['\u{e0041}', 'U+E0041', 'Tag character for "A"', 1],
	['\ufe01', 'U+FE01', 'Variation selector 2', 1],
	['a\u{e0100}', 'U+E0100', 'Variation selector 17', 1],
	['\ud83d!', 'U+D83D', 'Half of a character', 1],
	['\u001b[31m', 'U+001B', 'Escape', 1],
	['a\rb', 'U+000D', 'Carriage return', 1],
	['\u3164', 'U+3164', 'Hangul filler', 1],
	['a\u00a0b', 'U+00A0', 'No-break space', 1],
	['\u2003', 'U+2003', 'Unusual space', 1],
	['a\u200db', 'U+200D', 'Zero width joiner', 1],
	['a\ufe0f', 'U+FE0F', 'Variation selector 16', 1],
])('%j holds %s', (text, codePoint, name, count) => {
	expect(hidden(text)).toEqual([{ codePoint, name, count }]);
});

it.each([
	'plain text',
	'a\tb\nc\r\nd',
	'👨‍👩‍👧 and ❤️',
	'👩🏽‍💻',
	'🏳️‍🌈',
	'🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
	'1️⃣',
	'قلم',
	'é',
	'漢字',
])('%s hides nothing', (text) => {
	expect(hasHidden(text)).toBe(false);
});

it.each([
	['a\u202eb', 'U+202E', 'Right-to-left override', 1],
	['\u2066\u2066', 'U+2066', 'Left-to-right isolate', 2],
	['\u{e0068}', 'U+E0068', 'Tag character for "h"', 1],
	['a\u001b[2K', 'U+001B', 'Escape', 1],
	['a\u009bm', 'U+009B', 'Control character', 1],
	['\u007f', 'U+007F', 'Delete', 1],
])('%j misleads a reader by %s', (text, codePoint, name, count) => {
	expect(hidden(text, 'misleading')).toEqual([{ codePoint, name, count }]);
	expect(misleads(text)).toBe(true);
});

it.each([
	'10\u00a0km',
	'a\u200eb\u200fc',
	'می\u200cروم',
	'क्\u200dष',
	'soft\u00adhyphen',
	'a\tb\r\nc\rd\n',
	'🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
	'\ud83d',
])('%j is ordinary in prose', (text) => {
	expect(hidden(text, 'misleading')).toEqual([]);
	expect(misleads(text)).toBe(false);
});

it('what misleads is hidden as well', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => {
			if (misleads(text)) expect(hasHidden(text)).toBe(true);
		}),
	);
});

it('the segments joined are the text', () => {
	const unit = fc.oneof(
		fc.constantFrom(
			'a',
			'\u200b',
			'\u200d',
			'\ufe0f',
			'😀',
			'\u{e0041}',
			'\ud800',
			'\udc00',
			'\r',
			'\n',
			'\u202e',
		),
		fc.string({ unit: 'binary', maxLength: 1 }),
	);
	fc.assert(
		fc.property(fc.array(unit), (parts) => {
			const text = parts.join('');
			for (const reveals of ['hidden', 'misleading'] as const) {
				const segments = revealHidden(text, reveals);
				expect(segments.map((segment) => segment.text).join('')).toBe(text);
				expect(segments.every((segment) => segment.text !== '')).toBe(true);
				for (const { text: piece, hidden: found } of segments)
					if (found) expect([...piece]).toHaveLength(found.count);
			}
		}),
		{ numRuns: 1_000 },
	);
});

it('stays fast on 5 MB', () => {
	expect(revealHidden('text \u200b'.repeat(800_000))).toHaveLength(1_600_000);
	expect(revealHidden('a'.repeat(5_000_000))).toHaveLength(1);
});
