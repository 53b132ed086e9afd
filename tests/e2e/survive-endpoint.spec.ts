import { callsTools, cutsAfter, garblesAfter, refusesWith, says } from '../fakes/fault-server';
import { expect, runOn, test } from './support/engine';

const prompt = 'Say that all is well';

/** Failures that only a person can mend: what is shown, and that nobody calls again. */
const final = [
	{
		name: 'a wrong key fails the run at once and says where to mend it',
		answer: refusesWith(401, 'authentication_error', 'invalid x-api-key'),
		code: 'bad-key',
		message: /did not accept the key/,
		advice: /Check the key in Settings, Connections/,
	},
	{
		name: 'an organisation that keeps browsers out is told from a wrong key',
		answer: refusesWith(
			401,
			'authentication_error',
			'CORS requests are not allowed for this Organization because of its settings',
		),
		code: 'browser-not-allowed',
		message: /The key is fine, but its organisation does not let browsers call/,
		advice: /Ask an administrator of the organisation/,
	},
	{
		name: 'a forbidden model fails the run and says what to check',
		answer: refusesWith(403, 'permission_error', 'Your account cannot use this model'),
		code: 'forbidden',
		message: /does not allow this with the key in use/,
		advice: /choose another model/,
	},
];

for (const { name, answer, code, message, advice } of final)
	test(name, async ({ app, fault }) => {
		fault.answer(answer).always(says('All is well.'));
		const run = await runOn(app, fault, { prompt }, { key: 'a-key-of-this-test' });
		await run.is('Failed', message);
		await run.says(message);
		await run.says(advice);
		const [failed, ...others] = await run.log.of('turn-failed');
		expect(failed?.failure.code).toBe(code);
		expect(failed?.retryAt).toBeUndefined();
		expect(others).toEqual([]);
		expect(fault.calls).toHaveLength(1);

		await run.press('Retry the failed step');
		await run.is('Completed');
		await run.says('All is well.');
		await run.log.expectNothingTwice();
	});

/** Failures that pass: the run goes on by itself, and its log says what happened meanwhile. */
const passing = [
	{
		name: 'an overloaded endpoint is called again by itself',
		answer: refusesWith(529, 'overloaded_error', 'Overloaded'),
		code: 'overloaded',
	},
	{
		name: 'an endpoint with an error of its own is called again by itself',
		answer: refusesWith(500, 'api_error', 'Internal server error'),
		code: 'server-error',
	},
	{
		name: 'a rate limit without a time is waited out with growing patience',
		answer: refusesWith(429, 'rate_limit_error', 'Too many requests'),
		code: 'rate-limited',
	},
	{
		name: 'an answer that turns into nonsense is asked for again, and its beginning does not count',
		answer: garblesAfter('Half of a thought'),
		code: 'malformed-stream',
	},
	{
		name: 'an answer that is cut off cleanly is asked for again, and its beginning does not count',
		answer: cutsAfter('Half of a thought'),
		code: 'cut',
	},
];

for (const { name, answer, code } of passing)
	test(name, async ({ app, fault }) => {
		fault.answer(answer, answer, says('All is well.'));
		const run = await runOn(app, fault, { prompt });
		await run.is('Completed');
		await run.says('All is well.');
		const failed = await run.log.of('turn-failed');
		expect(failed.map(({ failure }) => failure.code)).toEqual([code, code]);
		const [first = 0, second = 0] = failed.map(({ at, retryAt = 0 }) => retryAt - at);
		expect(first).toBeGreaterThan(900);
		expect(second).toBeGreaterThan(first);
		const texts = await run.log.of('text');
		expect(texts.map(({ text }) => text)).toEqual(['All is well.']);
		expect(fault.calls).toHaveLength(3);
		// What never became a message is not told to the model either.
		expect(fault.calls.map(({ body }) => body.messages)).toEqual(
			Array(3).fill(fault.calls[0]?.body.messages),
		);
		await run.log.expectNothingTwice();
	});

test('a rate limit with a time is waited out until then, and the row says until when', async ({
	app,
	fault,
}) => {
	fault
		.answer(refusesWith(429, 'rate_limit_error', 'Slow down', { 'retry-after': '1800' }))
		.always(says('All is well.'));
	const run = await runOn(app, fault, { prompt });
	await run.is('Waiting', /Rate-limited until \d/);
	await expect(run.row).toContainText(/Rate-limited until \d/);
	const [failed] = await run.log.of('turn-failed');
	expect((failed?.retryAt ?? 0) - (failed?.at ?? 0)).toBe(1_800_000);

	await run.press('Try again now');
	await run.is('Completed');
	await run.says('All is well.');
	expect(fault.calls).toHaveLength(2);
});

test('a time the browser may not read is replaced by the usual patience', async ({
	app,
	fault,
}) => {
	fault.exposed = ['request-id'];
	fault
		.answer(refusesWith(429, 'rate_limit_error', 'Slow down', { 'retry-after': '1800' }))
		.always(says('All is well.'));
	const run = await runOn(app, fault, { prompt });
	await run.is('Completed');
	const [failed] = await run.log.of('turn-failed');
	expect((failed?.retryAt ?? 0) - (failed?.at ?? 0)).toBeLessThan(2_000);
});

test('an endpoint that nobody answers at is called again, and the run goes on when it is back', async ({
	app,
	fault,
}) => {
	fault.answer(callsTools({ id: 'toolu_1', tool: 'write_file', input: file }));
	fault.always(says('All is well.'));
	const run = await runOn(app, fault, { prompt });
	await run.is('Waiting permission');
	await fault.stop();
	await run.allowOnce();
	await run.is('Waiting', /The endpoint does not answer, next try \d/);
	await fault.start();
	await run.is('Completed');
	const codes = (await run.log.of('turn-failed')).map(({ failure }) => failure.code);
	expect(new Set(codes)).toEqual(new Set(['network']));
	await run.log.expectNothingTwice();
});

const file = { path: 'notes.md', content: 'One line\n' };
