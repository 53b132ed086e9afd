import { createRawSnippet } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Dialog from './Dialog.svelte';

const children = createRawSnippet(() => ({ render: () => '<input aria-label="Prompt" />' }));

async function open(more: { sticky?: boolean } = {}) {
	const opener = document.createElement('button');
	document.body.append(opener);
	opener.focus();
	const onclose = vi.fn();
	await render(Dialog, { open: true, title: 'New run', children, onclose, ...more });
	await expect.element(page.getByRole('dialog', { name: 'New run' })).toBeVisible();
	return { opener, onclose };
}
const beside = () => {
	const dialog = document.querySelector('dialog');
	dialog?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
	dialog?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
};

describe('a dialog', () => {
	it('starts on its content and gives the focus back', async () => {
		const { opener, onclose } = await open();
		await expect.element(page.getByLabelText('Prompt')).toHaveFocus();
		await userEvent.keyboard('{Escape}');
		await vi.waitFor(() => expect(onclose).toHaveBeenCalledOnce());
		expect(document.activeElement).toBe(opener);
		opener.remove();
	});

	it('with nothing in it to press starts on its text, not on Close', async () => {
		const text = createRawSnippet(() => ({ render: () => '<p>Only to read</p>' }));
		await render(Dialog, { open: true, title: 'Keys', children: text });
		await expect.element(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
		await expect.element(page.getByRole('button', { name: 'Close' })).not.toHaveFocus();
		expect(document.activeElement?.textContent).toContain('Only to read');
	});

	it('closes on a press beside it', async () => {
		const { opener, onclose } = await open();
		beside();
		await vi.waitFor(() => expect(onclose).toHaveBeenCalledOnce());
		opener.remove();
	});

	it('stays on a press beside it when there is work inside', async () => {
		const { opener } = await open({ sticky: true });
		beside();
		await expect.element(page.getByRole('dialog')).toBeVisible();
		await page.getByRole('button', { name: 'Close' }).click();
		await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
		opener.remove();
	});
});
