// `npm run screenshots`: pictures of the built app for the README, made by using it with the practice model.
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { chromiumArgs, ensureChromium } from './chromium.mjs';
import { carryRelay } from './carry-relay.mjs';
import { ensureBuilt, ensureInstalled, ensureRelayBuilt, requireNode, say } from './prepare.mjs';
import { seedLines } from './seed/workspace.mjs';
import { writeWorkspaceFile } from './seed/write-file.mjs';
import { serve } from './serve.mjs';
import { root } from './sources.mjs';

/** @import { Browser, Page } from 'playwright' */

const folder = join(root, 'docs/screenshots');
const desktop = { width: 1440, height: 900 };
const landscape = { width: 1180, height: 820 };
const portrait = { width: 820, height: 1180 };
const phone = { width: 390, height: 844 };
const MOST_BYTES = 200 * 1024;

const code = `\`\`\`js
export function total(items) {
	var sum = 0;
	for (let i = 0; i <= items.length; i++) sum += items[i].price;
	if (sum == 0) return null;
	return sum;
}
\`\`\``;

requireNode();
await ensureInstalled();
await ensureBuilt();
mkdirSync(folder, { recursive: true });
const server = await serve({ port: 0 });
const browser = await chromium.launch({ executablePath: ensureChromium(say), args: chromiumArgs });
try {
	await onDesktop(browser);
	await onPhone(browser);
	await onTablet(browser);
	await inWorkspace(browser);
	await onDevices(browser);
} finally {
	await browser.close();
	await server.close();
}

/** @param {Browser} browser */
async function onDesktop(browser) {
	const page = await open(browser, { viewport: desktop, colorScheme: 'light' });
	await page.getByRole('button', { name: 'Try it' }).waitFor();
	await shoot(page, 'welcome');
	await connectPractice(page);

	await startRun(page, 'Bug Triage', '', {
		'What is wrong': 'Export loses rows',
		'What happened':
			'I exported the orders of last year in 2.4.1 on Firefox. The file ended after 10,000 rows, without an error: data loss.',
	});
	await button(page, 'Skip').click();
	await rests(page, 'Completed');
	await page.getByRole('tab', { name: 'Output' }).click();
	await page.getByText('Fits the schema').waitFor();
	await shoot(page, 'output');

	await startRun(
		page,
		'Release Notes Writer',
		'Notes for users of 2.5:\n- fix: exports keep all rows\n- add a dark theme\n- drop support for Windows 8',
	);
	await rests(page, 'Completed');
	await page.getByRole('tab', { name: 'Files' }).click();
	await page.getByLabel('Compare with').selectOption({ index: 1 });
	await page.getByText('wording checked').waitFor();
	await shoot(page, 'files');

	await startRun(page, 'Code Reviewer', 'Summarise the open points\n/practice error 401');
	await rests(page, 'Failed');

	await startRun(page, 'Research Assistant', 'Which battery suits a lamp in the garden?');
	await page.getByRole('form', { name: /questions for you/ }).waitFor();
	await shoot(page, 'question');

	await startRun(page, 'Code Reviewer', `Review the price total before we ship it:\n\n${code}`);
	await button(page, /^Allow once/).click();
	await page.getByText('i < items.length').waitFor();
	await shoot(page, 'approval');
	await page.emulateMedia({ colorScheme: 'dark' });
	await shoot(page, 'approval-dark');
	await page.emulateMedia({ colorScheme: 'light' });
	await page.getByRole('tab', { name: 'Activity' }).click();
	await page.getByRole('region', { name: 'Activity' }).waitFor();
	await shoot(page, 'activity');

	await startRun(
		page,
		'Research Assistant',
		'Compare two ways to store the harvest\n/practice slow 4',
	);
	await page.getByText('Practice replies are scripted').waitFor();
	await page.keyboard.press('Escape');
	await page.getByRole('grid', { name: 'Agent runs' }).waitFor();
	await shoot(page, 'runs');
	await page.emulateMedia({ colorScheme: 'dark' });
	await shoot(page, 'runs-dark');
	await page.emulateMedia({ colorScheme: 'light' });

	await page.getByRole('link', { name: 'Agents', exact: true }).click();
	await page.getByRole('link', { name: 'Bug Triage', exact: true }).waitFor();
	await shoot(page, 'agents');
	await page.getByRole('link', { name: 'Bug Triage', exact: true }).click();
	await page.getByText('The form a new run shows').waitFor();
	await shoot(page, 'agent');
	await page.getByRole('link', { name: 'Settings', exact: true }).click();
	await page.getByRole('button', { name: 'Add connection' }).waitFor();
	await shoot(page, 'settings');
	await page.context().close();
}

