// `npm run screenshots`: pictures of the built app for the README, made by using it with the practice model.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { chromiumArgs, ensureChromium } from './chromium.mjs';
import { ensureBuilt, ensureInstalled, requireNode, say } from './prepare.mjs';
import { serve } from './serve.mjs';
import { root } from './sources.mjs';

/** @import { Browser, Page } from 'playwright' */

const folder = join(root, 'docs/screenshots');
const desktop = { width: 1440, height: 900 };
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
