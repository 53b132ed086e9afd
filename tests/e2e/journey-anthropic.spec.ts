/** An Anthropic key, pasted on the first screen. Nothing leaves this machine: the answers are put in on the way. */
import type { Route } from '@playwright/test';
import { expect, test } from './support/app';
import { newRunDialog } from './support/connections';
import { startRun } from './support/runs';
import { frame, messageFrames, textBlock } from '../fakes/messages-server';

// Requests of a service worker would pass the routes by.
test.use({ serviceWorkers: 'block' });

const KEY = 'sk-ant-api03-this-is-no-real-key-AA';
const listing = {
	data: [
		{
			type: 'model',
			id: 'claude-test-1',
			display_name: 'Claude Test',
			created_at: '2026-01-01T00:00:00Z',
			max_input_tokens: 200_000,
			max_tokens: 32_000,
			capabilities: {
				effort: { supported: true, low: { supported: true }, high: { supported: true } },
				thinking: { supported: true, types: { adaptive: { supported: true } } },
				structured_outputs: { supported: true },
			},
		},
	],
	has_more: false,
	first_id: 'claude-test-1',
	last_id: 'claude-test-1',
};
const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'request-id' };

const answered = (route: Route, type: string, body: string, status = 200) =>
	route.fulfill({ status, headers: { ...cors, 'content-type': type }, body });

test('a key is checked against the models it may use, and the run is made with it', async ({
	app,
}) => {
	const keys: (string | undefined)[] = [];
	await app.context.route('https://api.anthropic.com/**', async (route) => {
		const request = route.request();
		keys.push((await request.allHeaders())['authorization']);
		if (new URL(request.url()).pathname === '/v1/models')
			return answered(route, 'application/json', JSON.stringify(listing));
		return answered(
			route,
			'text/event-stream',
			messageFrames([textBlock('All is well.')])
				.map(frame)
				.join(''),
		);
	});
	await app.open('/');
	await app.page.getByLabel('Anthropic API key').fill(KEY);
	await app.page.getByRole('button', { name: 'Check and save' }).click();
	const dialog = newRunDialog(app.page);
	await expect(dialog).toContainText(/Runs on Anthropic, key ending .{4}/);
	await expect(dialog.getByLabel('Effort').locator('option')).toHaveText([
		'Default',
		'Low',
		'High',
	]);
	const run = await startRun(app.page, { prompt: 'Say that all is well' });
	await run.is('Completed');
	await run.says('All is well.');
	expect(new Set(keys)).toEqual(new Set([`Bearer ${KEY}`]));
	expect(app.complaints.violations).toEqual([]);
});

test('what is no Anthropic key is not sent', async ({ app }) => {
	let sent = 0;
	await app.context.route('https://api.anthropic.com/**', (route) => {
		sent++;
		return route.abort();
	});
	await app.open('/');
	for (const key of ['hello', 'sk-or-v1-0123456789abcdef0123456789abcdef']) {
		await app.page.getByLabel('Anthropic API key').fill(key);
		await app.page.getByRole('button', { name: 'Check and save' }).click();
		await expect(app.page.getByText('This is no Anthropic key')).toBeVisible();
	}
	expect(sent).toBe(0);
});

test('a key that is refused is not saved, and the screen says what to do', async ({ app }) => {
	const error = { type: 'authentication_error', message: 'invalid x-api-key' };
	await app.context.route('https://api.anthropic.com/**', (route) =>
		answered(route, 'application/json', JSON.stringify({ type: 'error', error }), 401),
	);
	await app.open('/');
	await app.page.getByLabel('Anthropic API key').fill(KEY);
	await app.page.getByRole('button', { name: 'Check and save' }).click();
	await expect(
		app.page.getByText('Copy it again, alone and whole, or make a new one.'),
	).toBeVisible();
	await app.page.reload();
	await expect(app.page.getByRole('heading', { name: 'Connect a model to start' })).toBeVisible();
});
