import { expect, test } from './support/app';

test('the built app starts without breaking its own policy', async ({ app }) => {
	await app.open('/runs');
	expect(await app.page.evaluate(() => document.styleSheets.length)).toBeGreaterThan(0);
	expect(app.complaints).toEqual({ violations: [], errors: [] });
});

test('the page may run no string as code and load nothing from elsewhere', async ({ app }) => {
	await app.open('/');
	const ran = await app.page.evaluate(async () => {
		const fetched = await fetch('https://example.com/').then(
			() => true,
			() => false,
		);
		const script = document.createElement('script');
		let injected = false;
		try {
			script.textContent = 'window.injected = true';
			document.head.append(script);
			injected = 'injected' in window;
		} catch {
			// refused by trusted types
		}
		return { fetched, injected };
	});
	expect(ran).toEqual({ fetched: false, injected: false });
	// What a page reports comes after what it did.
	for (const directive of ['connect-src', 'require-trusted-types-for'])
		await expect.poll(() => app.complaints.violations.join('\n')).toContain(directive);
});

test('it can be installed: the manifest names the app, its icons and its shortcuts', async ({
	app,
}) => {
	await app.open('/');
	const href = await app.page.locator('link[rel=manifest]').getAttribute('href');
	const manifest = await (await app.page.request.get(href ?? '')).json();
	expect(manifest).toMatchObject({
		id: '/',
		name: 'Muster',
		start_url: '/',
		scope: '/',
		display: 'standalone',
	});
	const shortcuts = manifest.shortcuts.map((shortcut: { url: string }) => shortcut.url);
	expect(shortcuts).toEqual(['/runs?new=1', '/runs', '/agents', '/settings']);
	const purposes = manifest.icons.map((icon: { purpose?: string }) => icon.purpose ?? 'any');
	expect(purposes).toContain('maskable');
	for (const icon of manifest.icons) {
		const answer = await app.page.request.get(icon.src);
		expect(answer.headers()['content-type']).toBe(icon.type);
	}
	const session = await app.context.newCDPSession(app.page);
	const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
	const errors = installabilityErrors.map((error) => error.errorId);
	expect(errors.filter((id) => id !== 'in-incognito')).toEqual([]);
});

test('with the server gone, a deep link never visited still opens', async ({ app, serveBuilt }) => {
	const server = await serveBuilt();
	await app.open(server.url);
	await app.offlineReady();
	await server.stop();
	await app.open(`${server.url}/runs/never-seen-before`);
	expect(await app.page.title()).toContain('Muster');
	expect(app.complaints.violations).toEqual([]);
});

test('an address that is not whole says that nothing is there, also with the server gone', async ({
	app,
	serveBuilt,
}) => {
	const server = await serveBuilt();
	const missing = app.page.getByRole('heading', { name: 'There is nothing at this address' });
	// A device that nothing was ever run on leads other places to its welcome page.
	await app.open(`${server.url}/settings/%E0%A4%A`);
	await expect(missing).toBeVisible();
	await app.page.getByRole('link', { name: 'Open Agent Runs' }).click();
	await expect(app.page).toHaveURL(/\/(runs|welcome)$/);
	await app.offlineReady();
	await server.stop();
	await app.open(`${server.url}/settings/%FF`);
	await expect(missing).toBeVisible();
	expect(app.complaints.violations).toEqual([]);
});
