import { describe, expect, it } from 'vitest';
import type { Block, Inline } from './ast';
import { IncrementalBlocks, readBlocks } from './incremental-blocks';
import { longestTail } from './too-complex';

const inlineOf = (text: string): Inline[] => {
	const [block] = readBlocks(text);
	return block?.type === 'paragraph' ? block.inline : [];
};

describe('what agent text becomes', () => {
	it('shows raw HTML as text, but for a line break', () => {
		expect(inlineOf('a <b onclick="x()">b</b><br>c')).toEqual([
			{ type: 'text', text: 'a <b onclick="x()">b</b>' },
			{ type: 'break' },
			{ type: 'text', text: 'c' },
		]);
	});

	it('reads markdown between tags', () => {
		expect(readBlocks('<details>\n\n**x**\n\n</details>')[1]).toEqual({
			type: 'paragraph',
			continued: false,
			inline: [{ type: 'strong', children: [{ type: 'text', text: 'x' }] }],
		});
	});

	it('does not let an unclosed comment or script swallow what follows', () => {
		const kinds = readBlocks('<script>\nlet a;\n\n# Title\n\n<!-- x\n\n- item').map(
			(block) => block.type,
		);
		expect(kinds).toEqual(['paragraph', 'heading', 'paragraph', 'list']);
	});

	it('makes no link of an unsafe address', () => {
		expect(inlineOf('[click](javascript:alert(1))')).toEqual([
			{ type: 'text', text: '[click](javascript:alert(1))' },
		]);
	});

	it('loads no image and says where it is', () => {
		expect(inlineOf('![a *chart*](https://img.example/a.png?who=me)')).toEqual([
			{
				type: 'image',
				alt: 'a chart',
				source: { href: 'https://img.example/a.png?who=me', host: 'img.example' },
			},
		]);
		expect(inlineOf('![x](data:image/png;base64,AAAA)')).toEqual([
			{ type: 'image', alt: 'x', source: null },
		]);
	});

	it('decodes references once', () => {
		expect(inlineOf('&lt;b&gt; &#38;amp; &amp;lt; &nope; R&D')).toEqual([
			{ type: 'text', text: '<b> &amp; &lt; &nope; R&D' },
		]);
	});

	it('reads a single tilde as "about"', () => {
		expect(inlineOf('~5~ and ~~gone~~')).toEqual([
			{ type: 'text', text: '~5~ and ' },
			{ type: 'strike', children: [{ type: 'text', text: 'gone' }] },
		]);
	});

	it('keeps tasks apart from their boxes, in tight and loose lists', () => {
		const items = (text: string) => {
			const [list] = readBlocks(text);
			return list?.type === 'list' ? list.items : [];
		};
		const word = (text: string): Block[] => [
			{ type: 'paragraph', continued: false, inline: [{ type: 'text', text }] },
		];
		const expected = [
			{ checked: true, blocks: word('one') },
			{ checked: false, blocks: word('two') },
			{ checked: null, blocks: word('three') },
		];
		expect(items('- [x] one\n- [ ] two\n- three')).toEqual(expected);
		expect(items('- [x] one\n\n- [ ] two\n\n- three')).toEqual(expected);
	});

	it('reads a reference again when its definition comes late', () => {
		const reader = new IncrementalBlocks();
		reader.append('See [notes].\n\nMore.\n\nEven more.\n');
		expect(reader.read(false).blocks[0]).toMatchObject({ inline: [{ text: 'See [notes].' }] });
		reader.append('\n[notes]: https://example.com/n\n\nEnd.\n');
		const { blocks, changedFrom } = reader.read(false);
		expect(changedFrom).toBe(0);
		expect(blocks[0]).toMatchObject({
			inline: [{}, { type: 'link', href: 'https://example.com/n' }, {}],
		});
	});
});

describe('a hostile text', { timeout: 60_000 }, () => {
	const hostile: Record<string, string> = {
		asterisks: '*'.repeat(100_000),
		'asterisks and words': '*a '.repeat(30_000),
		'strong openers': 'a**'.repeat(30_000),
		underscores: '_a'.repeat(30_000),
		mixed: '*_'.repeat(20_000),
		brackets: '['.repeat(50_000),
		'link starts': '[a](b'.repeat(10_000),
		'image starts': '!['.repeat(20_000),
		exclamations: '!'.repeat(50_000),
		'email starts': 'a.'.repeat(20_000) + '@',
		backticks: Array.from({ length: 300 }, (_, i) => '`'.repeat(i)).join(' '),
		'tag starts': '<a b="'.repeat(10_000),
		'deep emphasis': '*a **b '.repeat(5_000) + ' c** d*'.repeat(5_000),
		'deep quotes': '> '.repeat(10_000) + 'a',
		'deep bullets': '- '.repeat(5_000) + 'a',
		'deep list': Array.from({ length: 600 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n'),
		'one line of 1 MB': 'lorem ipsum dolor '.repeat(58_000),
		'one word of 1 MB': 'a'.repeat(1_000_000),
		'lines of 1 MB': 'lorem ipsum dolor\n'.repeat(58_000),
		'a quote of 300 kB': '> quote\n'.repeat(38_000),
		'nested lists of 200 kB': '- a\n  - b\n    - c\n'.repeat(10_000),
		'wide table': '|'.repeat(20_000) + '\n' + '|-'.repeat(20_000),
	};

	it.each(Object.keys(hostile))('of %s is read in short steps', (name) => {
		const text = hostile[name] ?? '';
		const reader = new IncrementalBlocks();
		let longest = 0;
		let blocks: Block[] = [];
		for (let from = 0; from < text.length; from += 2_048) {
			reader.append(text.slice(from, from + 2_048));
			const before = process.cpuUsage();
			({ blocks } = reader.read(from + 2_048 >= text.length));
			const { user, system } = process.cpuUsage(before);
			longest = Math.max(longest, (user + system) / 1_000);
		}
		expect(blocks.length).toBeGreaterThan(0);
		// CPU ms; most take under 20. The bound leaves room for a slow machine, not for a hang.
		expect(longest).toBeLessThan(400);
	});

	it('loses nothing when it is shown as it was written', () => {
		const text = `before\n\n${'> quote\n'.repeat(longestTail / 6)}`;
		const reader = new IncrementalBlocks();
		for (let from = 0; from < text.length; from += 2_048) {
			reader.append(text.slice(from, from + 2_048));
			reader.read(false);
		}
		const { blocks } = reader.read(true);
		expect(blocks.map((block) => block.type)).toEqual(['paragraph', 'plain']);
		const [, rest] = blocks;
		expect(rest?.type === 'plain' && `before\n\n${rest.text}`).toBe(text);
	});
});
