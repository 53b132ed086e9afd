import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findIn } from './find';
import { indexWords, WORD_CHARS } from './index-words';
import { passageOf } from './passage';
import { lookupsOf, parseQuery } from './query';
import { runsOf, type Run } from './runs';

const words = (text: string) => [...new Set(indexWords(text))];
const marked = (text: string, query: string) =>
	findIn(text, parseQuery(query)).marks.map(({ from, to }) => text.slice(from, to));
const isFound = (text: string, query: string) => {
	const parsed = parseQuery(query);
	return findIn(text, parsed).terms.size === parsed.terms.length;
};
/** Whether the index would hand out the text for every term. */
const isCandidate = (text: string, query: string) => {
	const known = words(text);
	return parseQuery(query)
		.terms.flatMap(lookupsOf)
		.every(({ word, open }) =>
			known.some((other) => (open ? other.startsWith(word) : other === word)),
		);
};

/** Believable pieces of a log: prose, code, accents, scripts without spaces, junk. */
const piece = fc.oneof(
	fc.constantFrom(
		'Avatar',
		'upload',
		'getUserName',
		'HTTPServer',
		'snake_case',
		'_private',
		'src/lib/a.ts',
		'T-042',
		'2.8',
		'Café',
		'東京都庁',
		'iPhone用',
		'ประเทศไทย',
		'한국어',
		// Katakana and Burmese outside the blocks that hold most of them.
		'𚿰',
		'ꩠ',
		'"',
		'…',
		'a'.repeat(60),
	),
	fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(' '));

describe('words of the index', () => {
	it('are letters and digits, folded; names are there whole and in parts', () => {
		expect(words('Fix getUserName in HTTPServer: src/snake_case.ts, v2')).toEqual([
			'fix',
			'getusername',
			'get',
			'user',
			'name',
			'in',
			'httpserver',
			'http',
			'server',
			'src',
			'snake_case',
			'snake',
			'case',
			'ts',
			'v2',
		]);
	});

	it('are pairs where nothing stands between words', () => {
		expect(words('東京都 a')).toEqual(['東京', '京都', '都', 'a']);
	});

	it('are cut where they are longer than any name', () => {
		for (const word of words('x'.repeat(100_000))) expect(word).toHaveLength(WORD_CHARS);
	});
});

describe('a query', () => {
	it('wants every word, the last one open while it is typed, and quoted words side by side', () => {
		const shape = (typed: string) =>
			parseQuery(typed).terms.map(({ runs, open }) => [
				runs.map((run) => run.text).join('+'),
				open,
			]);
		expect(shape('Avatar upl')).toEqual([
			['avatar', false],
			['upl', true],
		]);
		expect(shape('avatar ')).toEqual([['avatar', false]]);
		expect(shape('"avatar upload" x')).toEqual([
			['avatar+upload', false],
			['x', true],
		]);
		expect(shape('"avatar upl')).toEqual([['avatar+upl', true]]);
		expect(shape('src/lib/a.t')).toEqual([['src+lib+a+t', true]]);
		expect(shape(' "" … ')).toEqual([]);
	});

	it('finds every word of a text, whole or begun, in the index and in the text', () => {
		fc.assert(
			fc.property(text, fc.nat(), (text, pick) => {
				const runs = [...runsOf(text)];
				const run = runs[pick % Math.max(1, runs.length)];
				if (!run) return;
				const written = text.slice(run.from, run.to);
				for (const query of [written, `${written} `, `"${written}"`, ...partsOf(text, run)]) {
					expect(isFound(text, query)).toBe(true);
					expect(isCandidate(text, query)).toBe(true);
				}
			}),
		);
	});

	it('finds a word by its beginning', () => {
		fc.assert(
			fc.property(text, fc.nat(), fc.nat(), (text, pick, length) => {
				const runs = [...runsOf(text)].filter(({ text }) => /^[a-z0-9]+$/.test(text));
				const run = runs[pick % Math.max(1, runs.length)];
				if (!run) return;
				const begun = run.text.slice(0, 1 + (length % run.text.length));
				expect(isFound(text, begun)).toBe(true);
				expect(isCandidate(text, begun)).toBe(true);
			}),
		);
	});

	it('is found in a text only if the index hands the text out', () => {
		fc.assert(
			fc.property(text, fc.oneof(text, piece), (text, query) => {
				if (isFound(text, query)) expect(isCandidate(text, query)).toBe(true);
			}),
		);
	});

	it('never fails, whatever is typed', () => {
		fc.assert(
			fc.property(fc.string(), fc.string({ unit: 'grapheme' }), (typed, text) => {
				findIn(text, parseQuery(typed));
			}),
		);
	});
});

describe('marks', () => {
	it('cover what was typed, in the words of the text', () => {
		expect(marked('Avatar uploads: re-upload the CAFÉ avatar', 'avatar upl')).toEqual([
			'Avatar',
			'upl',
			'upl',
			'avatar',
		]);
		expect(marked('Un Café crème', 'cafe')).toEqual(['Café']);
		expect(marked('call getUserName()', 'user')).toEqual(['User']);
		expect(marked('the big red dog, big dog', '"big dog"')).toEqual(['big dog']);
		expect(marked('東京都庁へ', '京都')).toEqual(['京都']);
		expect(marked('iPhone用ケース', 'iphone用')).toEqual(['iPhone用']);
	});

	it('lie in the text, in order and apart', () => {
		fc.assert(
			fc.property(text, piece, (text, query) => {
				let end = 0;
				for (const { from, to } of findIn(text, parseQuery(query)).marks) {
					expect(from).toBeGreaterThanOrEqual(end);
					expect(to).toBeGreaterThan(from);
					end = to;
				}
				expect(end).toBeLessThanOrEqual(text.length);
			}),
		);
	});
});

describe('a passage', () => {
	it('holds what was found, on one line', () => {
		fc.assert(
			fc.property(text, text, piece, (before, after, query) => {
				const whole = `${before.repeat(5)}\n${query}\n${after.repeat(5)}`;
				const { marks } = findIn(whole, parseQuery(query));
				if (marks.length === 0) return;
				const passage = passageOf(whole, marks);
				expect(passage.text).not.toMatch(/[\n\r\t]/);
				expect(passage.text.isWellFormed()).toBe(true);
				expect(passage.marks.length).toBeGreaterThan(0);
				const oneLine = (text: string) => text.toWellFormed().replace(/\s/g, ' ');
				const said = marks.map(({ from, to }) => oneLine(whole.slice(from, to)));
				for (const { from, to } of passage.marks)
					expect(said.some((one) => one.startsWith(passage.text.slice(from, to)))).toBe(true);
			}),
		);
	});

	it('begins shortly before the stretch with most of it', () => {
		const text = `avatar ${'x '.repeat(300)}the avatar upload fails${' y'.repeat(300)}`;
		const passage = passageOf(text, findIn(text, parseQuery('avatar upload')).marks);
		expect(passage.text).toMatch(/^…(x ){10,25}the avatar upload fails( y)+…$/);
		expect(passage.marks).toHaveLength(2);
	});

	it('shows characters that turn text around as spaces', () => {
		expect(passageOf('a\u202ecod\u2069 b', []).text).toBe('a cod  b');
	});
});

function partsOf(text: string, { parts = [] }: Run): string[] {
	return parts.map(({ from, to }) => text.slice(from, to));
}
