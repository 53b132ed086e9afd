import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../../app.css';
import EndpointChoice from './EndpointChoice.svelte';

test('a missing address is asked for until something is typed', async () => {
	await render(EndpointChoice, { onsaved: () => {} });
	const address = page.getByLabelText('Address');
	const asked = page.getByText('Type the address of the server.');
	await address.fill('');
	await expect.element(asked).not.toBeInTheDocument();
	await page.getByRole('button', { name: 'Connect' }).click();
	await expect.element(asked).toBeVisible();
	await address.fill('h');
	await expect.element(asked).not.toBeInTheDocument();
	await expect.element(address).not.toHaveAttribute('aria-invalid');
});
