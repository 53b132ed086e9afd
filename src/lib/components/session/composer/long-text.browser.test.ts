import '../../../../app.css';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { MessageDraft } from '$lib/state/session-draft.svelte';
import Markdown from '../../shared/markdown/Markdown.svelte';
import TextArea from '../../shared/TextArea.svelte';
import MessageBox from './MessageBox.svelte';

// What makes a line dear is style, which can be asked for; how long it takes on a busy machine cannot.
const style = (element: Element | null) => getComputedStyle(element as Element);
const areaIn = (container: Element) => container.querySelector('textarea') as HTMLTextAreaElement;

function expectCuttable(element: Element | null) {
	expect(style(element).fontKerning).toBe('none');
	expect(style(element).fontVariantLigatures).toBe('none');
}

async function messageBox() {
	const draft = new MessageDraft('long-text');
	const props = { draft, settings: null, placeholder: 'Message', onsend: () => {} };
	return { draft, area: areaIn((await render(MessageBox, props)).container) };
}

test('a line can be cut between any two letters of a field', async () => {
	const { container } = await render(TextArea, { label: 'Prompt' });
	expectCuttable(areaIn(container));
	expectCuttable((await messageBox()).area);
});

test('and of a long paragraph that is shown', async () => {
	const { container } = await render(Markdown, { text: 'A'.repeat(10_000) });
	await expect.poll(() => container.querySelectorAll('.continued').length).toBeGreaterThan(0);
	expectCuttable(container.querySelector('.continued'));
});

test('a message looks for the direction of each paragraph, up to a length known before it is laid out', async () => {
	const { draft, area } = await messageBox();
	expect(style(area).unicodeBidi).toBe('plaintext');
	const coming = (data: string) =>
		area.dispatchEvent(new InputEvent('beforeinput', { data, bubbles: true }));
	coming('short');
	expect(style(area).unicodeBidi).toBe('plaintext');
	coming('A'.repeat(200_000));
	expect(style(area).unicodeBidi).toBe('normal');
	draft.text = 'A'.repeat(200_000);
	await expect.poll(() => area.value.length).toBe(200_000);
	area.dispatchEvent(new InputEvent('input', { bubbles: true }));
	await expect.poll(() => style(area).unicodeBidi).toBe('normal');
	draft.text = 'short';
	await expect.poll(() => style(area).unicodeBidi).toBe('plaintext');
});
