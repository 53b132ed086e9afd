/** A run on the screen: started, read and answered by what a person sees. A changed label is one edit here. */
import { expect, type Locator, type Page } from '@playwright/test';
import { newRunDialog } from './connections';
import { StoredLog } from './idb';

export interface NewRunWish {
	prompt: string;
	/** Name of the agent; the Code Reviewer has every file tool and no output schema. */
	agent?: string;
	permissions?: 'Ask for all' | 'Auto-approve edits' | 'Approve everything' | 'Plan';
}

/** Fills in the dialog of a new run, which must be open, and starts it. */
export async function startRun(page: Page, wish: NewRunWish): Promise<Run> {
	const dialog = newRunDialog(page);
	const agent = dialog.getByRole('combobox', { name: 'Agent' });
	await agent.fill(wish.agent ?? 'Code Reviewer');
	await agent.press('Enter');
	await dialog.getByLabel('Prompt', { exact: true }).fill(wish.prompt);
	if (wish.permissions)
		await dialog.getByLabel('Permissions').selectOption({ label: wish.permissions });
	await dialog.getByRole('button', { name: 'Start run' }).click();
	await page.waitForURL(/\/runs\/[0-9A-Z]{26}$/);
	return new Run(page);
}

export class Run {
	readonly id: string;

	/** `page` shows the run, or will show it once `open` was called. */
	constructor(
		readonly page: Page,
		id?: string,
	) {
		this.id = id ?? new URL(page.url()).pathname.split('/').at(-1) ?? '';
	}

	/** The same run on another page. */
	async openOn(page: Page): Promise<Run> {
		const run = new Run(page, this.id);
		await run.open();
		return run;
	}

	async open(): Promise<void> {
		await this.page.goto(`/runs/${this.id}`);
	}

	get log(): StoredLog {
		return new StoredLog(this.page, this.id);
	}

	get article(): Locator {
		return this.page.getByRole('article').first();
	}

	/** Title, status with its reason, model, cost. */
	get header(): Locator {
		return this.article.locator('header').first();
	}

	get thread(): Locator {
		return this.page.getByRole('tabpanel').last();
	}

	/** The run's line in the list beside it. */
	get row(): Locator {
		return this.page.getByRole('region', { name: 'Agent Runs' }).locator(`[data-id="${this.id}"]`);
	}

	/** A card in the thread, by its title. */
	card(title: string | RegExp): Locator {
		return this.thread.getByRole('region', { name: title });
	}

	button(name: string | RegExp): Locator {
		return this.article.getByRole('button', { name, exact: typeof name === 'string' });
	}

	async press(name: string | RegExp): Promise<void> {
		await this.button(name).first().click();
	}

	/** Waits for a status and, where given, the reason beside it. */
	async is(status: string, reason?: string | RegExp): Promise<void> {
		await expect(this.header.getByText(status, { exact: true })).toBeVisible();
		if (reason !== undefined) await expect(this.header).toContainText(reason);
	}

	async says(text: string | RegExp): Promise<void> {
		await expect(this.thread.getByText(text).first()).toBeVisible();
	}

	async allowOnce(): Promise<void> {
		await this.press(/^Allow once/);
	}

	tab(name: 'Messages' | 'Output' | 'Activity' | 'Files'): Locator {
		return this.page.getByRole('tab', { name });
	}
}
