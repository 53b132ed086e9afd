import { describe, expect, it } from 'vitest';
import { newAgent } from '../../src/lib/domain/agents/new-agent';
import type { Command, Organising, TicketChange } from '../../src/lib/domain/command';
import { startRelay } from '../relay/support/relay';
import type { PresentDevice } from '../../src/lib/domain/sync/sync-status';
import { loadSettings, saveSetting } from '../../src/lib/store/settings';
import { loadSyncStatus } from '../../src/lib/store/membership';
import { hangs, says, type Reply } from '../support/engine';
import { WholeDevice } from './support/whole-device';
import { SyncDevice } from './support/device';
import { workspaceOf } from './support/workspace';
import type { DeviceKeys } from '../../src/lib/wire/device';
import { newSecret } from '../../src/lib/wire/wrap';

async function two(laptopSays: Reply[] = [says('The moon pulls.')]) {
	const { url } = await startRelay();
	const { workspace, devices } = await workspaceOf(2, url);
	const [first, second] = devices;
	if (!first || !second) throw new Error('There are no devices');
	const laptop = new WholeDevice(url, workspace, first, 'laptop', laptopSays);
	const tablet = new WholeDevice(url, workspace, second, 'tablet', [says('And the sun.')]);
	return { laptop, tablet };
}

const create = (title: string): TicketChange => ({
	do: 'create',
	status: 'backlog',
	fields: {
		title,
		description: '',
		type: 'task',
		priority: 'medium',
		labels: [],
		epicId: null,
		parentId: null,
		blockedBy: [],
		related: [],
	} as never,
});

const organise = (change: Organising): Command => ({
	kind: 'organise',
	sessionIds: ['s1'],
	change,
});