/** What waits, answered in the inbox; and a chat. @param {Browser} browser */
async function onTablet(browser) {
	const options = { viewport: portrait, hasTouch: true, isMobile: true };
	const page = await open(browser, { ...options, colorScheme: 'dark' });
	await connectPractice(page);
	await startRun(page, 'Research Assistant', 'Which battery suits a lamp in the garden?');
	await page.getByRole('form', { name: /questions for you/ }).waitFor();
	await startRun(page, 'Code Reviewer', `Review the price total:\n\n${code}`);
	const request = page.getByRole('region', { name: 'Permission request' });
	await request.waitFor();
	await page.goto(`${server.url}/inbox`);
	await page.getByRole('region', { name: 'Inbox', exact: true }).getByRole('link').first().click();
	await request.or(page.getByRole('form', { name: /questions for you/ })).waitFor();
	await shoot(page, 'inbox');
	await page.goto(`${server.url}/chat/new`);
	await page
		.getByRole('textbox', { name: 'Message', exact: true })
		.fill('Which of the two would you take into the rain?');
	await button(page, 'Send').click();
	await page.waitForURL(/\/chat\/[0-9A-Z]{26}$/);
	await rests(page, 'Completed');
	await shoot(page, 'chat');
	await page.context().close();
}

/** A workspace of many sessions, which the seed made and the app took in. @param {Browser} browser */
async function inWorkspace(browser) {
	const page = await open(browser, { viewport: desktop, colorScheme: 'light' });
	await page.getByText('Look around first').click();
	await page.waitForURL((address) => address.pathname !== '/welcome');
	const temporary = mkdtempSync(join(tmpdir(), 'muster-'));
	const file = join(temporary, 'seeded.muster');
	const writtenAt = Date.now();
	const lines = seedLines({ sessions: 600, until: writtenAt });
	await writeWorkspaceFile(file, lines, { writtenAt, workspace: 'Seeded workspace' });
	await page.goto(`${server.url}/settings/data`);
	await page.getByLabel('Files to import').setInputFiles(file);
	const take = page.getByRole('button', { name: /^Import \d+ sessions/ });
	await take.waitFor();
	await shoot(page, 'import');
	await take.click();
	await page.getByText('600 sessions imported').waitFor();
	rmSync(temporary, { recursive: true });

	await page.goto(`${server.url}/`);
	await page.getByRole('heading', { name: 'Home' }).waitFor();
	await shoot(page, 'home');
	await page.goto(`${server.url}/activity`);
	await page.getByRole('listitem').first().waitFor();
	await shoot(page, 'feed');
	await page.goto(`${server.url}/tickets?view=board`);
	await page.getByRole('region', { name: 'In Progress' }).getByRole('link').first().waitFor();
	await shoot(page, 'tickets');
	await page.goto(`${server.url}/runs`);
	const rows = page.locator('[data-id]');
	await rows.first().waitFor();
	for (const row of [1, 2, 4]) await rows.nth(row).locator('.pick').click();
	await page.getByRole('toolbar').waitFor();
	await shoot(page, 'bulk');
	await page.keyboard.press('Escape');
	await page.goto(`${server.url}/runs?q=export`);
	await page.getByRole('option').first().waitFor();
	await shoot(page, 'search');

	await page.setViewportSize(landscape);
	await page.goto(`${server.url}/tickets?view=list`);
	await page.locator('[data-row] a, a[data-row]').first().click();
	await page.getByRole('tab', { name: /^Sessions/ }).click();
	await page.getByRole('note', { name: 'Totals' }).waitFor();
	await shoot(page, 'ticket');
	await page.context().close();
}

