import { describe, expect, it, onTestFinished } from 'vitest';
import type { PairingStep } from '../../src/lib/domain/rpc';
import { MusterDb } from '../../src/lib/store/db';
import { newId } from '../../src/lib/store/ids';
import { loadMembership } from '../../src/lib/store/membership';
import { ModelError } from '../../src/worker/models/model-port';
import { MembershipDesk } from '../../src/worker/sync/membership/membership-desk';
import { readSettings } from '../../sync-server/settings';
import { startRelay } from '../relay/support/relay';
import { socket } from './support/member';

interface Desk {
	db: MusterDb;
	desk: MembershipDesk;
}

function deskAt(ownRelay: string): Desk {
	const db = new MusterDb(`desk-${newId()}`);
	onTestFinished(() => db.close());
	return { db, desk: new MembershipDesk({ db, ownRelay, socket }) };
}

/** The first state of a talk that is of this kind. */
async function state<K extends PairingStep['state']['is']>(
	{ desk }: Desk,
	talk: number,
	is: K,
): Promise<Extract<PairingStep['state'], { is: K }>> {
	for (let seen = 0; ;) {
		const step = await desk.talks.next(talk, seen);
		if (step.state.is === is) return step.state as Extract<PairingStep['state'], { is: K }>;
		if (step.state.is === 'ended') throw new Error(`It ended: ${step.state.why}`);
		seen = step.n;
	}
}

const failureOf = async (work: Promise<unknown>) => {
	const error = await work.then(
		() => null,
		(reason: unknown) => reason,
	);
	return error instanceof ModelError ? error.failure : error;
};

/** A workspace, and a second device that joined it by a link. */
async function paired(url: string) {
	const [laptop, tablet] = [deskAt(url), deskAt(url)];
	await laptop.desk.begin({ relay: '', invite: '' });
	const door = await laptop.desk.openDoor();
	const { fragment } = await state(laptop, door, 'waiting');
	const knock = await tablet.desk.knock({ link: `https://app/pair#${fragment}`, name: 'Tablet' });
	const [here, there] = [
		await state(laptop, door, 'comparing'),
		await state(tablet, knock, 'comparing'),
	];
	expect(here).toMatchObject({ name: 'Tablet' });
	expect(there.code).toBe(here.code);
	await laptop.desk.talks.say(door, 'same-code');
	await state(tablet, knock, 'joined');
	await state(laptop, door, 'added');
	return { laptop, tablet };
}

describe('who belongs to a workspace', { timeout: 30_000 }, () => {
	it('is the device that began it, and the one that joined by its link', async () => {
		const { url } = await startRelay();
		const { laptop, tablet } = await paired(url);
		const [ours, theirs] = [await laptop.desk.members(), await tablet.desk.members()];
		expect(ours?.map(({ id }) => id)).toEqual(theirs?.map(({ id }) => id));
		expect(ours?.map(({ isThis }) => isThis)).toEqual([true, false]);
		expect(theirs?.map(({ isThis, name }) => [isThis, name])).toEqual([
			[false, null],
			[true, 'Tablet'],
		]);
	});

	it('is not whoever was taken out', async () => {
		const { url } = await startRelay();
		const { laptop, tablet } = await paired(url);
		const other = (await laptop.desk.members())?.find(({ isThis }) => !isThis);
		await laptop.desk.remove(other?.id ?? '');
		expect(await laptop.desk.members()).toHaveLength(1);
		expect(await failureOf(tablet.desk.openDoor())).toMatchObject({ code: 'not-authorised' });
	});

	it('is whoever has the recovery kit', async () => {
		const { url } = await startRelay();
		const laptop = deskAt(url);
		await laptop.desk.begin({ relay: '', invite: '' });
		const { text } = await laptop.desk.makeKit();
		const phone = deskAt(url);
		await phone.desk.restore({ kit: `Keep this.\n${text}`, name: 'Phone' });
		expect((await phone.desk.members())?.map(({ kind }) => kind)).toEqual([
			'device',
			'recovery',
			'device',
		]);
		expect((await loadMembership(phone.db))?.workspace).toBe(
			(await loadMembership(laptop.db))?.workspace,
		);
	});

	it('is nobody once the last device has left, which keeps what it has', async () => {
		const { url } = await startRelay();
		const laptop = deskAt(url);
		await laptop.desk.begin({ relay: '', invite: '' });
		await laptop.db.agents.put({ id: 'a1' } as never);
		await laptop.desk.leave();
		expect(await laptop.desk.members()).toBeNull();
		expect(await laptop.db.agents.count()).toBe(1);
		expect(await laptop.db.syncTasks.get('agent a1')).toBeDefined();
	});

	it('says what is wrong, and changes nothing', async () => {
		const { url } = await startRelay({
			settings: readSettings({ RELAY_ADMIT: 'invite', RELAY_INVITES: 'x'.repeat(16) }),
		});
		const laptop = deskAt(url);
		expect(await failureOf(laptop.desk.begin({ relay: '', invite: 'wrong' }))).toMatchObject({
			code: 'not-admitted',
		});
		expect(
			await failureOf(laptop.desk.begin({ relay: 'ws://localhost:1', invite: '' })),
		).toMatchObject({ message: 'The relay at localhost:1 did not answer.' });
		expect(await failureOf(laptop.desk.begin({ relay: 'mailto:x', invite: '' }))).toMatchObject({
			message: 'This is no address of a relay.',
		});
		expect(await failureOf(laptop.desk.knock({ link: 'https://x/', name: '' }))).toMatchObject({
			message: 'This is no link that adds a device.',
		});
		expect(await failureOf(laptop.desk.restore({ kit: 'nothing', name: '' }))).toMatchObject({
			message: 'There is no recovery kit in this text.',
		});
		expect(await laptop.desk.members()).toBeNull();
	});
});
