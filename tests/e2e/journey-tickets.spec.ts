/** Tickets: made, found, moved over the board, served by runs, changed by agents, deleted while linked. */
import type { Locator, Page } from '@playwright/test';
import { expect, test, viewports, type App } from './support/app';
import { connectPractice, newRunDialog } from './support/connections';
import { fast, practiceRun } from './support/practice';
import { startRun } from './support/runs';

async function openTickets(app: App): Promise<Page> {
	await app.open('/');
	await connectPractice(app.page);
	await app.page.keyboard.press('Escape');
	await app.page.getByRole('link', { name: 'Tickets' }).click();
	await expect(app.page.getByRole('heading', { name: 'Tickets', exact: true })).toBeVisible();
	return app.page;
}

interface Wish {
	title: string;
	description?: string;
	type?: string;
	priority?: string;
}

/** Makes a ticket in the dialog and comes back to all of them. */
async function create(page: Page, { title, description, type, priority }: Wish): Promise<void> {
	await page.keyboard.press('Shift+N');
	const dialog = page.getByRole('dialog', { name: 'New ticket' });
	await dialog.getByLabel('Title', { exact: true }).fill(title);
	if (description) await dialog.getByLabel('Description', { exact: true }).fill(description);
	if (type) await dialog.getByLabel('Type', { exact: true }).selectOption({ label: type });
	if (priority) await dialog.getByLabel('Priority').selectOption({ label: priority });
	await dialog.getByRole('button', { name: 'Create ticket' }).click();
	await page.waitForURL(/\/tickets\/[0-9A-Z]{26}$/);
	await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
	await page.getByRole('link', { name: 'All tickets' }).click();
	await expect(page.getByRole('link', { name: title })).toBeVisible();
}

const column = (page: Page, name: string) => page.getByRole('region', { name });
const card = (within: Page | Locator, title: string) => within.getByRole('link', { name: title });

async function centre(place: Locator): Promise<{ x: number; y: number }> {
	const box = await place.boundingBox();
	if (!box) throw new Error('not on the screen');
	return { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 300) };
}

async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
	const start = await centre(from);
	const end = await centre(to);
	await page.mouse.move(start.x, start.y);
	await page.mouse.down();
	await page.mouse.move(start.x + 20, start.y + 20, { steps: 3 });
	await page.mouse.move(end.x, end.y, { steps: 5 });
	await page.mouse.up();
}

test.use({ viewport: viewports.desktop });

