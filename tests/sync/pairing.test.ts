import { describe, expect, it } from 'vitest';
import { newDevice } from '../../src/lib/wire/device';
import { RoomKeys } from '../../src/worker/sync/seal/room-cipher';
import { admit, remove } from '../../src/worker/sync/members/change-members';
import { KnownRoster } from '../../src/worker/sync/members/known-roster';
import { kitMember, kitText, newKit, readKit } from '../../src/worker/sync/members/recovery-kit';
import type { GuestPairingState, MemberPairingState } from '../../src/lib/domain/sync/pairing';
import { GuestPairing } from '../../src/worker/sync/pairing/guest-side';
import { MemberPairing } from '../../src/worker/sync/pairing/member-side';
import { readPairLink, type PairLink } from '../../src/worker/sync/pairing/pair-link';
import { startRelay } from '../relay/support/relay';
import { Member, socket } from './support/member';

async function offered(url: string, relay: string | null = null) {
	const member = await Member.first(url);
	const pairing = new MemberPairing({
		connection: member.connection,
		device: member.device,
		roster: member.roster,
		workspaceName: 'Home',
		relay,
		changed: member.tell,
	});
	await pairing.start();
	await until(member, pairing, 'waiting');
	const { fragment } = pairing.state as MemberPairingState & { is: 'waiting' };
	return { member, pairing, link: readPairLink(`http://localhost:4173/pair#${fragment}`) };
}

async function guest(url: string, link: PairLink, member: Member) {
	const device = await newDevice();
	const joining = new GuestPairing({
		url,
		link,
		device,
		name: 'iPad',
		changed: member.tell,
		socket,
	});
	await joining.start();
	return { device, joining };
}

const until = (
	member: Member,
	pairing: { state: MemberPairingState | GuestPairingState },
	is: (MemberPairingState | GuestPairingState)['is'],
) => member.until(() => pairing.state.is === is, is);

const codeOf = ({ state }: { state: MemberPairingState | GuestPairingState }) =>
	'code' in state ? state.code : '';

describe('pairing', () => {
	it('brings a device in, once the person has seen the same code on both [4.5]', async () => {
		const { url } = await startRelay();
		const { member, pairing, link } = await offered(url);
		const { device, joining } = await guest(url, link, member);
		await until(member, pairing, 'comparing');
		await until(member, joining, 'comparing');
		expect(codeOf(pairing)).toMatch(/^\d{6}$/);
		expect(codeOf(joining)).toBe(codeOf(pairing));
		expect(pairing.state).toMatchObject({ name: 'iPad' });
		expect(member.roster.isMember(device.id)).toBe(false);
		await pairing.confirm();
		await until(member, joining, 'joined');
		expect(joining.state).toEqual({ is: 'joined', workspaceName: 'Home' });
		expect(pairing.state).toEqual({ is: 'added', device: device.id, name: 'iPad' });

		const other = await new Member(url, device, new KnownRoster(link.workspace)).online();
		await other.until(() => other.roster.length === 2, 'the roster');
		const [here, there] = [
			await member.roster.secrets(member.device),
			await other.roster.secrets(device),
		];
		expect(there).toEqual(here);
		expect(await new RoomKeys(there).nameOf('workspace')).toBe(
			await new RoomKeys(here).nameOf('workspace'),
		);
	});

	it('lets nobody in whom the person refuses', async () => {
		const { url } = await startRelay();
		const { member, pairing, link } = await offered(url);
		const { device, joining } = await guest(url, link, member);
		await until(member, joining, 'comparing');
		await pairing.refuse();
		await until(member, joining, 'ended');
		expect(joining.state).toEqual({ is: 'ended', why: 'refused' });
		expect(member.roster.isMember(device.id)).toBe(false);
	});

	it('works once: whoever comes second with the link is told so [4.3]', async () => {
		const { url } = await startRelay();
		const { member, pairing, link } = await offered(url);
		await guest(url, link, member);
		await until(member, pairing, 'comparing');
		const { joining } = await guest(url, link, member);
		await until(member, joining, 'ended');
		expect(joining.state).toEqual({ is: 'ended', why: 'used' });
		expect(pairing.state.is).toBe('comparing');
	});

	it('is over after its time, and when the device that offered it goes', async () => {
		const { url } = await startRelay({ mailboxMs: 100 });
		const { member, pairing, link } = await offered(url);
		await until(member, pairing, 'ended');
		expect(pairing.state).toEqual({ is: 'ended', why: 'over' });
		const { joining } = await guest(url, link, member);
		await until(member, joining, 'ended');
		expect(joining.state).toEqual({ is: 'ended', why: 'over' });
	});

	it('trusts no nonce but the one that the link promises [4.4]', async () => {
		const { url } = await startRelay();
		const { member, link } = await offered(url);
		const forged = { ...link, promise: link.promise.map((byte) => byte ^ 1) };
		const { joining } = await guest(url, forged, member);
		await until(member, joining, 'ended');
		expect(joining.state).toEqual({ is: 'ended', why: 'foreign' });
	});

	it('says where the relay is when that is not the app', async () => {
		const { url } = await startRelay();
		const { link } = await offered(url, 'wss://relay.example/sync');
		expect(link.relay).toBe('wss://relay.example/sync');
	});
});

describe('members', () => {
	it('that are removed open nothing of what is sealed from then on [1.6]', async () => {
		const { url } = await startRelay();
		const member = await Member.first(url);
		const other = await newDevice();
		const { roster } = member;
		const take = async (statement: Awaited<ReturnType<typeof admit>>) => {
			const place = roster.length;
			expect(await member.connection.append(statement)).toMatchObject({ result: 0 });
			await roster.take(place, [statement]);
		};
		if (!roster.roster) throw new Error('There is no roster');
		const secrets = await roster.secrets(member.device);
		await take(
			await admit(member.device, roster.roster, secrets, {
				keys: other.keys,
				kind: 'device',
				at: 1,
			}),
		);
		await take(await remove(member.device, roster.roster, { device: other.id, at: 2 }));
		const mine = new RoomKeys(await roster.secrets(member.device)).cipher('room');
		const theirs = new RoomKeys(await roster.secrets(other)).cipher('room');
		const batch = await mine.seal(new TextEncoder().encode('after'));
		expect(await theirs.open(batch)).toEqual({ closed: 'epoch' });
		expect(await mine.open(batch)).toHaveProperty('payload');
	});

	it('on paper bring a new device in, with all secrets, after any rotation [1.10]', async () => {
		const { url } = await startRelay();
		const member = await Member.first(url);
		const { roster } = member;
		if (!roster.roster) throw new Error('There is no roster');
		const kit = newKit(roster.workspace, url);
		const paper = await kitMember(kit);
		const kitIn = await admit(member.device, roster.roster, await roster.secrets(member.device), {
			keys: paper.keys,
			kind: 'recovery',
			at: 1,
		});
		await member.connection.append(kitIn);
		await roster.take(1, [kitIn]);
		const lost = await remove(member.device, roster.roster, { device: member.device.id, at: 2 });
		await member.connection.append(lost);

		const found = await readKit(`Muster recovery kit\n${await kitText(kit)}\nKeep it safe.`);
		const device = await kitMember(found);
		const restorer = await new Member(
			found.relay,
			device,
			new KnownRoster(found.workspace),
		).online();
		await restorer.until(() => restorer.roster.length === 3, 'the roster');
		expect(restorer.roster.isMember(member.device.id)).toBe(false);
		expect([...(await restorer.roster.secrets(device)).keys()]).toEqual([1, 2]);
	});
});