/** Two devices that share a workspace, by a relay of their own. @param {Browser} browser */
async function onDevices(browser) {
	await ensureRelayBuilt();
	const data = mkdtempSync(join(tmpdir(), 'muster-relay-'));
	const shared = await serve({
		port: 0,
		relay: (server) => carryRelay(server, { host: 'localhost', data, env: {} }),
	});
	const options = { reducedMotion: /** @type {const} */ ('reduce'), locale: 'en-GB' };
	const device = async (/** @type {{ width: number, height: number }} */ viewport) => {
		const context = await browser.newContext({ ...options, viewport, baseURL: shared.url });
		context.setDefaultTimeout(90_000);
		return context.newPage();
	};
	const laptop = await device(desktop);
	await laptop.goto('/');
	await connectPractice(laptop);
	await laptop.goto('/settings/devices');
	await button(laptop, 'Sync this workspace').click();
	const tablet = await device(landscape);
	await button(laptop, 'Add a device').click();
	const adding = laptop.getByRole('dialog', { name: 'Add a device' });
	await tablet.goto(await adding.getByRole('textbox', { name: 'Link' }).inputValue());
	await tablet.getByLabel('Name of this device').fill('Tablet');
	await button(tablet, /^Join/).click();
	await button(laptop, 'It shows the same code').click();
	await tablet.getByText(/This device has joined/).waitFor();
	await button(laptop, 'Done').click();
	await laptop.getByText('On now').waitFor();
	await laptop.getByRole('link', { name: /^Synced at/ }).waitFor();
	await shoot(laptop, 'devices');
	for (const page of [laptop, tablet]) await page.context().close();
	await shared.close();
	rmSync(data, { recursive: true });
}

/** @param {Browser} browser */
async function onPhone(browser) {
	const options = { viewport: phone, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
	const page = await open(browser, { ...options, colorScheme: 'light' });
	await connectPractice(page);
	await startRun(page, 'Research Assistant', 'Which battery suits a lamp in the garden?');
	await page.getByRole('form', { name: /questions for you/ }).waitFor();
	await page.getByRole('link', { name: 'Agent Runs' }).first().click();
	await startRun(page, 'Code Reviewer', `Review the price total:\n\n${code}`);
	const request = page.getByRole('region', { name: 'Permission request' });
	await request.getByRole('button', { name: 'Allow once' }).click();
	await request.getByText('i < items.length').waitFor();
	await shoot(page, 'phone-approval');
	await request.getByRole('button', { name: 'Back to messages' }).click();
	await page.getByRole('link', { name: 'Agent Runs' }).first().click();
	await page.getByRole('listbox', { name: 'Agent runs' }).waitFor();
	await shoot(page, 'phone-runs');
	await page.context().close();
}

/**
 * @param {Browser} browser
 * @param {import('playwright').BrowserContextOptions} options
 */
async function open(browser, options) {
	const context = await browser.newContext({
		...options,
		reducedMotion: 'reduce',
		locale: 'en-GB',
	});
	// The practice model speaks at the pace of a real one.
	context.setDefaultTimeout(90_000);
	const page = await context.newPage();
	await page.goto(server.url);
	return page;
}

/** @param {Page} page @param {string | RegExp} name */
function button(page, name) {
	return page.getByRole('button', { name, exact: typeof name === 'string' }).first();
}

/** @param {Page} page */
async function connectPractice(page) {
	await button(page, 'Try it').click();
	await page
		.getByRole('dialog', { name: 'New run' })
		.getByRole('button', { name: 'Close' })
		.click();
}

/**
 * @param {Page} page
 * @param {string} agent
 * @param {string} prompt
 * @param {Record<string, string>} [form] fields of the agent's input form, by label
 */
async function startRun(page, agent, prompt, form = {}) {
	await button(page, 'New run').click();
	const dialog = page.getByRole('dialog', { name: 'New run' });
	const picker = dialog.getByRole('combobox', { name: 'Agent' });
	await picker.fill(agent);
	await picker.press('Enter');
	for (const [label, value] of Object.entries(form)) await dialog.getByLabel(label).fill(value);
	await dialog.getByLabel(/^Prompt/).fill(prompt);
	await dialog.getByRole('button', { name: 'Start run' }).click();
	await page.waitForURL(/\/runs\/[0-9A-Z]{26}$/);
}

/** @param {Page} page @param {string} status */
async function rests(page, status) {
	await page.getByRole('article').locator('header').getByText(status, { exact: true }).waitFor();
}

/**
 * A picture of what is there once nothing moves, without toasts and pointer.
 * @param {Page} page
 * @param {string} name
 */
async function shoot(page, name) {
	await page.mouse.move(0, 0);
	await page.evaluate(() => document.fonts.ready);
	const path = join(folder, `${name}.png`);
	await page.screenshot({
		path,
		animations: 'disabled',
		caret: 'hide',
		style: '[aria-label="Notifications"] { display: none !important }',
	});
	const { size } = statSync(path);
	say(`${name}.png ${Math.round(size / 1024)} KiB${size > MOST_BYTES ? ', too large' : ''}`);
	if (size > MOST_BYTES) process.exitCode = 1;
}
