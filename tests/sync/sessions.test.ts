import { describe, expect, it } from 'vitest';
import { newAgent } from '../../src/lib/domain/agents/new-agent';
import type { Command, Organising } from '../../src/lib/domain/command';
import type { SessionEvent } from '../../src/lib/domain/log/event';
import type { SessionRow } from '../../src/lib/domain/session-row';
import { observe } from '../../src/lib/store/live';
import { saveSetting } from '../../src/lib/store/settings';
import { putAwayRows } from '../../src/lib/store/mirror';
import { says, streams } from '../support/engine';
import { alike, start, two } from './support/two-devices';
import type { WholeDevice } from './support/whole-device';

describe('sessions on every device', { timeout: 30_000 }, () => {
	it('a run of one device is there on the other, whole and in the same order', async () => {
		const { laptop, tablet } = await two([says('The moon pulls.')]);
		await laptop.start();
		await tablet.start();
		await laptop.command(start);
		const row = await tablet.row(({ status, away }) => status === 'completed' && !away);
		expect(row).toMatchObject({ title: 'How do tides work', summary: 'The moon pulls.' });
		await alike(laptop, tablet);
		expect([...laptop.errors, ...tablet.errors]).toEqual([]);
	});

	it('what was done offline comes when the device is back', async () => {
		const { laptop, tablet } = await two([says('The moon pulls.')]);
		await laptop.start({ online: false });
		await laptop.command(start);
		await laptop.row(({ status }) => status === 'completed');
		await laptop.online();
		await laptop.synced();
		await tablet.start();
		await tablet.row(({ status, away }) => status === 'completed' && !away);
		await alike(laptop, tablet);
	});

	it('a device that fetches what is opened lists all, and has a log once somebody looks at it', async () => {
		const { laptop, tablet } = await two([says('The moon pulls.')]);
		await laptop.start();
		await laptop.command(start);
		await laptop.row(({ status }) => status === 'completed');
		await laptop.synced();
		await saveSetting(tablet.db, 'fetchedSessions', 0);
		await tablet.start();
		await tablet.row(({ status, away }) => status === 'completed' && away === true);
		await tablet.synced();
		expect(await tablet.ids()).toEqual([]);
		tablet.opened('s1');
		await tablet.row(({ away }) => !away);
		await alike(laptop, tablet);
	});

	it('a log that was still to come when the device was closed comes when it is opened again', async () => {
		const { laptop, tablet } = await two([says('The moon pulls.')]);
		await laptop.start();
		await tablet.start();
		await laptop.command(start);
		const row = await tablet.row(({ status, away }) => status === 'completed' && !away);
		await alike(laptop, tablet);
		await tablet.offline();
		await tablet.db.events.clear();
		await putAwayRows(tablet.db, [{ ...row, seq: -1, away: true }]);
		await tablet.online();
		await tablet.row(({ away }) => !away);
		await alike(laptop, tablet);
	});

	it('with a number of sessions to fetch, the logs of older ones are left where they are', async () => {
		const { laptop, tablet } = await two([says('One'), says('Two'), says('Three')]);
		await laptop.start();
		const ids = ['s1', 's2', 's3'];
		for (const id of ids) {
			await laptop.command(start, id);
			await laptop.row(({ status }) => status === 'completed', id);
		}
		await laptop.synced();
		await saveSetting(tablet.db, 'fetchedSessions', 0);
		await tablet.start();
		for (const id of ids) await tablet.row(({ away }) => away === true, id);
		await saveSetting(tablet.db, 'fetchedSessions', 2);
		for (const id of ['s2', 's3']) await tablet.row(({ away }) => !away, id);
		await tablet.synced();
		expect(await tablet.ids()).toEqual([]);
	});

	it('an answer is read on the other device while it is being written, and its pieces go with the whole', async () => {
		let finish = (): void => undefined;
		const finished = new Promise<void>((done) => (finish = done));
		const { laptop, tablet } = await two([streams(['The moon ', 'pulls.'], () => finished)]);
		await laptop.start();
		await tablet.start();
		await laptop.command(start);
		const pieces = (events: readonly SessionEvent[]) =>
			events.flatMap((event) => (event.kind === 'part-delta' ? [event.text] : []));
		const read = await tablet.engine.until(
			() => tablet.events(),
			(events) => pieces(events).length > 0,
		);
		expect(pieces(read).join('')).toBe('The moon ');
		await tablet.row(({ status, runner }) => status === 'running' && runner?.name === 'laptop');
		finish();
		await tablet.row(({ status }) => status === 'completed');
		await alike(laptop, tablet);
		expect(pieces(await tablet.events())).toEqual([]);
	});

	it('an answer grows at its end alone, from whatever moment another device reads it', async () => {
		const words = Array.from({ length: 24 }, (_, i) => `word ${i} `);
		let next = (): void => undefined;
		const { laptop, tablet } = await two([
			streams(words, () => new Promise((done) => (next = () => done(undefined)))),
		]);
		await laptop.start();
		await tablet.start();
		const wrong: string[] = [];
		const said = async (device: WholeDevice) => {
			const events = await device.events();
			const text = events.map((event) => (event.kind === 'part-delta' ? event.text : '')).join('');
			if (!words.join('').startsWith(text)) wrong.push(text);
			return text;
		};
		const stop = observe(
			() => said(tablet),
			() => undefined,
			(error) => wrong.push(String(error)),
		);
		await laptop.command(start);
		for (const [i] of words.entries()) {
			const sofar = words.slice(0, i + 1).join('');
			await laptop.engine.until(
				() => said(laptop),
				(text) => text === sofar,
			);
			next();
		}
		await tablet.row(({ status }) => status === 'completed');
		stop();
		expect(wrong).toEqual([]);
	});

	it('a permission asked for on one device is given on the other, once, and is said to be received and applied', async () => {
		const write = { tool: 'write_file', input: { path: 'a.md', content: 'x' }, id: 'c1' };
		const { laptop, tablet } = await two([says('Writing', [write]), says('Done')]);
		await laptop.start();
		await tablet.start();
		await laptop.db.agents.put({ ...newAgent('a1', 1), tools: { write_file: 'ask' } });
		await laptop.command({ ...start, agentId: 'a1' });
		await tablet.row(({ status, away }) => status === 'waiting-permission' && !away);
		const asked = (await tablet.events()).find(({ kind }) => kind === 'permission-requested');
		const inputHash = asked?.kind === 'permission-requested' ? asked.inputHash : '';
		const decision = { kind: 'decide-permission', callId: 'c1', inputHash } as const;
		expect(await tablet.command({ ...decision, decision: 'allow-once' })).toMatchObject({
			state: 'applied',
		});
		await tablet.row(({ status }) => status === 'completed');
		const decided = (await laptop.events()).filter(({ kind }) => kind === 'permission-decided');
		expect(decided).toMatchObject([{ by: tablet.person, decision: 'allow-once' }]);
		expect(tablet.engine.requests).toEqual([]);
		const late = await laptop.command({ ...decision, decision: 'deny' });
		expect(late).toMatchObject({ state: 'refused', note: 'Already allowed on tablet.' });
	});

	it('a session that is over goes on where somebody writes to it', async () => {
		const { laptop, tablet } = await two([says('The moon pulls.')], [says('And the sun.')]);
		await laptop.start();
		await tablet.start();
		await laptop.command(start);
		await tablet.row(({ status, away }) => status === 'completed' && !away);
		await tablet.command({ kind: 'prompt', text: 'What else' });
		await laptop.row(({ summary }) => summary === 'And the sun.');
		expect(laptop.engine.requests).toHaveLength(1);
		expect(await laptop.db.sessions.get('s1')).toMatchObject({ runner: { name: 'tablet' } });
		await alike(laptop, tablet);
	});

	it('two that go on with a session apart: both see both, and one of them has it', async () => {
		const { laptop, tablet } = await two(
			[says('The moon pulls.'), says('From the laptop.')],
			// It may come to answer the other one's prompt, too: that depends on which came first in the room.
			[says('From the tablet.'), says('From the tablet again.')],
		);
		await laptop.start();
		await tablet.start();
		await laptop.command(start);
		await tablet.row(({ status, away }) => status === 'completed' && !away);
		await laptop.synced();
		await tablet.synced();
		await laptop.offline();
		await tablet.offline();
		await laptop.command({ kind: 'prompt', text: 'More' });
		await tablet.command({ kind: 'prompt', text: 'Else' });
		await laptop.row(({ summary }) => summary === 'From the laptop.');
		await tablet.row(({ summary }) => summary === 'From the tablet.');
		await laptop.online();
		await tablet.online();
		await alike(laptop, tablet);
		const isTheirs = ({ status, runner, summary }: SessionRow) =>
			status === 'completed' && runner?.name === 'tablet' && summary.startsWith('From the tablet');
		const [one, other] = [await laptop.row(isTheirs), await tablet.row(isTheirs)];
		expect(one.summary).toBe(other.summary);
		expect(laptop.engine.requests).toHaveLength(2);
		expect([...laptop.errors, ...tablet.errors]).toEqual([]);
	});

	it('a session deleted for good here stays away, whatever others did to it meanwhile', async () => {
		const { laptop, tablet } = await two([says('The moon pulls.'), says('More.')]);
		await laptop.start();
		await tablet.start();
		await laptop.command(start);
		await tablet.row(({ status, away }) => status === 'completed' && !away);
		await tablet.offline();
		const file = (change: Organising) =>
			tablet.command({ kind: 'organise', sessionIds: ['s1'], change }, null);
		await file({ do: 'delete' });
		await file({ do: 'purge' });
		expect(await tablet.db.sessions.get('s1')).toBeUndefined();
		await laptop.command({ kind: 'prompt', text: 'Tell me more' });
		await laptop.row(({ summary }) => summary === 'More.');
		await laptop.command({ kind: 'rename', title: 'Tides' });
		await laptop.synced();
		await tablet.online();
		await laptop.engine.until(
			() => laptop.db.sessions.count(),
			(count) => count === 0,
		);
		await tablet.synced();
		expect(await tablet.db.sessions.count()).toBe(0);
		expect(await tablet.ids()).toEqual([]);
	});

	it('archiving, linking, renaming and deleting on two devices apart end alike', async () => {
		const { laptop, tablet } = await two([says('The moon pulls.')]);
		await laptop.start();
		await tablet.start();
		await laptop.command(start);
		await tablet.row(({ status, away }) => status === 'completed' && !away);
		await laptop.synced();
		await tablet.synced();
		await laptop.offline();
		await tablet.offline();
		const organise = (change: Organising): Command => ({
			kind: 'organise',
			sessionIds: ['s1'],
			change,
		});
		await laptop.command(organise({ do: 'archive' }), null);
		await laptop.command({ kind: 'rename', title: 'Tides' });
		await laptop.command(organise({ do: 'label', add: ['sea'], remove: [] }), null);
		await tablet.command(organise({ do: 'link', ticketId: 't1' }), null);
		await tablet.command({ kind: 'rename', title: 'Moon' });
		await tablet.command(organise({ do: 'delete' }), null);
		await laptop.online();
		await tablet.online();
		const filed = ({ title, archivedAt, deletedAt, ticketId, labels, place }: SessionRow) => ({
			title,
			archivedAt,
			deletedAt,
			ticketId,
			labels,
			place,
		});
		const so = (row: SessionRow) =>
			row.place === 'chat-deleted' &&
			row.archivedAt !== null &&
			row.ticketId === 't1' &&
			row.title === 'Moon' &&
			row.labels.length > 0;
		const [one, other] = [await laptop.row(so), await tablet.row(so)];
		expect(filed(one)).toEqual(filed(other));
		expect(one.labels).toEqual(['sea']);
	});
});
