/** A conversation with a model, without an agent. */
import { expect, type Page } from '@playwright/test';
import { says } from '../fakes/fault-server';
import type { App } from './support/app';
import { test } from './support/engine';
import { connectEndpoint, connectPractice, newRunDialog } from './support/connections';
import { fast } from './support/practice';
import { Run } from './support/runs';

test.describe.configure({ timeout: 60_000 });

const quick = `\n/practice stop end_turn\n${fast}`;
const chats = (page: Page) => page.getByRole('region', { name: 'Chats' });

async function closeNewRun({ page }: App): Promise<void> {
	await newRunDialog(page).getByRole('button', { name: 'Close' }).click();
	await page.getByRole('link', { name: 'Chat', exact: true }).first().click();
}

async function begin(page: Page, text: string): Promise<Run> {
	await page.getByRole('textbox', { name: 'Message', exact: true }).fill(text);
	await page.getByRole('button', { name: 'Send' }).click();
	await page.waitForURL(/\/chat\/[0-9A-Z]{26}$/);
	return new Run(page);
}

test('a chat parts where a message is said otherwise, and each version is a step away', async ({
	app,
}) => {
	const { page } = app;
	await app.open('/');
	await connectPractice(page);
	await closeNewRun(app);
	const chat = await begin(page, `How do tides work${quick}`);
	await chat.is('Completed');
	await chat.reply(`And on the moon${quick}`);
	await chat.log.has('ended', 2);

	const second = chat.thread.locator('.message').filter({ hasText: 'And on the moon' }).first();
	await second.hover();
	await second.getByRole('button', { name: 'Edit and send as new branch' }).click();
	const dialog = page.getByRole('dialog', { name: 'Send as a new branch' });
	await expect(dialog.getByRole('textbox')).toHaveValue(/And on the moon/);
	await dialog.getByRole('textbox').fill(`And on Mars${quick}`);
	await dialog.getByRole('button', { name: 'Send' }).click();
	await page.waitForURL((url) => !url.pathname.endsWith(chat.id));
	const branch = new Run(page);
	await branch.is('Completed');
	await branch.says('How do tides work');
	await branch.says('And on Mars');
	const versions = page.getByRole('group', { name: 'Versions of this message' });
	await expect(versions).toContainText('2/2');
	await expect(chats(page).getByRole('listitem')).toHaveCount(1);

	await versions.getByRole('link', { name: 'Previous version' }).click();
	await expect(page).toHaveURL(new RegExp(chat.id));
	await expect(versions).toContainText('1/2');
	await chat.says('And on the moon');
	await page.reload();
	await versions.getByRole('link', { name: 'Next version' }).click();
	await branch.says('And on Mars');

	await branch.choose('More for this run', /^Archive$/);
	await expect(branch.article.getByText('This chat is archived.')).toBeVisible();
	await expect(chats(page).getByText('No chats yet')).toBeVisible();
	await branch.article.getByRole('button', { name: 'Unarchive' }).click();
	await expect(chats(page).getByRole('listitem')).toHaveCount(1);

	// A link that takes it for a run leads to the chat all the same.
	await page.goto(`/runs/${chat.id}`);
	await expect(page).toHaveURL(new RegExp(`/chat/${chat.id}$`));
	await chat.says('And on the moon');
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('files go along with a message, as the model takes them', async ({ app, fault }) => {
	const { page } = app;
	fault.always(says('They differ.'));
	await app.open('/');
	await connectEndpoint(page, { url: fault.url });
	await closeNewRun(app);
	await page.getByLabel('Files to attach').setInputFiles([
		{ name: 'notes.md', mimeType: 'text/markdown', buffer: Buffer.from('# Notes\n') },
		{
			name: 'dot.png',
			mimeType: 'image/png',
			buffer: Buffer.from(
				'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
				'base64',
			),
		},
		{ name: 'paper.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') },
	]);
	await expect(
		page.getByRole('list', { name: 'Attached files' }).getByRole('listitem'),
	).toHaveCount(3);
	const chat = await begin(page, 'Compare these');
	await chat.says('They differ.');
	const [sent] = fault.calls[0]?.body.messages ?? [];
	expect(sent).toMatchObject({
		role: 'user',
		content: [
			{ type: 'text', text: '<attachment name="notes.md">\n# Notes\n\n</attachment>' },
			{ type: 'image', source: { type: 'base64', media_type: 'image/png' } },
			{ type: 'document', title: 'paper.pdf', source: { media_type: 'application/pdf' } },
			{ type: 'text', text: 'Compare these' },
		],
	});
	const list = chat.thread.getByRole('list', { name: 'Attached files' });
	await list.getByRole('button', { name: /notes\.md/ }).click();
	await expect(page.getByRole('dialog', { name: 'notes.md' })).toContainText('# Notes');
	await page.keyboard.press('Escape');
	const shown = await list.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth);
	expect(shown).toBe(1);
	const [command] = await chat.log.commands();
	expect(JSON.stringify(command)).not.toContain('iVBORw0KGgo');
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('what is no text, image or PDF, or is too large, is refused with the reason', async ({
	app,
}) => {
	const { page } = app;
	await app.open('/');
	await connectPractice(page);
	await closeNewRun(app);
	const input = page.getByLabel('Files to attach');
	await input.setInputFiles({ name: 'a.bin', mimeType: '', buffer: Buffer.from([0, 255, 1]) });
	await expect(page.getByText('a.bin can’t be attached.', { exact: false }).first()).toBeVisible();
	await input.setInputFiles({
		name: 'big.png',
		mimeType: 'image/png',
		buffer: Buffer.alloc(5 * 1024 * 1024 + 1),
	});
	await expect(
		page.getByText('big.png is larger than 5 MB', { exact: false }).first(),
	).toBeVisible();
	await expect(page.getByRole('list', { name: 'Attached files' })).toHaveCount(0);
	await input.setInputFiles({ name: 'n.txt', mimeType: 'text/plain', buffer: Buffer.from('hi') });
	const chat = await begin(page, `What is this${quick}`);
	await chat.says(/You gave me n\.txt \(text\)/);
});

test('a chat becomes an agent, with its settings and its task', async ({ app }) => {
	const { page } = app;
	await app.open('/');
	await connectPractice(page);
	await closeNewRun(app);
	const chat = await begin(page, `Compare harbour walls${quick}`);
	await chat.is('Completed');
	await chat.choose('More for this run', 'Make an agent of it');
	await expect(page).toHaveURL(/\/agents\/new$/);
	await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Compare harbour walls');
	await expect(page.getByLabel('System prompt')).toHaveValue(/^You help with tasks like this one:/);
});

test('chats are there offline and after a reload', async ({ app, serveBuilt }) => {
	const { page } = app;
	const server = await serveBuilt();
	await app.open(server.url);
	await connectPractice(page);
	await closeNewRun(app);
	const chat = await begin(page, `What is a buoy${quick}`);
	await chat.is('Completed');
	await app.offlineReady();
	await page.reload();
	await server.stop();
	await page.goto(`${server.url}/chat/${chat.id}`);
	await chat.says('What is a buoy');
	await chat.reply(`And a beacon${quick}`);
	await chat.log.has('ended', 2);
});

test('a chat that is opened by the address of a run is shown at its own, and nowhere before', async ({
	app,
}) => {
	const { page } = app;
	await app.open('/');
	await connectPractice(page);
	await closeNewRun(app);
	const chat = await begin(page, `How do tides work${quick}`);
	await chat.is('Completed');

	// A quick person presses a tab before it is known what is here.
	await page.addInitScript(() => {
		const shown = new Set<string>();
		let pressed = false;
		Object.assign(window, { shown });
		new MutationObserver(() => {
			if (document.querySelector('article[aria-label*="tides"] header'))
				shown.add(location.pathname);
			const tab = [...document.querySelectorAll<HTMLElement>('article [role=tab]')][2];
			if (pressed || !tab) return;
			pressed = true;
			tab.click();
		}).observe(document, { childList: true, subtree: true, attributes: true });
	});
	await page.goto(`/runs/${chat.id}`);
	await chat.is('Completed');
	await expect(chat.thread.getByText('Chat created')).toBeVisible();
	const shown = () => [...(window as never as { shown: Set<string> }).shown];
	expect(await page.evaluate(shown)).toEqual([`/chat/${chat.id}`]);
});
