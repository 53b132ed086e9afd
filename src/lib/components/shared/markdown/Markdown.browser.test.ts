import '$lib/styles/tokens.css';
import '$lib/styles/base.css';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Markdown from './Markdown.svelte';

const place = (container: Element) => container.querySelector('.markdown') as HTMLElement;

const blocks = (container: Element) => container.querySelectorAll('.markdown > * > *');

const answer = `# Title

Some **bold**, \`code\` and a [link](https://docs.example.com/a).

- one
- two
  - nested

\`\`\`ts
const a = 1;
\`\`\`

| a | b |
|---|--:|
| 1 | 2 |

> quote

Last words.
`;

test('a text is there as soon as it is mounted', async () => {
	const { container } = await render(Markdown, { text: answer });
	const tags = [...blocks(container)].map((child) => child.tagName);
	expect(tags).toEqual(['H3', 'P', 'DIV', 'DIV', 'DIV', 'BLOCKQUOTE', 'P']);
	expect(place(container).querySelector('pre')?.textContent).toBe('const a = 1;');
});

test('nothing in a text becomes an element that could run, load or lead astray', async () => {
	const text = [
		'<script>window.hit = 1</script><img src=x onerror="window.hit = 1"><iframe src="//x"></iframe>',
		'![pixel](https://img.example/p.png) ![x](data:image/svg+xml,<svg onload=alert(1)>)',
		'[a](javascript:alert(1)) [b](data:text/html,x) [c](/settings) <javascript:alert(1)>',
		'[d](https://ok.example "title\\" onclick=alert(1)")',
		'<svg/onload=alert(1)> <style>*{display:none}</style> <a href="https://x.example">raw</a>',
		'```"><img src=x>\n</code></pre><script>1</script>\n```',
	].join('\n\n');
	const { container } = await render(Markdown, { text });
	const hrefs = () => [...place(container).querySelectorAll('a')].map((link) => link.href);
	await vi.waitFor(() =>
		expect(hrefs()).toEqual(['https://img.example/p.png', 'https://ok.example/']),
	);
	const allowed = new Set(
		'P A BDI SPAN BR DIV FIGURE PRE CODE BUTTON SVG PATH STRONG EM DEL'.split(' '),
	);
	const elements = [...place(container).querySelectorAll('*')];
	expect(elements.filter((one) => !allowed.has(one.tagName.toUpperCase()))).toEqual([]);
	for (const link of place(container).querySelectorAll('a')) {
		expect(link.rel).toBe('noopener noreferrer nofollow');
		expect(link.target).toBe('_blank');
	}
	expect('hit' in window).toBe(false);
});

test('what has settled keeps its elements while the text grows', async () => {
	const { container, rerender } = await render(Markdown, { text: '', streaming: true });
	const root = place(container);
	let heading: Element | null = null;
	for (let end = 0; end <= answer.length; end += 7) {
		await rerender({ text: answer.slice(0, end) });
		await new Promise(requestAnimationFrame);
		if (end > 40) heading ??= root.querySelector('h3');
		if (heading) expect(root.querySelector('h3')).toBe(heading);
	}
	await rerender({ text: answer, streaming: false });
	const whole = await render(Markdown, { text: answer });
	await vi.waitFor(() => expect(shape(root)).toBe(shape(place(whole.container))));
});

test('another text starts over', async () => {
	const { container, rerender } = await render(Markdown, { text: 'One.\n\nTwo.', streaming: true });
	await rerender({ text: 'Other', streaming: true });
	await vi.waitFor(() => expect(place(container).textContent).toBe('Other'));
	await rerender({ text: 'Other **end**', streaming: false });
	await vi.waitFor(() => expect(place(container).textContent).toBe('Other end'));
});