test('tickets are made, searched and filtered, and the address restores what was looked for', async ({
	app,
}) => {
	const page = await openTickets(app);
	await create(page, { title: 'Avatar upload fails on iPad', type: 'Bug', priority: 'Critical' });
	await create(page, { title: 'Write the upload guide', type: 'Documentation' });
	await page.getByRole('radio', { name: 'List' }).check({ force: true });
	await page.getByLabel('Search tickets').fill('upload');
	await page
		.getByRole('group', { name: 'Filters' })
		.getByRole('button', { name: 'Type', exact: true })
		.click();
	await page.getByRole('menuitemradio', { name: 'Bug' }).click();
	await expect(card(page, 'Avatar upload fails')).toBeVisible();
	await expect(card(page, 'Write the upload guide')).toHaveCount(0);
	await expect(page).toHaveURL(/q=upload.*type=bug|type=bug.*q=upload/);
	await page.reload();
	await expect(card(page, 'Avatar upload fails')).toBeVisible();
	await expect(card(page, 'Write the upload guide')).toHaveCount(0);

	await page.getByLabel('Search tickets').fill('nothing like it');
	await expect(page.getByText('2 filters are on: “nothing like it”, Type: Bug.')).toBeVisible();
	await page.getByRole('button', { name: 'Clear filters' }).click();
	await page.getByRole('button', { name: 'Id', exact: true }).click();
	await expect(page.getByRole('columnheader', { name: 'Id' })).toHaveAttribute(
		'aria-sort',
		'ascending',
	);
	await expect(page.locator('[data-row]')).toHaveText([
		'Avatar upload fails on iPad',
		'Write the upload guide',
	]);
	// The choice of the list is kept, without the address.
	await page.goto('/tickets');
	await expect(page.getByRole('table', { name: 'Tickets' })).toBeVisible();
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('a ticket is carried over the board, moved by keys, and stays where a move is not allowed', async ({
	app,
}) => {
	const page = await openTickets(app);
	const title = 'Avatar upload fails on iPad';
	await create(page, { title });
	await drag(page, card(column(page, 'Backlog'), title), column(page, 'Planned'));
	await expect(card(column(page, 'Planned'), title)).toBeVisible();

	// Not from Planned to Done: it says where it could go, and stays.
	await drag(page, card(column(page, 'Planned'), title), column(page, 'Done'));
	await expect(
		page.getByText(/T-001 is in Planned, from where it cannot go to Done, only to/).first(),
	).toBeVisible();
	await expect(card(column(page, 'Planned'), title)).toBeVisible();

	await card(page, title).focus();
	await page.keyboard.press(']');
	await expect(card(column(page, 'In Progress'), title)).toBeFocused();
	await expect(page.getByText('T-001 moved to In Progress').last()).toBeAttached();
	await page.keyboard.press('z');
	await expect(card(column(page, 'Planned'), title)).toBeVisible();
	await card(page, title).focus();
	await page.keyboard.press(']');
	await expect(card(column(page, 'In Progress'), title)).toBeFocused();
	await page.keyboard.press('m');
	await expect(page.getByRole('menuitem', { name: 'Backlog' })).toHaveAttribute(
		'aria-disabled',
		'true',
	);
	await page.getByRole('menuitem', { name: 'In Review' }).click();
	await expect(card(column(page, 'In Review'), title)).toBeVisible();
	await page.reload();
	await expect(card(column(page, 'In Review'), title)).toBeVisible();
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('a run from a ticket begins with its text, and counts among its sessions', async ({ app }) => {
	const page = await openTickets(app);
	await create(page, {
		title: 'Avatar upload fails',
		description: 'It stops at <b>60</b> percent. </ticket>',
	});
	await card(page, 'Avatar upload fails').click();
	await page.getByRole('button', { name: 'New run', exact: true }).click();
	await expect(newRunDialog(page).getByRole('group', { name: 'Ticket of the run' })).toContainText(
		'T-001 Avatar upload fails',
	);
	const run = await startRun(page, {
		prompt: `Find out why\n${fast}`,
		permissions: 'Approve everything',
	});
	await run.questions.getByRole('button', { name: 'Skip' }).click();
	await run.is('Completed');
	await expect(run.header.getByRole('link', { name: 'T-001' })).toBeVisible();
	await run.thread.getByRole('button', { name: 'With T-001 Avatar upload fails' }).click();
	await run.says('It stops at <b>60</b> percent.');
	const [prompt] = await run.log.of('prompt');
	expect(prompt?.text).toContain('Find out why');
	expect(prompt?.context?.[0]?.text).toMatch(
		/^<ticket name="T-001">[\s\S]*&lt;\/ticket>[\s\S]*<\/ticket>$/,
	);

	await run.header.getByRole('link', { name: 'T-001' }).click();
	await expect(page.getByRole('tab', { name: /^Sessions\s+1/ })).toBeVisible();
	await expect(page.getByRole('note', { name: 'Totals' })).toContainText('1 session');
	await expect(page.getByRole('note', { name: 'Totals' })).toContainText('$0.00 spent');
	const output = page.getByRole('complementary').getByRole('link').first();
	await expect(output).toContainText('Code Reviewer');
	await output.click();
	await expect(run.tab('Files')).toHaveAttribute('aria-selected', 'true');
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('a run is linked to a ticket made on the spot, and says so when that is deleted', async ({
	app,
}) => {
	const run = await practiceRun(app, {
		prompt: `Say hello\n${fast}`,
		permissions: 'Approve everything',
	});
	const { page } = app;
	await run.questions.getByRole('button', { name: 'Skip' }).click();
	await run.press('Link to ticket');
	const picker = page.getByRole('dialog', { name: 'Link this session to a ticket' });
	await picker.getByRole('combobox').fill('Greet people');
	await picker.getByRole('option', { name: 'Create “Greet people”' }).click();
	const link = run.header.getByRole('link', { name: 'T-001', exact: true });
	await link.click();
	await page.getByRole('button', { name: 'T-001: actions' }).click();
	await page.getByRole('menuitem', { name: 'Delete' }).click();
	await expect(page.getByText('Deleted T-001').last()).toBeVisible();

	await run.open();
	await expect(run.header.getByRole('link', { name: 'T-001 (deleted)' })).toBeVisible();
	await run.press('Link to another ticket');
	await picker.getByRole('combobox').fill('Greet everyone');
	await picker.getByRole('combobox').press('Enter');
	await expect(run.header.getByRole('link', { name: 'T-002', exact: true })).toBeVisible();
	// What was deleted comes back from among the deleted ones.
	await page.goto('/tickets?deleted=1');
	await page.getByRole('button', { name: 'T-001: actions' }).click();
	await page.getByRole('menuitem', { name: 'Restore' }).click();
	await expect(page.getByText('Restored T-001').last()).toBeVisible();
	await page.goto('/tickets?view=board');
	await expect(card(page, 'Greet people')).toBeVisible();
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('an agent asks before it makes a ticket, and the ticket tells who made it', async ({
	app,
}) => {
	await app.open('/');
	const { page } = app;
	await connectPractice(page);
	await page.keyboard.press('Escape');
	await page.goto('/agents/new');
	await page.getByLabel('Name', { exact: true }).fill('Clerk');
	await page.getByLabel('System prompt').fill('You keep the tickets in order.');
	await page.getByRole('button', { name: 'Save and run' }).click();
	await expect(newRunDialog(page)).toBeVisible();
	const run = await startRun(page, {
		agent: 'Clerk',
		prompt: `Create a ticket “Retry uploads”, it is a bug.\n${fast}`,
	});
	const request = run.request('create_ticket');
	await expect(request).toContainText('Retry uploads');
	await expect(request).toContainText('Bug');
	await run.allowOnce();
	await run.is('Completed');
	await run.says('Created T-001 Retry uploads (Bug, Backlog, Medium).');

	await page.getByRole('link', { name: 'Tickets' }).first().click();
	await card(page, 'Retry uploads').click();
	await page.getByRole('tab', { name: 'Activity' }).click();
	await expect(page.getByRole('tabpanel')).toContainText('An agent created it in Backlog');
	await expect(page.getByRole('link', { name: 'in its session' })).toHaveAttribute(
		'href',
		`/runs/${run.id}`,
	);
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('comments and descriptions are written in place, and what is half-written survives a reload', async ({
	app,
}) => {
	const page = await openTickets(app);
	await create(page, { title: 'Avatar upload fails' });
	await card(page, 'Avatar upload fails').click();
	await page
		.getByPlaceholder('Write a comment. Markdown.')
		.fill('Seen **again** <script>1</script>');
	await page.reload();
	await page.getByRole('button', { name: /^Comment/ }).click();
	const comments = page.getByRole('region', { name: /^Comments/ });
	await expect(comments.getByRole('listitem')).toContainText('Seen again <script>1</script>');
	await page.getByRole('button', { name: 'Write', exact: true }).click();
	await page.getByLabel('Description', { exact: true }).last().fill('It **stops**');
	await page.getByRole('button', { name: /^Save description/ }).click();
	await expect(page.getByRole('region', { name: 'Description' })).toContainText('It stops');
	await page.getByRole('button', { name: 'Add: Blocked by' }).click();
	const dialog = page.getByRole('dialog', { name: 'Choose what it waits for' });
	await dialog.getByRole('combobox').fill('Fix the server');
	await dialog.getByRole('combobox').press('Enter');
	await expect(page.getByText('Blocked by T-002')).toBeVisible();
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test.describe('on a phone', () => {
	test.use({ viewport: viewports.phone, hasTouch: true, isMobile: true });

	test('a finger that rests takes a ticket up, and lays it down on another column', async ({
		app,
	}) => {
		const page = await openTickets(app);
		await create(page, { title: 'Avatar upload fails' });
		await page.getByRole('tab', { name: /^Backlog/ }).click();
		const touch = await app.context.newCDPSession(page);
		const start = await centre(card(page, 'Avatar upload fails'));
		await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [start] });
		const planned = page.locator('.places [data-drop="planned"]');
		await expect(planned).toBeVisible();
		const end = await centre(planned);
		await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [end] });
		await expect(planned).toHaveClass(/over/);
		await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
		await expect(planned).toHaveCount(0);
		await page.getByRole('tab', { name: /^Planned\s+1/ }).click();
		await expect(card(column(page, 'Planned'), 'Avatar upload fails')).toBeVisible();
		expect(app.complaints).toEqual({ violations: [], errors: [] });
	});
});
