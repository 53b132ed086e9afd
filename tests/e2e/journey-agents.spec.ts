/** Agents: made, changed, copied, exported, imported and deleted. */
import type { Page } from '@playwright/test';
import { expect, test, type App } from './support/app';
import { connectPractice, newRunDialog } from './support/connections';
import { downloaded, fast, practiceRun } from './support/practice';
import { startRun } from './support/runs';

const schema = {
	type: 'object',
	properties: { verdict: { type: 'string', enum: ['good', 'bad'] } },
	required: ['verdict'],
	additionalProperties: false,
};

async function openAgents(app: App): Promise<Page> {
	await app.open('/');
	await connectPractice(app.page);
	await app.page.keyboard.press('Escape');
	await app.page.getByRole('link', { name: 'Agents' }).click();
	return app.page;
}

const menuOf = (page: Page, agent: string) =>
	page.getByRole('button', { name: `${agent}: actions`, exact: true });
const inList = (page: Page, agent: string) =>
	page.getByRole('list').getByRole('link', { name: agent, exact: true });

test('an agent is made with an output schema, shown an example of it, run, and its answer fits', async ({
	app,
}) => {
	const page = await openAgents(app);
	await page.getByRole('link', { name: 'New agent' }).click();
	// What is missing is said where it is missing.
	await page.getByLabel('Description').fill('Tastes soup');
	await page.getByRole('button', { name: /^Save/ }).last().click();
	await expect(page.getByText('Give the agent a name')).toBeVisible();
	await page.getByLabel('Name', { exact: true }).fill('Soup Taster');
	await page.getByLabel('System prompt').fill('You taste soup.');
	await page.getByRole('button', { name: 'Add output schema' }).click();
	const editor = page.getByLabel('Output schema', { exact: true });
	await editor.fill('{ "type": "objekt" }');
	await expect(page.getByLabel('Problems of output schema')).toContainText(/Line 1, column \d+/);
	await editor.fill(JSON.stringify(schema));
	await expect(page.getByText('Can be used')).toBeVisible();
	await expect(page.getByLabel('Example', { exact: true })).toContainText('"verdict": "good"');
	await page.getByRole('button', { name: 'Save and run' }).click();

	await expect(newRunDialog(page).getByRole('combobox', { name: 'Agent' })).toHaveValue(
		'Soup Taster',
	);
	const run = await startRun(page, {
		agent: 'Soup Taster',
		prompt: `Taste this\n${fast}`,
		permissions: 'Approve everything',
	});
	await run.questions.getByRole('radio').first().check();
	await run.questions.getByRole('button', { name: 'Send answers' }).click();
	await run.is('Completed');
	await run.tab('Output').click();
	await run.says('Fits the schema');
	await run.says('verdict');
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('a run keeps the agent as it was when it began', async ({ app }) => {
	const run = await practiceRun(app, { prompt: `Say hello\n${fast}` });
	const { page } = app;
	await run.questions.getByRole('button', { name: 'Skip' }).click();
	await run.request('write_file').waitFor();
	await page.keyboard.press('Control+4');
	await inList(page, 'Code Reviewer').click();
	await page.getByLabel('Name', { exact: true }).fill('Kind Reviewer');
	await page.getByRole('button', { name: /^Save/ }).last().click();
	await expect(page.getByText('Saved', { exact: true })).toBeVisible();
	await page.keyboard.press('Control+6');
	await expect(run.row).toContainText('Code Reviewer');
	await run.open();
	await run.says('Code Reviewer wants to use write_file');
	const [created] = await run.log.of('created');
	expect(created?.agent?.name).toBe('Code Reviewer');
});

test('an agent goes out as YAML, is previewed on its way in, and comes back the same', async ({
	app,
}) => {
	const page = await openAgents(app);
	await menuOf(page, 'Bug Triage').click();
	const yaml = await downloaded(page.getByRole('menuitem', { name: 'Export as YAML' }));
	expect(yaml.name).toBe('bug-triage.agent.yaml');
	expect(yaml.bytes.toString()).toContain('Bug Triage');

	await page.getByRole('button', { name: 'More', exact: true }).click();
	await page.getByRole('menuitem', { name: 'Import YAML' }).click();
	const dialog = page.getByRole('dialog', { name: 'Import agents' });
	await dialog
		.locator('input[type=file]')
		.setInputFiles({ name: yaml.name, mimeType: 'application/yaml', buffer: yaml.bytes });
	await expect(dialog).toContainText('It is here already, just like this');
	await dialog.getByRole('button', { name: `Leave out ${yaml.name}` }).click();

	const renamed = yaml.bytes.toString().replaceAll('Bug Triage', 'Bug Nurse');
	await dialog.getByLabel('YAML').fill(renamed);
	await expect(dialog).toContainText('It is new here');
	await dialog.getByRole('button', { name: /^Import/ }).click();
	await expect(page.getByRole('heading', { name: 'Bug Nurse' })).toBeVisible();
	await expect(page.getByLabel('Input schema', { exact: true })).toHaveValue(/How often/);
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('YAML that cannot be read says in which line, and saves nothing', async ({ app }) => {
	const page = await openAgents(app);
	await page.getByRole('button', { name: 'More', exact: true }).click();
	await page.getByRole('menuitem', { name: 'Import YAML' }).click();
	const dialog = page.getByRole('dialog', { name: 'Import agents' });
	await dialog.getByLabel('YAML').fill('muster: agent/1\nname: [');
	await expect(dialog.getByText(/^Line \d+:/)).toBeVisible();
	await expect(dialog.getByRole('button', { name: /^Import/ })).toBeDisabled();
});

test('agents of Sciorex come in together, ask until they are let, and keep their original text', async ({
	app,
}) => {
	const page = await openAgents(app);
	await page.getByRole('button', { name: 'More', exact: true }).click();
	await page.getByRole('menuitem', { name: 'Import YAML' }).click();
	const dialog = page.getByRole('dialog', { name: 'Import agents' });
	const file = (name: string, text: string) => ({
		name,
		mimeType: 'application/yaml',
		buffer: Buffer.from(text),
	});
	const tool = (name: string) => `  - tool: ${name}\n    allowed: true\n`;
	await dialog
		.locator('input[type=file]')
		.setInputFiles([
			file(
				'pilot.yaml',
				`id: pilot\nname: Harbour Pilot\nicon: 🌐\nsystemPrompt: Guide ships.\ntemperature: 0.3\nautoApprove: true\nallowedTools:\n${tool('Read')}${tool('Write')}${tool('Bash')}`,
			),
			file('critic.yaml', 'id: critic\nname: Harbour Critic\nsystemPrompt: Be strict.\n'),
			file('bomb.yaml', 'id: x\nname: [*nowhere\n'),
		]);
	await expect(dialog).toContainText('2 agents in it');
	await expect(dialog).toContainText(/bomb\.yaml, line \d+:/);
	await expect(dialog).toContainText('Not here, and left out: Bash.');
	await expect(dialog).toContainText('kept in its original text: id, temperature');

	// What it did without asking is a choice, and the choice is to ask.
	const pilot = dialog.getByRole('listitem').filter({ hasText: 'Harbour Pilot' });
	await expect(pilot).toContainText('Without asking: read_file');
	const lets = pilot.getByRole('checkbox');
	await expect(lets).not.toBeChecked();
	const letIt = pilot.locator('label').filter({ hasText: 'as it did in Sciorex' });
	await letIt.click();
	await expect(lets).toBeChecked();
	await expect(pilot).toContainText('Without asking: read_file, write_file');
	await letIt.click();
	await dialog.getByRole('button', { name: 'Import 2 agents' }).click();
	await expect(inList(page, 'Harbour Critic')).toBeVisible();
	await inList(page, 'Harbour Pilot').click();
	await expect(page.getByLabel('Original definition')).toHaveValue(/temperature: 0\.3/);
	await expect(page.getByLabel('Original definition')).toHaveAttribute('readonly');
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('a copy gets a name of its own, and a deleted agent comes back with Undo', async ({ app }) => {
	const page = await openAgents(app);
	await menuOf(page, 'Code Reviewer').click();
	await page.getByRole('menuitem', { name: 'Duplicate' }).click();
	await expect(page.getByRole('heading', { name: 'Code Reviewer copy' })).toBeVisible();
	await page.getByRole('link', { name: 'All agents' }).click();
	await menuOf(page, 'Code Reviewer copy').click();
	await page.getByRole('menuitem', { name: 'Delete' }).click();
	await expect(inList(page, 'Code Reviewer copy')).toHaveCount(0);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(inList(page, 'Code Reviewer copy')).toBeVisible();
	await expect(inList(page, 'Code Reviewer')).toBeVisible();
});

/** As a file dropped from another window; resolves with whether the app took it. */
function drop(page: Page, name: string, text: string): Promise<boolean> {
	return page.getByRole('region', { name: 'Agents' }).evaluate(
		(region, [name, text]) => {
			const dataTransfer = new DataTransfer();
			dataTransfer.items.add(new File([text ?? ''], name ?? ''));
			const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
			region.dispatchEvent(event);
			return event.defaultPrevented;
		},
		[name, text],
	);
}

test('what is dropped is taken or said to be no YAML, never opened in place of the app', async ({
	app,
}) => {
	const page = await openAgents(app);
	await expect(inList(page, 'Bug Triage')).toBeVisible();
	expect(await drop(page, 'photo.png', 'x')).toBe(true);
	await expect(page.getByRole('region', { name: 'Notifications' })).toContainText(
		'“photo.png” is no YAML.',
	);
	expect(await drop(page, 'one.yaml', 'name: One')).toBe(true);
	await expect(page.getByRole('dialog', { name: 'Import agents' })).toContainText('one.yaml');
});

test('after an agent is deleted the keyboard goes on at the next one, at last at making one', async ({
	app,
}) => {
	const page = await openAgents(app);
	const links = page.getByRole('region', { name: 'Agents' }).getByRole('list').getByRole('link');
	await expect(inList(page, 'Bug Triage')).toBeVisible();
	const names = await links.allTextContents();
	for (const [at, name] of names.entries()) {
		await menuOf(page, name.trim()).click();
		await page.getByRole('menuitem', { name: 'Delete' }).click();
		await expect(inList(page, name.trim())).toBeHidden();
		const next = names[at + 1]?.trim();
		await expect(
			next === undefined ? page.getByRole('link', { name: 'New agent' }) : inList(page, next),
		).toBeFocused();
	}
});

test('a new agent begins at its name, has nothing to run, and a mended schema takes its complaint back', async ({
	app,
}) => {
	const page = await openAgents(app);
	await page.getByRole('link', { name: 'New agent' }).click();
	await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
	await expect(page.getByRole('button', { name: /^Run/ })).toHaveAttribute('aria-disabled', 'true');
	await page.keyboard.type('Soup Taster');
	await page.getByLabel('System prompt').fill('You taste soup.');
	await page.getByRole('button', { name: 'Add output schema' }).click();
	const editor = page.getByLabel('Output schema', { exact: true });
	await editor.fill('{ "type": "objekt" }');
	await page.getByRole('button', { name: /^Save/ }).last().click();
	const complaint = page
		.getByRole('region', { name: 'Notifications' })
		.getByText('Nothing was saved');
	await expect(complaint).toBeVisible();
	await editor.fill(JSON.stringify(schema));
	await expect(complaint).toBeHidden();
});
