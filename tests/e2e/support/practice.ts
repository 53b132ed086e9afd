/** Runs of the practice model, begun the way a person begins them. */
import { expect, type Download, type Locator } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import type { App } from './app';
import { connectPractice, newRunDialog } from './connections';
import { startRun, type NewRunWish, type Run } from './runs';

/** Said in a prompt: the script answers at once, where its pace is not what is tested. */
export const fast = '/practice fast';

/** Said in a prompt: an answer that outlasts every test. */
export const endless = '/practice long 20000\n/practice slow 60';

/** Said in a prompt: short steps without end, each a call of a tool. */
export const stepping = '/practice loop\n/practice slow 30';

/** From a device that has never seen the app to a run. `at`: where the app is served, if not as usual. */
export async function practiceRun(app: App, wish: NewRunWish, at = '/'): Promise<Run> {
	await app.open(at);
	await connectPractice(app.page);
	return startRun(app.page, wish);
}

/** A run on a device that has a connection, from wherever the page is. */
export async function anotherRun(app: App, wish: NewRunWish): Promise<Run> {
	await app.page.getByRole('button', { name: 'New run', exact: true }).first().click();
	await expect(newRunDialog(app.page)).toBeVisible();
	return startRun(app.page, wish);
}

/** Presses what downloads a file, and hands over its name and bytes. */
export async function downloaded(button: Locator): Promise<{ name: string; bytes: Buffer }> {
	const [download] = await Promise.all([
		button.page().waitForEvent('download') as Promise<Download>,
		button.click(),
	]);
	return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Code with things in it that the script knows how to mend. */
export const code = [
	'```js',
	'function total(items) {',
	'\tvar sum = 0;',
	'\tfor (let i = 0; i <= items.length; i++) sum += items[i].price;',
	'\tif (sum == 0) return null;',
	'\treturn sum;',
	'}',
	'```',
].join('\n');
