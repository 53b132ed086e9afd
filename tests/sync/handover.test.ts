/** A session goes from one device to another. docs/sync.md [8.3] */
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../src/worker/models/model-port';
import { connection as practice, fails, hangs, says } from '../support/engine';
import { alike, start, two } from './support/two-devices';
import type { WholeDevice } from './support/whole-device';

const turnsOf = async (device: WholeDevice) =>
	(await device.events()).filter((event) => event.kind === 'turn-started');
const other = {
	...practice,
	models: practice.models.map((one) => ({ ...one, id: 'other-1', efforts: [] })),
};
const refused = () => new ModelError({ code: 'refused', message: 'No.' }, false);

describe('a handover', { timeout: 30_000 }, () => {
	it('another device takes a run over, and the one that had it stops', async () => {
		const { laptop, tablet } = await two([hangs('The moon')], [says('The moon pulls.')]);
		await laptop.start();
		await tablet.start();
		await laptop.command(start);
		await tablet.row(({ status, away }) => status === 'running' && !away);
		await tablet.command({ kind: 'take-over' });
		await laptop.row(({ status, runner }) => status === 'completed' && runner?.name === 'tablet');
		expect(laptop.engine.requests).toHaveLength(1);
		expect(tablet.engine.requests).toHaveLength(1);
		await alike(laptop, tablet);
	});

	it('what is asked of a device that has gone is done by the one that takes the run over', async () => {
		const { laptop, tablet } = await two(
			[hangs('The moon')],
			[says('The moon pulls.'), says('Done at once.')],
		);
		await laptop.start();
		await tablet.start();
		await laptop.command(start);
		await tablet.row(({ status, away }) => status === 'running' && !away);
		await laptop.stop();
		const asked = tablet.command({ kind: 'prompt', text: 'Be quick' });
		await tablet.engine.until(
			() => tablet.db.commands.toArray(),
			(records) => records.some(({ asked: passed }) => passed === true),
		);
		expect((await tablet.db.sessions.get('s1'))?.status).toBe('running');
		await tablet.command({ kind: 'take-over' });
		expect(await asked).toMatchObject({ state: 'applied' });
		await tablet.row(({ status }) => status === 'completed');
		const prompts = (await tablet.events()).filter(({ kind }) => kind === 'prompt');
		expect(prompts).toHaveLength(2);
	});

	it('goes on over a connection of the new device to the same model, and the log says so', async () => {
		const { laptop, tablet } = await two([hangs('The moon')], [says('The moon pulls.')]);
		await laptop.start();
		await tablet.start();
		await laptop.command(start);
		await tablet.row(({ status, away }) => status === 'running' && !away);
		await tablet.command({ kind: 'take-over' });
		await tablet.row(({ status }) => status === 'completed');
		const over = (await turnsOf(tablet)).map(({ connectionId }) => connectionId);
		expect(over).toEqual(['c-laptop', 'c-tablet']);
		const changed = (await tablet.events()).filter(({ kind }) => kind === 'settings-changed');
		expect(changed).toMatchObject([{ by: tablet.person, changes: { connectionId: 'c-tablet' } }]);
	});

	it.each([
		{ has: 'nothing', connection: null, why: /^No model is connected on this device/ },
		{ has: 'other models alone', connection: other, why: /^No connection .+ model practice-1/ },
	])('is refused where the device has $has, and the run goes on', async ({ connection, why }) => {
		let end = () => {};
		const before = new Promise<void>((resolve) => (end = resolve));
		const { laptop, tablet } = await two([says('The moon pulls.', [], { before })], [], {
			connection,
		});
		await laptop.start();
		await tablet.start();
		await laptop.command(start);
		await tablet.row(({ status, away }) => status === 'running' && !away);
		const answer = await tablet.command({ kind: 'take-over' });
		expect(answer).toMatchObject({ state: 'refused', note: expect.stringMatching(why) as string });
		await tablet.synced();
		end();
		const { runner } = await tablet.row(({ status }) => status === 'completed');
		expect(runner).toMatchObject({ name: 'laptop' });
		expect(laptop.engine.requests).toHaveLength(1);
	});

	it('takes the model that a person chooses for it', async () => {
		const { laptop, tablet } = await two([hangs('The moon')], [says('The moon pulls.')], {
			connection: other,
		});
		await laptop.start();
		await tablet.start();
		await laptop.command({ ...start, overrides: { effort: 'low' } });
		await tablet.row(({ status, away }) => status === 'running' && !away);
		const overrides = { connectionId: 'c-tablet', model: 'other-1', effort: null };
		await tablet.command({ kind: 'take-over', overrides });
		await laptop.row(({ status }) => status === 'completed');
		expect((await turnsOf(laptop)).at(-1)).toMatchObject({ model: 'other-1', effort: null });
	});

	it('of a run that failed happens with its retry, by the model chosen for that', async () => {
		const { laptop, tablet } = await two([fails(refused())], [says('The moon pulls.')], {
			connection: other,
		});
		await laptop.start();
		await tablet.start();
		await laptop.command(start);
		await tablet.row(({ status, away }) => status === 'failed' && !away);
		expect(await tablet.command({ kind: 'retry' })).toMatchObject({ state: 'refused' });
		const overrides = { connectionId: 'c-tablet', model: 'other-1' };
		await tablet.command({ kind: 'retry', overrides });
		await laptop.row(({ status, runner }) => status === 'completed' && runner?.name === 'tablet');
		await alike(laptop, tablet);
	});

	it('is none where the runner is asked: it keeps its own connection to the model that was chosen', async () => {
		const { laptop, tablet } = await two([hangs('The moon'), says('The moon pulls.')]);
		await laptop.start();
		await tablet.start();
		await laptop.command(start);
		await tablet.row(({ status, away }) => status === 'running' && !away);
		const overrides = { connectionId: 'c-tablet', model: 'practice-1' };
		const asked = { kind: 'prompt', text: 'Be quick', overrides } as const;
		expect(await tablet.command(asked)).toMatchObject({ state: 'applied' });
		const foreign = { connectionId: 'c-tablet', model: 'other-1' };
		expect(await tablet.command({ ...asked, overrides: foreign })).toMatchObject({
			state: 'refused',
		});
		expect((await laptop.events()).map(({ kind }) => kind)).not.toContain('settings-changed');
	});

	it('needs no model to end a run', async () => {
		const { laptop, tablet } = await two([hangs('The moon')], [], { connection: null });
		await laptop.start();
		await tablet.start();
		await laptop.command(start);
		await tablet.row(({ status, away }) => status === 'running' && !away);
		await tablet.command({ kind: 'cancel' });
		await laptop.row(({ status }) => status === 'cancelled');
	});
});
