import { repeatsKey, refusesWith, says } from '../fakes/fault-server';
import { newRunDialog, tryEndpoint } from './support/connections';
import { expect, runOn, test } from './support/engine';
import { dump } from './support/idb';
import { startRun } from './support/runs';

/** Of no known shape, so that nothing but knowing the key can hide it. */
const KEY = 'canary7Qx2mVb9LkTz4Rw8Hs3Nd';
/** What must occur nowhere: the key, every large piece of it, and its common disguises. */
const traces = [
	KEY,
	KEY.slice(0, 12),
	KEY.slice(-12),
	encodeURIComponent(`Bearer ${KEY}`),
	Buffer.from(KEY).toString('base64').slice(0, 24),
];

for (const sentAs of ['Authorization: Bearer', 'x-api-key'] as const)
	test(`a key sent as ${sentAs} to a server that repeats it is found in no store, page, address, console or export`, async ({
		app,
		fault,
	}) => {
		const heard: string[] = [];
		const hear = (page: typeof app.page) => {
			page.on('console', (message) => heard.push(message.text()));
			page.on('pageerror', (error) => heard.push(String(error)));
			page.on('framenavigated', (frame) => heard.push(frame.url()));
		};
		hear(app.page);
		app.context.on('request', (request) => heard.push(request.url()));
		const shown = async () => {
			heard.push(await app.page.content(), await app.page.locator('body').innerText());
		};

		// While it is being connected, the server repeats what it was sent.
		const listing = fault.listing;
		fault.listing = repeatsKey(401, 'authentication_error');
		await app.open('/');
		await tryEndpoint(app.page, { url: fault.url, key: KEY, sentAs });
		await expect(app.page.getByText(/did not accept the key/)).toBeVisible();
		await shown();

		fault.listing = listing;
		await app.page.getByRole('button', { name: 'Connect', exact: true }).click();
		await newRunDialog(app.page).waitFor();
		fault
			.answer(
				repeatsKey(529, 'overloaded_error'),
				repeatsKey(500, 'api_error'),
				repeatsKey(401, 'authentication_error'),
			)
			.always(says('All is well.'));
		const run = await startRun(app.page, { prompt: 'Say that all is well' });
		await run.is('Failed', /did not accept the key/);
		await run.says('[hidden]');
		await shown();
		await run.tab('Activity').click();
		await shown();

		const downloading = app.page.waitForEvent('download');
		await run.press('More for this run');
		await app.page.getByRole('menuitem', { name: 'Export as JSON' }).click();
		const exported = await (await downloading).createReadStream();
		let text = '';
		for await (const chunk of exported) text += String(chunk);
		expect(text).toContain('"turn-failed"');
		heard.push(text);

		await app.page.goto('/settings/connections');
		await expect(app.page.getByText('Other').first()).toBeVisible();
		await shown();

		const stored = await dump(app.page);
		expect(stored?.stores['secrets']?.records).toHaveLength(1);
		heard.push(JSON.stringify(stored));
		heard.push(
			await app.page.evaluate(async () => {
				const caches = await globalThis.caches.keys();
				return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, caches]);
			}),
		);

		// The server did get it: there was something to leak.
		expect(JSON.stringify(fault.calls[0]?.headers)).toContain(KEY);
		for (const trace of traces)
			expect(
				heard.filter((one) => one.includes(trace)).map((one) => around(one, trace)),
				trace,
			).toEqual([]);
	});

test('a key whose server refuses it is not saved', async ({ app, fault }) => {
	fault.listing = refusesWith(401, 'authentication_error', 'invalid x-api-key');
	await app.open('/');
	await tryEndpoint(app.page, { url: fault.url, key: KEY });
	await expect(app.page.getByText(/did not accept the key/)).toBeVisible();
	const stored = await dump(app.page);
	expect(stored?.stores['secrets']?.records).toEqual([]);
	expect(stored?.stores['connections']?.records).toEqual([]);
});

test('a key typed for one session is used again after a reload, and by the worker alone', async ({
	app,
	fault,
}) => {
	fault.always(says('All is well.'));
	const run = await runOn(app, fault, { prompt: 'Say that all is well' }, { key: KEY });
	await run.is('Completed');
	await app.page.goto('/runs?new=1');
	const second = await startRun(app.page, { prompt: 'Say it again' });
	await second.is('Completed');
	expect(fault.calls.map(({ headers }) => headers['authorization'])).toEqual([
		`Bearer ${KEY}`,
		`Bearer ${KEY}`,
	]);
	// The key that opens the sealed one cannot be taken out of the browser.
	const settings = (await dump(app.page, ['settings']))?.stores['settings']?.records ?? [];
	expect(settings).toContainEqual({
		key: 'deviceKey',
		value: { $key: 'secret', extractable: false },
	});
});

/** A find with its surroundings, for the report. */
function around(text: string, trace: string): string {
	const at = text.indexOf(trace);
	return text.slice(Math.max(0, at - 80), at + trace.length + 80);
}
