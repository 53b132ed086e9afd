import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titleFrom, UNTITLED } from './title';

/** Any text at all, half characters included. */
const anyText = fc
	.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 200 })
	.map((points) => String.fromCodePoint(...points));

const graphemes = new Intl.Segmenter();
const count = (text: string) => [...graphemes.segment(text)].length;

describe('titleFrom', () => {
	it('takes the first sentence, without its full stop', () => {
		expect(titleFrom('Review the upload branch. Be strict, and quote lines.')).toBe(
			'Review the upload branch',
		);
		expect(titleFrom('Should avatar uploads be resumable? Compare three ways.')).toBe(
			'Should avatar uploads be resumable?',
		);
	});

	it('ends without the colon that leads to what follows', () => {
		expect(titleFrom('Review this before we ship it:\n\n```js\nlet a;\n```')).toBe(
			'Review this before we ship it',
		);
	});

	it('does not end a sentence at a version, a file name or an abbreviation', () => {
		expect(titleFrom('Draft 2.8 release notes from a.ts, e.g. for Ada. Short.')).toBe(
			'Draft 2.8 release notes from a.ts, e.g. for Ada',
		);
	});

	it('takes the next sentence along when the first says too little', () => {
		expect(titleFrom('Hello! Sort the crash reports. Thanks.')).toBe(
			'Hello! Sort the crash reports',
		);
	});

	it.each([
		['# Fix the **avatar** upload', 'Fix the avatar upload'],
		['> - [ ] Read `src/queue.ts` first', 'Read src/queue.ts first'],
		['[Safari notes](https://example.com/a_b) on _memory_ limits', 'Safari notes on memory limits'],
		['```ts\nconst a = 1;\n```', 'const a = 1;'],
		['---\ntitle: x\n---\n\n| --- | --- |\n1. Find the leak', 'Find the leak'],
		['rename snake_case_names and 2*3*4', 'rename snake_case_names and 2*3*4'],
		['<task>Translate this</task>', 'Translate this'],
		['  many\t spaces \u202eand\u0000 controls ', 'many spaces and controls'],
	])('strips markdown and white space: %j', (prompt, title) => {
		expect(titleFrom(prompt)).toBe(title);
	});

	it('ends a sentence of a script without spaces', () => {
		expect(titleFrom('アップロードの問題を調べてください。次に修正してください。')).toBe(
			'アップロードの問題を調べてください',
		);
	});

	it('cuts a long sentence between words and says so', () => {
		const title = titleFrom(
			'Compare every way in which a browser can limit how much memory one page may take before it is stopped',
		);
		expect(title).toBe(
			'Compare every way in which a browser can limit how much memory one page may…',
		);
	});

	it('never cuts a grapheme', () => {
		const family = '👩‍👩‍👧‍👦';
		expect(titleFrom(family.repeat(200))).toMatch(new RegExp(`^(${family})+…$`, 'u'));
	});

	it('has a name for a prompt without words', () => {
		for (const prompt of ['', ' \n ', '---', '```', '***'])
			expect(titleFrom(prompt)).toBe(UNTITLED);
	});

	it('comes from the filled form where the prompt has no words', () => {
		const input = { count: 3, version: '', report: 'Upload stops at 8 MB. On iPad only.' };
		expect(titleFrom(' ', input)).toBe('Upload stops at 8 MB');
		expect(titleFrom('Look at this.', input)).toBe('Look at this');
		expect(titleFrom('', 'As one text')).toBe('As one text');
		expect(titleFrom('', { list: ['deep'] })).toBe(UNTITLED);
	});

	it('is one short line of well-formed text, whatever it is given', () => {
		fc.assert(
			fc.property(fc.oneof(anyText, fc.string({ maxLength: 200 })), (prompt) => {
				const title = titleFrom(prompt);
				expect(title).not.toBe('');
				expect(count(title)).toBeLessThanOrEqual(80);
				expect(title.length).toBeLessThanOrEqual(400);
				expect(title.isWellFormed()).toBe(true);
				expect(title).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
			}),
		);
	});

	it('takes no longer for a megabyte of anything', () => {
		for (const unit of ['a', '*', '[', '.', 'e\u0301', '\u0301', '`', '_a_', '<a', '> '])
			expect(count(titleFrom(unit.repeat(500_000)))).toBeLessThanOrEqual(80);
	});
});