describe('what devices share beside sessions', { timeout: 30_000 }, () => {
	it('agents: saved, changed and deleted on one are so on the other', async () => {
		const { laptop, tablet } = await two();
		await laptop.start();
		await tablet.start();
		const agent = { ...newAgent('a1', 1), name: 'Reviewer' };
		await laptop.command({ kind: 'save-agent', agent }, null);
		await tablet.engine.until(
			() => tablet.db.agents.get('a1'),
			(there) => there?.name === 'Reviewer',
		);
		await tablet.command({ kind: 'save-agent', agent: { ...agent, name: 'Critic' } }, null);
		await laptop.engine.until(
			() => laptop.db.agents.get('a1'),
			(there) => there?.name === 'Critic',
		);
		await laptop.command({ kind: 'delete-agent', agentId: 'a1' }, null);
		await tablet.engine.until(
			() => tablet.db.agents.toArray(),
			(agents) => agents.length === 0,
		);
	});

	it('tickets: changes made apart are all there, and two made with one number get two', async () => {
		const { laptop, tablet } = await two();
		await laptop.start();
		await tablet.start();
		await laptop.command({ kind: 'ticket', ticketId: 't1', change: create('Tides') }, null);
		await tablet.engine.until(
			() => tablet.db.tickets.get('t1'),
			(ticket) => ticket?.title === 'Tides',
		);
		await laptop.synced();
		await laptop.offline();
		await tablet.offline();
		const on = (ticketId: string, change: TicketChange) =>
			({ kind: 'ticket', ticketId, change }) as const;
		await laptop.command(on('t1', { do: 'move', to: 'planned' }), null);
		await laptop.command(on('t2', create('Moon')), null);
		await tablet.command(on('t1', { do: 'comment', text: 'Look at the harbour' }), null);
		await tablet.command(on('t3', create('Sun')), null);
		await laptop.online();
		await tablet.online();
		const tickets = async ({ db }: WholeDevice) =>
			(await db.tickets.orderBy('id').toArray()).map(({ id, number, status, comments }) => ({
				id,
				number,
				status,
				comments: comments.map(({ text }) => text),
			}));
		const all = (there: Awaited<ReturnType<typeof tickets>>) =>
			there.length === 3 &&
			there[0]?.status === 'planned' &&
			there[0].comments.length === 1 &&
			new Set(there.map(({ number }) => number)).size === 3;
		const here = await laptop.engine.until(() => tickets(laptop), all);
		const there = await tablet.engine.until(() => tickets(tablet), all);
		expect(there).toEqual(here);
	});

	it('the names of devices', async () => {
		const { laptop, tablet } = await two();
		await laptop.db.settings.put({ key: 'deviceName', value: 'Laptop' });
		await laptop.start();
		await tablet.start();
		const cards = await tablet.engine.until(
			() => tablet.db.devices.toArray(),
			(devices) => devices.length === 2,
		);
		expect(cards).toContainEqual(expect.objectContaining({ device: 'laptop', name: 'Laptop' }));
	});

	it('the name of the workspace and the prefix of tickets: set once, changed anywhere', async () => {
		const { laptop, tablet } = await two();
		await saveSetting(laptop.db, 'workspaceName', 'Fieldnotes');
		await saveSetting(tablet.db, 'ticketPrefix', 'FN');
		for (const { db } of [laptop, tablet]) await db.membership.put({ id: 'this' } as never);
		await laptop.start();
		await tablet.start();
		const settings = (one: WholeDevice, name: string, prefix: string) =>
			one.engine.until(
				() => loadSettings(one.db),
				({ workspaceName, ticketPrefix }) => workspaceName === name && ticketPrefix === prefix,
			);
		await settings(tablet, 'Fieldnotes', 'FN');
		await settings(laptop, 'Fieldnotes', 'FN');
		await laptop.offline();
		await saveSetting(laptop.db, 'ticketPrefix', 'F');
		await saveSetting(tablet.db, 'workspaceName', 'Herbarium');
		await laptop.online();
		await settings(tablet, 'Herbarium', 'F');
		await settings(laptop, 'Herbarium', 'F');
	});

	it('who is there, and what runs there; whoever goes is gone', async () => {
		const { laptop, tablet } = await two([hangs('The moon')]);
		await laptop.start();
		await tablet.start();
		const seen = (one: WholeDevice, so: (present: PresentDevice[]) => boolean) =>
			one.engine.until(async () => (await loadSyncStatus(one.db))?.present ?? [], so);
		const [there] = await seen(laptop, (present) => present.length === 1);
		expect(there?.runs).toEqual([]);
		await seen(tablet, (present) => present.length === 1);
		await laptop.command({ kind: 'start', agentId: null, prompt: 'Tides' });
		await seen(tablet, ([one]) => one?.runs.join() === 's1');
		const card = (await tablet.db.devices.toArray()).find(({ device }) => device === 'laptop');
		expect(card?.seenAt).toEqual(expect.any(Number));
		await tablet.offline();
		await seen(laptop, (present) => present.length === 0);
	});

	it('what a device can’t open is counted, stays where it is, and holds nothing up', async () => {
		const { url } = await startRelay();
		const { workspace, devices } = await workspaceOf(2, url);
		const [first, second] = devices as [DeviceKeys, DeviceKeys];
		const laptop = new WholeDevice(url, workspace, first, 'laptop', [says('The moon pulls.')]);
		await laptop.start();
		// Whoever writes with a key that nobody else was given.
		const secrets = new Map([...workspace.secrets(), [2, newSecret()]]);
		const odd = new SyncDevice(url, workspace, second, { secrets });
		odd.connection.start();
		const { say, held } = await odd.events('workspace');
		await say('nobody can read this');
		await odd.until(() => held.isConfirmed, 'confirmed');
		const status = () => loadSyncStatus(laptop.db);
		await laptop.engine.until(status, (now) => now?.unread === 1);
		await laptop.command({ kind: 'start', agentId: null, prompt: 'Tides' });
		await laptop.row(({ status }) => status === 'completed');
		await laptop.synced();
		expect((await status())?.unread).toBe(1);
		expect(laptop.errors).toEqual([]);
	});

	it('a session deleted for good on one device goes from the other, and does not come back', async () => {
		const { laptop, tablet } = await two();
		await laptop.start();
		await tablet.start();
		await laptop.command({ kind: 'start', agentId: null, prompt: 'Tides' });
		await tablet.row(({ status, away }) => status === 'completed' && !away);
		await laptop.command(organise({ do: 'delete' }), null);
		await tablet.row(({ deletedAt }) => deletedAt !== null);
		await laptop.command(organise({ do: 'purge' }), null);
		await tablet.engine.until(
			() => tablet.db.sessions.toArray(),
			(rows) => rows.length === 0,
		);
		await laptop.synced();
		await tablet.synced();
		for (const { db } of [laptop, tablet]) {
			expect(await db.sessions.count()).toBe(0);
			expect(await db.events.count()).toBe(0);
		}
	});

	/** Deletes it for good on the laptop while the tablet, which has all of it, is away. */
	async function purgedMeanwhile({ laptop, tablet }: Awaited<ReturnType<typeof two>>) {
		await laptop.start();
		await tablet.start();
		await laptop.command({ kind: 'start', agentId: null, prompt: 'Tides' });
		await tablet.row(({ status, away }) => status === 'completed' && !away);
		await laptop.synced();
		await tablet.synced();
		await tablet.offline();
		await laptop.command(organise({ do: 'delete' }), null);
		await laptop.command(organise({ do: 'purge' }), null);
		await laptop.synced();
	}

	async function gone(...devices: WholeDevice[]) {
		for (const device of devices) {
			await device.engine.until(
				async () => [await device.db.sessions.count(), await device.db.syncTasks.count()],
				(left) => left.every((n) => n === 0),
			);
			await device.synced();
		}
		for (const { db, errors } of devices) {
			expect(await db.sessions.count()).toBe(0);
			expect(await db.events.count()).toBe(0);
			expect(errors).toEqual([]);
		}
	}

	it('a session deleted for good goes from a device that was away when it was deleted', async () => {
		const devices = await two();
		await purgedMeanwhile(devices);
		await devices.tablet.online();
		await gone(devices.laptop, devices.tablet);
	});

	it('a session deleted for good goes from a device that has filed it otherwise and gone on with it', async () => {
		const { laptop, tablet } = await two();
		await purgedMeanwhile({ laptop, tablet });
		await tablet.command({ kind: 'rename', title: 'Moon' });
		await tablet.command(organise({ do: 'archive' }), null);
		await tablet.command({ kind: 'prompt', text: 'What else' });
		await tablet.row(({ summary }) => summary === 'And the sun.');
		await tablet.online();
		await gone(laptop, tablet);
	});
});