test('unfinished marks are not seen', async () => {
	const { container, rerender } = await render(Markdown, { text: '', streaming: true });
	const seen = new Set<string>();
	const text =
		'So **it is** `code`:\n\n- item\n- **more**\n\n```ts\nlet a;\n```\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\nEnd.';
	for (let end = 1; end <= text.length; end++) {
		await rerender({ text: text.slice(0, end) });
		await new Promise(requestAnimationFrame);
		seen.add(place(container).innerText);
	}
	expect([...seen].filter((shown) => /[*`|]/.test(shown))).toEqual([]);
});

const points = (root: Element) =>
	[...root.querySelectorAll<HTMLElement>('.hidden-character')].map(
		({ dataset }) => dataset['point'],
	);

test('what would mislead a reader is named, also when it comes in halves', async () => {
	const text = 'Pay \u202eeman\u202c **and \u2066more** `c\u009bd` to \u{e0041} them.';
	const { container, rerender } = await render(Markdown, { text: '', streaming: true });
	for (let end = 1; end <= text.length; end++) {
		await rerender({ text: text.slice(0, end), streaming: true });
		await new Promise(requestAnimationFrame);
	}
	await rerender({ text, streaming: false });
	const all = ['U+202E', 'U+202C', 'U+2066', 'U+009B', 'U+E0041'];
	await vi.waitFor(() => expect(points(container)).toEqual(all));
	expect(place(container).textContent).toBe(text.replace(/[*`]/g, ''));
	expect(place(container).querySelector('code .hidden-character')).not.toBeNull();
});

test('text that misleads nobody keeps its node while it grows', async () => {
	const { container, rerender } = await render(Markdown, { text: '10\u00a0km', streaming: true });
	const node = place(container).querySelector('p')?.firstChild;
	await rerender({ text: '10\u00a0km and a\u200fb\u200dc', streaming: true });
	await vi.waitFor(() => expect(node?.textContent).toBe('10\u00a0km and a\u200fb\u200dc'));
	expect(node).toBeInstanceOf(Text);
	expect(points(container)).toEqual([]);
});

test('what would mislead in a text too complex to format is named too', async () => {
	const deep = `${'>'.repeat(4_000)} a\u202eb`;
	const { container } = await render(Markdown, { text: deep });
	await vi.waitFor(() => expect(points(container)).toEqual(['U+202E']));
	expect(container.querySelector('.plain')).not.toBeNull();
});

test('a very long text waits for the reader to ask for all of it', async () => {
	const text = 'A paragraph of words that is there.\n\n'.repeat(8_000);
	const screen = await render(Markdown, { text });
	const more = screen.getByRole('button', { name: 'Show all' });
	await expect.element(more).toBeVisible();
	const before = blocks(screen.container).length;
	await more.click();
	await expect.element(more).not.toBeInTheDocument();
	expect(blocks(screen.container)).toHaveLength(8_000);
	expect(before).toBeLessThan(6_000);
});

test('long lists and tables go on in boxes of their own, numbered through', async () => {
	const items = Array.from({ length: 150 }, (_, i) => `${i + 5}. item ${i}`).join('\n');
	const rows = Array.from({ length: 150 }, (_, i) => `| ${i} | word |`).join('\n');
	const { container } = await render(Markdown, {
		text: `${items}\n\n| a | b |\n|---|---|\n${rows}`,
	});
	await vi.waitFor(() => expect(container.querySelectorAll('tbody tr')).toHaveLength(150));
	const starts = [...container.querySelectorAll('ol')].map((list) => list.start);
	expect(starts).toEqual([5, 55, 105]);
	expect(container.querySelectorAll('li')).toHaveLength(150);
	const widths = [...container.querySelectorAll('table')].map((table) => table.offsetWidth);
	expect(new Set(widths).size).toBe(1);
});

/** Elements and text, without what styling adds. */
function shape(root: Element): string {
	return root.innerHTML
		.replace(/<!--.*?-->/g, '')
		.replace(/ class="[^"]*"/g, '')
		.replace(/ aria-describedby="[^"]*"/g, '');
}
