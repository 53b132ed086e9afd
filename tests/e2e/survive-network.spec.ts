import { chromiumArgs, findChromium } from '../../scripts/chromium.mjs';
import { callsTools, HeldAnswer, says, stallsAfter } from '../fakes/fault-server';
import { expect, runOn, test } from './support/engine';

/** A name of the internet that leads to this machine: a local address never counts as offline, and is waited for longer. */
const HOST = 'models.test';
test.use({
	launchOptions: {
		executablePath: findChromium() ?? undefined,
		args: [...chromiumArgs, `--host-resolver-rules=MAP ${HOST} 127.0.0.1`],
	},
});

const prompt = 'Look after the notes';
const write = { id: 'toolu_1', tool: 'write_file', input: { path: 'notes.md', content: 'One\n' } };

test('offline before a call: the run waits, says so, and goes on when the network is back', async ({
	app,
	fault,
}) => {
	fault.answer(callsTools(write)).always(says('All is well.'));
	const run = await runOn(app, fault, { prompt }, { url: `http://${HOST}:${fault.port}` });
	await run.is('Waiting permission');
	await app.context.setOffline(true);
	await run.allowOnce();
	await run.is('Waiting', /This device is offline/);
	await run.says(/This device is offline/);
	expect(fault.calls).toHaveLength(1);

	await app.context.setOffline(false);
	await run.is('Completed');
	const failed = await run.log.of('turn-failed');
	expect(failed).toMatchObject([{ failure: { code: 'offline' }, counts: false }]);
	// Sooner than the next look: being back online ended the wait.
	const again = (await run.log.of('turn-started')).at(-1);
	expect(again?.at ?? Infinity).toBeLessThan(failed[0]?.retryAt ?? 0);
	await run.log.expectNothingTwice();
});

test('offline in the middle of an answer: the part is dropped, and the answer made again when online', async ({
	app,
	fault,
}) => {
	const held = new HeldAnswer('Half of a thought');
	fault.answer(held.answer).always(says('All is well.'));
	const run = await runOn(app, fault, { prompt }, { url: `http://${HOST}:${fault.port}` });
	await run.says('Half of a thought');
	await run.log.hasStreamed();
	await app.context.setOffline(true);
	held.destroy();
	await run.is('Waiting', /This device is offline/);

	await app.context.setOffline(false);
	await run.is('Completed');
	await run.says('All is well.');
	expect((await run.log.of('turn-failed')).map(({ failure }) => failure.code)).toEqual(['offline']);
	expect((await run.log.of('text')).map(({ text }) => text)).toEqual(['All is well.']);
	expect(fault.calls).toHaveLength(2);
	await run.log.expectNothingTwice();
});

test('an answer that falls silent is given up after a minute and asked for again', async ({
	app,
	fault,
}) => {
	test.setTimeout(120_000);
	fault.answer(stallsAfter('Half of a thought')).always(says('All is well.'));
	const run = await runOn(app, fault, { prompt }, { url: `http://${HOST}:${fault.port}` });
	await run.says('Half of a thought');
	// Nothing shortens the watchdog: the minute is waited out.
	await expect
		.poll(async () => (await run.log.of('turn-failed')).length, { timeout: 80_000 })
		.toBe(1);
	const [failed] = await run.log.of('turn-failed');
	expect(failed?.failure).toMatchObject({
		code: 'stalled',
		message: 'The answer stopped: the endpoint sent nothing for 60 s.',
	});
	await run.is('Completed');
	expect((await run.log.of('text')).map(({ text }) => text)).toEqual(['All is well.']);
	await run.log.expectNothingTwice();
});
