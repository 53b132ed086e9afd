import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../../app.css';
import KeyField from './KeyField.svelte';

const KEY = 'sk-ant-api03-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-7Qx9';

test('a pasted key shows its kind and its end, and stands in the input alone', async () => {
	const { component, container } = await render(KeyField, { label: 'Key' });
	await userEvent.fill(page.getByLabelText('Key'), KEY);
	await expect.element(page.getByText(`sk-ant-api03-${'•'.repeat(20)}7Qx9`)).toBeVisible();
	expect(container.textContent).not.toContain('AbCdEf');
	expect(container.innerHTML).not.toContain('AbCdEf');
	expect(component.read()).toBe(KEY);
});

test('a cleared field holds and shows nothing', async () => {
	const { component, container } = await render(KeyField, { label: 'Key' });
	await userEvent.fill(page.getByLabelText('Key'), KEY);
	component.clear();
	await expect.element(page.getByLabelText('Key')).toHaveValue('');
	expect(component.read()).toBe('');
	expect(container.textContent).not.toContain('•');
});
