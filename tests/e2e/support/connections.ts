/** Connecting a model, the way a person does on the first screen. */
import { expect, type Page } from '@playwright/test';

export interface EndpointChoice {
	url: string;
	key?: string;
	/** Header the key is sent in. */
	sentAs?: 'Authorization: Bearer' | 'x-api-key';
}

/** Fills in the first screen and connects; does not wait for how that ends. */
export async function tryEndpoint(
	page: Page,
	{ url, key, sentAs = 'Authorization: Bearer' }: EndpointChoice,
): Promise<void> {
	await page.getByLabel('Server', { exact: true }).selectOption({ label: 'Other' });
	await page.getByLabel('Address', { exact: true }).fill(url);
	if (key !== undefined) {
		await page.getByLabel('Key, if it wants one').fill(key);
	}
	await page
		.getByLabel('Sent as')
		.selectOption({ label: key === undefined ? 'No header' : sentAs });
	await page.getByRole('button', { name: 'Connect', exact: true }).click();
}

/** From the first screen to the dialog of a new run. */
export async function connectEndpoint(page: Page, choice: EndpointChoice): Promise<void> {
	await tryEndpoint(page, choice);
	await expect(newRunDialog(page)).toBeVisible();
}

export async function connectPractice(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Try it', exact: true }).click();
	await expect(newRunDialog(page)).toBeVisible();
}

export const newRunDialog = (page: Page) => page.getByRole('dialog', { name: 'New run' });
