import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../scripts/serve.mjs';
import { root } from '../../scripts/sources.mjs';
import { callsTools } from '../fakes/fault-server';
import { expect, runOn, test } from './support/engine';

const prompt = 'Look after the notes';
const write = { id: 'toolu_1', tool: 'write_file', input: { path: 'notes.md', content: 'One\n' } };

test('a first visit that was never reloaded takes a new version by its Update button', async ({
	app,
}) => {
	const dir = mkdtempSync(join(tmpdir(), 'muster-update-'));
	cpSync(join(root, 'build'), dir, { recursive: true });
	let server = await serve({ port: 0, dir });
	try {
		await app.open(server.url);
		await app.offlineReady();
		await server.close();
		appendFileSync(join(dir, 'sw.js'), '\n// A later build\n');
		for (const packed of ['sw.js.br', 'sw.js.gz']) rmSync(join(dir, packed), { force: true });
		server = await serve({ port: server.port, dir });
		await app.page.evaluate(() => {
			Reflect.set(window, 'before', true);
			// What makes it look for a new version, besides the hour.
			dispatchEvent(new Event('online'));
		});
		const offer = app.page.getByText('A new version of Muster is ready.');
		await expect(offer).toBeVisible();
		await app.page.getByRole('button', { name: 'Update', exact: true }).click();
		await app.page.waitForFunction(() => !Reflect.has(window, 'before'));
		await app.page.locator('#svelte-announcer').waitFor({ state: 'attached' });
		await expect(offer).toBeHidden();
	} finally {
		await server.close();
		rmSync(dir, { recursive: true });
	}
});

test.describe('a part that the server no longer has', () => {
	test.use({ serviceWorkers: 'block' });

	test('is told with a way to reload, and the change to be approved stays in sight', async ({
		app,
		fault,
	}) => {
		fault.answer(callsTools(write));
		const run = await runOn(app, fault, { prompt });
		await run.is('Waiting permission');
		await app.context.route('**/_app/immutable/**', (route) => route.abort());
		await run.press('Edit before allowing');
		await expect(run.thread.getByText(/A part of Muster could not be loaded/)).toBeVisible();
		await expect(run.request('write_file').getByText('One')).toBeVisible();

		await app.context.unroute('**/_app/immutable/**');
		await run.thread.getByRole('button', { name: 'Reload' }).click();
		await run.press('Edit before allowing');
		await expect(run.thread.getByLabel('Content to write')).toHaveValue('One\n');
	});
});
