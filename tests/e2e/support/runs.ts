/** A run on the screen: started, read and answered by what a person sees. A changed label is one edit here. */
import { expect, type Locator, type Page } from '@playwright/test';
import { newRunDialog } from './connections';
import { StoredLog } from './idb';

export interface NewRunWish {
	prompt: string;
	/** Through the clipboard, as a long text comes; typing it would take minutes. */
	paste?: boolean;
	/** Name of the agent; the Code Reviewer has every file tool and no output schema. */
	agent?: string;
	/** Fields of an agent's input form, by label; choices by their words. */
	form?: Record<string, string>;
	/** Cap of the run, tokens. */
	tokens?: number;
	permissions?: 'Ask for all' | 'Auto-approve edits' | 'Approve everything' | 'Plan';
}

/** Fills in the dialog of a new run, which must be open, and starts it. */
export async function startRun(page: Page, wish: NewRunWish): Promise<Run> {
	const dialog = newRunDialog(page);
	const agent = dialog.getByRole('combobox', { name: 'Agent' });
	await agent.fill(wish.agent ?? 'Code Reviewer');
	await agent.press('Enter');
	for (const [label, value] of Object.entries(wish.form ?? {}))
		await fillField(dialog, label, value);
	const prompt = dialog.getByLabel(wish.form ? 'Prompt (optional)' : 'Prompt', { exact: true });
	if (wish.paste) await paste(prompt, wish.prompt);
	else await prompt.fill(wish.prompt);
	if (wish.permissions)
		await dialog.getByLabel('Permissions').selectOption({ label: wish.permissions });
	if (wish.tokens) await dialog.getByLabel('Budget, tokens').fill(String(wish.tokens));
	await dialog.getByRole('button', { name: 'Start run' }).click();
	await page.waitForURL(/\/runs\/[0-9A-Z]{26}$/);
	return new Run(page);
}

async function fillField(dialog: Locator, label: string, value: string): Promise<void> {
	const field = dialog.getByLabel(label, { exact: true });
	if ((await field.evaluate((node) => node.tagName)) === 'SELECT')
		await field.selectOption({ label: value });
	else await field.fill(value);
}

async function paste(field: Locator, text: string): Promise<void> {
	const page = field.page();
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
	await field.press('ControlOrMeta+v');
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

	/** By the keyboard. A click right after another button's may be taken for its second half. */
	async enter(name: string | RegExp): Promise<void> {
		await this.button(name).first().press('Enter');
	}

	/** Waits for a status and, where given, the reason beside it. */
	async is(status: string, reason?: string | RegExp): Promise<void> {
		await expect(this.header.getByText(status, { exact: true })).toBeVisible();
		if (reason !== undefined) await expect(this.header).toContainText(reason);
	}

	async says(text: string | RegExp): Promise<void> {
		await expect(this.thread.getByText(text).first()).toBeVisible();
	}

	/** The card of a request for permission, by its tool. */
	request(tool: string): Locator {
		return this.card(new RegExp(`wants to use ${tool}\\b`));
	}

	/** The form of open questions. */
	get questions(): Locator {
		return this.thread.getByRole('form', { name: /questions? for you/ });
	}

	/** The field replies are written in. */
	get composer(): Locator {
		return this.article.getByRole('textbox', { name: 'Message', exact: true });
	}

	async reply(text: string): Promise<void> {
		await this.composer.fill(text);
		await this.composer.press('ControlOrMeta+Enter');
	}

	/** Chooses an entry of a menu that a button of the run opens. */
	async choose(menu: string | RegExp, entry: string | RegExp): Promise<void> {
		await this.button(menu).click();
		await this.page
			.getByRole('menuitem', { name: entry })
			.or(this.page.getByRole('menuitemradio', { name: entry }))
			.click();
	}

	async allowOnce(timeout?: number): Promise<void> {
		await this.button(/^Allow once/)
			.first()
			.click({ timeout });
	}

	tab(name: 'Messages' | 'Output' | 'Activity' | 'Files'): Locator {
		return this.page.getByRole('tab', { name });
	}
}
