import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from './ast';
import { IncrementalBlocks, readBlocks } from './incremental-blocks';
import { segmentLimits } from './segments';

function readInChunks(text: string, cuts: number[], limits = segmentLimits): Block[] {
	const reader = new IncrementalBlocks(limits);
	let shown: Block[] = [];
	let from = 0;
	for (const cut of [...new Set(cuts)].sort((a, b) => a - b)) {
		reader.append(text.slice(from, cut));
		from = cut;
		shown = follow(shown, reader.read(false));
	}
	reader.append(text.slice(from));
	const last = reader.read(true);
	follow(shown, last);
	return last.blocks;
}

/** What a screen does: keeps the blocks before `changedFrom`. They must be the very same. */
function follow(shown: Block[], next: { blocks: Block[]; changedFrom: number }): Block[] {
	for (let i = 0; i < next.changedFrom; i++) expect(next.blocks[i]).toBe(shown[i]);
	return next.blocks;
}

const pieces = fc.constantFrom(
	'word',
	'two words',
	'**bold**',
	'**',
	'*',
	'_',
	'`code`',
	'`',
	'~~gone~~',
	'~',
	'\\',
	'\n',
	'\n',
	'\n\n',
	'\n\n',
	'\n\n\n',
	'\r\n',
	'\r',
	'# ',
	'## Title\n',
	'- ',
	'- item\n',
	'- [ ] todo\n',
	'- [x] done\n',
	'* star\n',
	'+ ',
	'1. ',
	'2) two\n',
	'10. ten\n',
	'  ',
	'    ',
	'      ',
	'\t',
	'   - nested\n',
	'  continued\n',
	'> ',
	'> quote\n',
	'>',
	'```\n',
	'```ts\n',
	'```',
	'~~~\n',
	'````\n',
	'   ```js\n',
	'---\n',
	'***\n',
	'___',
	'===\n',
	'=',
	'-',
	'--\n',
	'| a | b |\n',
	'|---|:-:|\n',
	'| 1 | 2 |\n',
	'|',
	'a | b\n',
	'-|-\n',
	'[link](https://example.com)',
	'[ref]',
	'[ref][]',
	'[text][ref]',
	'[ref]: https://example.com\n',
	'[ref]: /x "title"\n',
	'[ref]: /x\n',
	'"late title"\n',
	'[other]: <https://o.example> (t)\n',
	'[other]',
	'[',
	'](',
	')',
	'![alt](https://img.example/a.png)',
	'<div>\n',
	'</div>\n',
	'<br>',
	'<!--',
	'-->',
	'<script>\n',
	'</script>\n',
	'<b>',
	'&amp;',
	'&#42;',
	'https://example.com',
	'a@b.co',
	' ',
	'"',
	"'",
	'(',
	'!',
	'\u202e',
	'😀',
	'x'.repeat(30),
);
const markdown = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''));
const cuts = fc.array(fc.nat({ max: 400 }), { maxLength: 30 });

describe('reading bit by bit', { timeout: 60_000 }, () => {
	it('ends with the blocks of the whole text, however it was cut', () => {
		fc.assert(
			fc.property(markdown, cuts, (text, at) => {
				expect(readInChunks(text, at)).toEqual(readBlocks(text));
			}),
			{ numRuns: Number(process.env['FC_RUNS'] ?? 2_000) },
		);
	});

	it('ends with the blocks of the whole text when it comes character by character', () => {
		fc.assert(
			fc.property(markdown, (text) => {
				expect(
					readInChunks(
						text,
						[...text].map((_, i) => i),
					),
				).toEqual(readBlocks(text));
			}),
			{ numRuns: Number(process.env['FC_RUNS'] ?? 500) },
		);
	});

	it('cuts long paragraphs alike bit by bit and at once', () => {
		const limits = { soft: 24, hard: 48, hardest: 96 };
		fc.assert(
			fc.property(markdown, cuts, (text, at) => {
				expect(readInChunks(text, at, limits)).toEqual(readBlocks(text, limits));
			}),
			{ numRuns: Number(process.env['FC_RUNS'] ?? 1_000) },
		);
	});

	it.each([
		'-|-\n[~~~\nword',
		'[a | b\n***\n',
		'   ```js\n* star\n```\nword',
		'\r\n</div>\n10. ten\n- [ ] todo\n',
		'word[ref]: /x "title"\n[link](https://example.com)```\n+ ```',
		'word- [ ] todo\n      ![alt](https://img.example/a.png)[ref]: https://example.com\n|---|:-:|\n',
		'![alt](https://img.example/a.png)[other]: <https://o.example> (t)\n[link](https://example.com)a@b.coxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|---|:-:|\n',
	])('reads %j as it once did not', (text) => {
		const each = [...text].map((_, index) => index);
		for (const limits of [segmentLimits, { soft: 24, hard: 48, hardest: 96 }]) {
			expect(readInChunks(text, each, limits)).toEqual(readBlocks(text, limits));
		}
	});
});
