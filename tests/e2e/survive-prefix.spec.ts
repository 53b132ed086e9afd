import type { StoredEvent } from '../../src/lib/domain/log/event';
import type { SessionRow } from '../../src/lib/domain/session-row';
import { callsTools, says, type Answer } from '../fakes/fault-server';
import { expect, runOn, test } from './support/engine';
import { barePage, dump, restore, StoredLog, type Dump } from './support/idb';

/** Calls a tool first, and answers once it has been told the result: whatever the log says, it is its turn. */
function toolThenAnswer(): Answer {
	let n = 0;
	return (response, received) => {
		const told = JSON.stringify(received.body).includes('tool_result');
		const call = { id: `toolu_${++n}`, tool: 'list_files', input: {} };
		(told ? says('All is well.') : callsTools(call))(response, received);
	};
}

/** One run for every length its log had, each as if the power had gone away just then. */
function everyPrefix(whole: Dump, sessionId: string): { dump: Dump; sessions: string[] } {
	// That somebody has looked at it is nothing the run had to do.
	const events = (whole.stores['events']?.records as StoredEvent[]).filter(
		({ kind }) => kind !== 'seen',
	);
	const row = (whole.stores['sessions']?.records as SessionRow[])[0];
	if (!row) throw new Error('There is no run');
	const begun = events.findIndex(({ kind }) => kind === 'lease-taken') + 1;
	// The last event is the end of the run: with it there is nothing left to do.
	const lengths = events.slice(begun).map((_, i) => begun + i);
	const idOf = (length: number) => `${sessionId.slice(0, -3)}${String(length).padStart(3, '0')}`;
	const clones = lengths.flatMap((length) =>
		events
			.slice(0, length)
			.map((event) => ({ ...event, id: `${event.id}-${length}`, sessionId: idOf(length) })),
	);
	const rows = lengths.map((length) => {
		const last = events[length - 1];
		const at = last?.at ?? 0;
		const { seq = 0 } = last ?? {};
		return { ...row, id: idOf(length), status: 'running', runningSince: at, updatedAt: at, seq };
	});
	const stores = { ...whole.stores };
	for (const [name, records] of Object.entries({ events: clones, sessions: rows, commands: [] })) {
		const store = stores[name];
		if (store) stores[name] = { ...store, records };
	}
	return { dump: { ...whole, stores }, sessions: lengths.map(idOf) };
}

test('wherever a run was cut off, it goes on to its end and does nothing twice', async ({
	app,
	fault,
	browser,
}) => {
	test.slow();
	fault.always(toolThenAnswer());
	const run = await runOn(app, fault, { prompt: 'Look after the notes' });
	await run.is('Completed');
	const whole = await dump(app.page);
	expect(whole).not.toBeNull();
	if (!whole) return;
	const kinds = await run.log.kinds();
	const cut = everyPrefix(whole, run.id);
	expect(cut.sessions.length).toBeGreaterThan(8);

	const later = await browser.newContext({ baseURL: new URL(app.page.url()).origin });
	const bare = await barePage(later);
	await restore(bare, cut.dump);
	const page = await later.newPage();
	await page.goto('/runs');
	const logs = cut.sessions.map((id) => new StoredLog(bare, id));
	for (const log of logs)
		await expect.poll(async () => (await log.row())?.status, { timeout: 30_000 }).toBe('completed');
	await expect(page.getByText('Completed')).toHaveCount(cut.sessions.length);
	for (const log of logs) {
		await log.expectNothingTwice();
		// The same story, but for what was taken up again.
		const told = (await log.of('tool-result')).map(({ content, isError }) => ({
			content,
			isError,
		}));
		expect(told).toMatchObject([{ isError: false }]);
		expect((await log.kinds()).at(-1)).toBe(kinds.at(-1));
	}
	await later.close();
});
