import { afterEach, beforeEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import '../../../app.css';
import {
	budgetLog,
	notesLog,
	questionLog,
	reviewLog,
	twoRequestsLog,
	sampleSession,
} from '../../../../tests/fixtures/sample-sessions';
import { clearSessions, showSession } from '../../../../tests/support/session-detail';
import { app } from '$lib/state/app.svelte';
import { shortcuts } from '$lib/state/shortcuts.svelte';
import SessionDetail from './SessionDetail.svelte';

// No engine runs here: what a person does ends in the commands table.
const commands = () => app.db.commands.toArray();
let detach: () => void;

beforeEach(async () => {
	await page.viewport(1200, 800);
	detach = shortcuts.attach();
});
afterEach(async () => {
	detach();
	await clearSessions();
});

test('a request takes no focus, its keys work inside it alone, and the focus goes on after', async () => {
	await showSession(twoRequestsLog('keys'));
	const cards = page.getByRole('button', { name: 'Allow once' });
	await expect.element(cards.nth(1)).toBeVisible();
	expect(document.activeElement?.closest('[data-approval]')).toBeNull();
	await userEvent.keyboard('a');
	await userEvent.keyboard('d');
	expect(await commands()).toEqual([]);
	await userEvent.keyboard(']');
	const first = document.activeElement?.getAttribute('data-approval');
	expect(first).toBe('write-2');
	// Keys are ignored while a card is fresh.
	await expect
		.poll(async () => {
			await userEvent.keyboard('d');
			return (await commands()).length;
		})
		.toBe(1);
	expect((await commands())[0]?.command).toMatchObject({ callId: 'write-2', decision: 'deny' });
	await expect.poll(() => document.activeElement?.getAttribute('data-approval')).toBe('edit-1');
});

test('hidden characters are named before anything is allowed', async () => {
	await showSession(twoRequestsLog('hidden'));
	await expect.element(page.getByText(/Right-to-left override, Zero width space/)).toBeVisible();
});

test('an edited input is checked, shown as a change, and sent', async () => {
	await showSession(reviewLog('edit'));
	await page.getByRole('button', { name: 'Edit before allowing' }).click();
	await page.getByLabelText('Content to write').fill('export {};\n');
	await page.getByRole('button', { name: 'Allow once as edited' }).click();
	await expect.poll(async () => (await commands()).length).toBe(1);
	expect((await commands())[0]?.command).toMatchObject({
		callId: 'write-1',
		decision: 'allow-once',
		input: { path: 'src/upload/avatar.ts', content: 'export {};\n' },
	});
});

test('a change made to a request that came in live is what the card shows', async () => {
	const { events, row } = sampleSession(reviewLog('live'));
	const before = events.findIndex(({ kind, seq }) => kind === 'permission-requested' && seq > 20);
	await app.db.events.bulkAdd(events.slice(0, before));
	await app.db.sessions.put({ ...row, facets: [] });
	await render(SessionDetail, { id: 'live' });
	await expect.element(page.getByText('Send the file in 2 MB slices')).toBeVisible();
	await app.db.events.bulkAdd(events.slice(before));
	await page.getByRole('button', { name: 'Edit before allowing' }).click();
	await page.getByLabelText('Content to write').fill('export const mine = 1;\n');
	await page.getByRole('button', { name: 'Show as change' }).click();
	await expect.element(page.getByText('export const mine = 1;')).toBeVisible();
});

test('the path of a request can be corrected, and the whole input as JSON', async () => {
	await showSession(reviewLog('path'));
	await page.getByRole('button', { name: 'Edit before allowing' }).click();
	await page.getByLabelText('Path').fill('../avatar.ts');
	await expect.element(page.getByText(/leaves the session files/)).toBeVisible();
	await page.getByRole('button', { name: 'Edit as JSON' }).click();
	await page.getByLabelText('Input, as JSON').fill('{"path": "b.ts", "content": "b"}');
	await page.getByRole('button', { name: 'Edit as text' }).click();
	await expect.element(page.getByLabelText('Path')).toHaveValue('b.ts');
	await expect.element(page.getByLabelText('Content to write')).toHaveValue('b');
});

test('what cannot be seen stays named and marked while the input is edited', async () => {
	await showSession(twoRequestsLog('hidden-edit'));
	await page.getByRole('button', { name: 'Edit before allowing' }).first().click();
	await expect.element(page.getByLabelText('Content to write')).toBeVisible();
	await expect.element(page.getByText(/Right-to-left override, Zero width space/)).toBeVisible();
	await expect.element(page.getByLabelText('Right-to-left override, U+202E')).toBeVisible();
	await page.getByLabelText('Content to write').fill('export const admin = true;\n');
	await expect.element(page.getByText(/Right-to-left override/)).not.toBeInTheDocument();
});

test('a request the keys decide about wears the ring', async () => {
	await showSession(reviewLog('ring'));
	await expect.element(page.getByRole('button', { name: 'Allow once' })).toBeVisible();
	await userEvent.keyboard(']');
	const card = document.activeElement as HTMLElement;
	expect(card.dataset['approval']).toBe('write-1');
	expect(getComputedStyle(card).outlineStyle).toBe('solid');
});

test('on a phone a request takes the screen, and can be put aside', async () => {
	await page.viewport(390, 800);
	await showSession(twoRequestsLog('phone'));
	const screen = page.getByRole('region', { name: 'Permission request' });
	await expect.element(screen).toBeVisible();
	await expect.element(screen.getByText('1 of 2')).toBeVisible();
	await screen.getByRole('button', { name: 'Next request' }).click();
	await expect.element(screen.getByText('2 of 2')).toBeVisible();
	await screen.getByRole('button', { name: 'Back to messages' }).click();
	await expect.element(screen).not.toBeInTheDocument();
	await expect.element(page.getByRole('button', { name: 'Review' }).first()).toBeVisible();
});

test('at 320 pixels the composer keeps its buttons, and the facts reach from edge to edge', async () => {
	await page.viewport(320, 640);
	const log = notesLog('narrow');
	const changes = { model: 'qwen3-coder-480b-a35b-instruct' };
	await showSession(log.add('settings-changed', { changes }, log.person));
	const send = page.getByRole('button', { name: 'Send' });
	await expect.element(send).toBeVisible();
	const box = send.element().closest('.box')?.getBoundingClientRect();
	for (const button of document.querySelectorAll('.composer button'))
		expect(button.getBoundingClientRect().right).toBeLessThan(box?.right ?? 0);
	const facts = document.querySelector('.facts .rest')?.getBoundingClientRect();
	expect([facts?.left, facts?.right]).toEqual([0, 320]);
	expect(document.documentElement.scrollWidth).toBe(320);
});

test('beside a list that leaves no room a request covers the messages, with its buttons at the bottom', async () => {
	await page.viewport(820, 800);
	await showSession(twoRequestsLog('tablet'));
	const screen = page.getByRole('region', { name: 'Permission request' });
	await expect.element(screen.getByText('1 of 2')).toBeVisible();
	await expect.element(screen.getByText('Just before this')).toBeVisible();
	await expect.element(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
	// By keys: into the request, on to the next, and a decision.
	await userEvent.keyboard(']');
	await userEvent.keyboard(']');
	await expect.element(screen.getByText('2 of 2')).toBeVisible();
	await expect
		.poll(async () => {
			await userEvent.keyboard('d');
			return (await commands())[0]?.command;
		})
		.toMatchObject({ callId: 'edit-1', decision: 'deny' });
});

test('questions say what is missing, and are answered together', async () => {
	await showSession(questionLog('questions'));
	await page.getByRole('button', { name: 'Send answers' }).click();
	await expect.element(page.getByText('Choose an answer or write your own')).toBeVisible();
	expect(await commands()).toEqual([]);
	await page.getByRole('radio', { name: /^Yes/ }).click();
	await page.getByRole('checkbox', { name: 'Mac' }).click();
	await page.getByRole('button', { name: 'Send answers' }).click();
	await expect.poll(async () => (await commands()).length).toBe(1);
	expect((await commands())[0]?.command).toMatchObject({
		kind: 'answer-question',
		callId: 'ask-1',
		answers: [
			{ id: 'one', chosen: ['Yes'], text: null },
			{ id: 'two', chosen: ['Mac'], text: null },
			{ id: 'three', chosen: null, text: null },
		],
	});
});

test('a used-up budget is raised above what was spent', async () => {
	await showSession(budgetLog('budget'));
	// That it was looked at is told as well.
	const asked = async () => (await commands()).filter(({ command }) => command.kind !== 'organise');
	await page.getByLabelText('New cap, tokens').fill('9100');
	await page.getByRole('button', { name: 'Raise and go on' }).click();
	await expect.element(page.getByText(/has been used already/)).toBeVisible();
	await page.getByLabelText('New cap, tokens').fill('20000');
	await page.getByRole('button', { name: 'Raise and go on' }).click();
	await expect.poll(async () => (await asked()).length).toBe(1);
	expect((await asked())[0]?.command).toEqual({
		kind: 'continue',
		budget: { tokens: 20_000, usd: 0.04 },
	});
});

test('a session this device does not have says so', async () => {
	await render(SessionDetail, { id: 'nowhere' });
	await expect.element(page.getByText('This run is not on this device')).toBeVisible();
});
