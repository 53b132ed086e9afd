import type { Membership } from '$lib/domain/sync/membership';
import type { MemberInfo } from '$lib/domain/sync/pairing';
import type { MusterDb } from '$lib/store/db';
import {
	allDevices,
	forgetMembership,
	keepRoster,
	loadMembership,
	saveMembership,
} from '$lib/store/membership';
import { loadSetting, saveSetting } from '$lib/store/settings';
import { MalformedError, type Bytes } from '$lib/wire/bytes';
import { newDevice, type DeviceKeys } from '$lib/wire/device';
import { extend } from '$lib/wire/roster';
import { decodeStatement } from '$lib/wire/statement';
import { ModelError } from '../../models/model-port';
import { admit, beginWorkspace, remove } from '../members/change-members';
import { KnownRoster } from '../members/known-roster';
import { kitCode, kitMember, kitText, newKit, readKit } from '../members/recovery-kit';
import { GuestPairing } from '../pairing/guest-side';
import { MemberPairing } from '../pairing/member-side';
import { readPairLink, type PairLink } from '../pairing/pair-link';
import { Line } from './line';
import { Talks } from './talks';

export interface DeskParts {
	db: MusterDb;
	/** Of the relay that comes with the app, `wss://host/sync`. */
	ownRelay: string;
	socket?: typeof WebSocket;
}

const NAME_UNITS = 80;

/** Who belongs to the workspace: it is begun, joined, left, and others are let in and taken out. docs/sync.md §1, §4 */
export class MembershipDesk {
	readonly talks = new Talks();
	#parts: DeskParts;

	constructor(parts: DeskParts) {
		this.#parts = parts;
	}

	/** Shares this workspace. `relay`: its address; empty for the app's own. Throws a ModelError. */
	async begin({ relay, invite }: { relay: string; invite: string }): Promise<void> {
		const url = relay.trim() === '' ? this.#parts.ownRelay : addressOf(relay);
		const device = await newDevice();
		const statement = await beginWorkspace(device, Date.now());
		const { workspace } = await extend(null, decodeStatement(statement));
		const roster = await KnownRoster.of(workspace, [statement]);
		const line = await this.#line(url, device, roster, { statement, invite: invite.trim() });
		line.close();
		await this.#save({ url, device, roster, invite: invite.trim() });
	}

	async members(): Promise<MemberInfo[] | null> {
		const membership = await loadMembership(this.#parts.db);
		if (!membership) return null;
		const roster = await KnownRoster.of(membership.workspace, membership.roster);
		const cards = new Map((await allDevices(this.#parts.db)).map((card) => [card.id, card]));
		const own = await loadSetting(this.#parts.db, 'deviceName');
		return [...(roster.roster?.members.values() ?? [])].map(({ id, kind, addedAt }) => ({
			id,
			kind,
			name: id === membership.device.id ? own : (cards.get(id)?.name ?? null),
			addedAt,
			seenAt: cards.get(id)?.seenAt ?? null,
			isThis: id === membership.device.id,
		}));
	}

	remove(id: string): Promise<void> {
		return this.#errand(async ({ device }, roster, line) => {
			const at = Date.now();
			await line.append(() => remove(device, known(roster), { device: id, at }));
		});
	}

	/** Forgets that this device belongs to a workspace; others are told where the relay can be reached. */
	async leave(): Promise<void> {
		const members = await this.members();
		const others = members?.filter(({ isThis }) => !isThis) ?? [];
		const own = members?.find(({ isThis }) => isThis);
		if (own && others.length > 0) await this.remove(own.id).catch(() => undefined);
		await forgetMembership(this.#parts.db);
	}

	async makeKit(): Promise<{ text: string; code: string }> {
		const membership = await this.#membership();
		const kit = newKit(membership.workspace, membership.relay);
		const member = await kitMember(kit);
		await this.#errand(async ({ device }, roster, line) => {
			const newcomer = { keys: member.keys, kind: 'recovery' as const, at: Date.now() };
			await line.append(async () =>
				admit(device, known(roster), await roster.secrets(device), newcomer),
			);
		});
		return { text: await kitText(kit), code: await kitCode(kit) };
	}

	/** Joins the workspace of a kit. Throws a ModelError that says what is wrong with it. */
	async restore({ kit: text, name }: { kit: string; name: string }): Promise<void> {
		const kit = await readable(() => readKit(text));
		const paper = await kitMember(kit);
		const device = await newDevice();
		const roster = new KnownRoster(kit.workspace);
		const line = await this.#line(kit.relay, paper, roster);
		try {
			await line.knows(paper.id);
			const newcomer = { keys: device.keys, kind: 'device' as const, at: Date.now() };
			await line.append(async () =>
				admit(paper, known(roster), await roster.secrets(paper), newcomer),
			);
		} finally {
			line.close();
		}
		await this.#named(name);
		await this.#save({ url: kit.relay, device, roster, invite: '' });
	}

	/** Opens the door to one more device. Gives the number of the talk. */
	async openDoor(): Promise<number> {
		const membership = await this.#membership();
		const { workspace, device, relay, roster: kept } = membership;
		const { db, ownRelay } = this.#parts;
		const roster = await KnownRoster.of(workspace, kept);
		const line = await this.#line(relay, device, roster);
		const workspaceName = await loadSetting(db, 'workspaceName');
		return this.talks.begin((tell) => {
			const pairing = new MemberPairing({
				connection: line.connection,
				device,
				roster,
				workspaceName,
				relay: relay === ownRelay ? null : relay,
				changed: (state) => {
					if (state.is === 'added' || state.is === 'ended') line.close();
					if (state.is !== 'added') return tell(state);
					void keepRoster(db, workspace, roster.statements).then(() => tell(state));
				},
			});
			void pairing.start();
			return {
				sameCode: () => pairing.confirm(),
				stop: () => void pairing.refuse().finally(() => line.close()),
			};
		});
	}

	/** Wants to come in by a link. Gives the number of the talk. Throws a ModelError that says what is wrong with it. */
	async knock({ link: text, name }: { link: string; name: string }): Promise<number> {
		const link = await readable(() => readPairLink(text));
		const device = await newDevice();
		const url = link.relay ?? this.#parts.ownRelay;
		await this.#named(name);
		return this.talks.begin((tell) => {
			const pairing = new GuestPairing({
				url,
				link,
				device,
				name: name.slice(0, NAME_UNITS),
				changed: (state) => {
					if (state.is !== 'joined') return tell(state);
					this.#join(link, url, device, state.workspaceName).then(
						() => tell(state),
						() => tell({ is: 'ended', why: 'cut' }),
					);
				},
				...(this.#parts.socket && { socket: this.#parts.socket }),
			});
			void pairing.start();
			return { sameCode: () => Promise.resolve(), stop: () => pairing.stop() };
		});
	}

	async #join(link: PairLink, url: string, device: DeviceKeys, name: string): Promise<void> {
		const roster = new KnownRoster(link.workspace);
		const line = await this.#line(url, device, roster);
		try {
			await line.knows(device.id);
		} finally {
			line.close();
		}
		if (name) await saveSetting(this.#parts.db, 'workspaceName', name);
		await this.#save({ url, device, roster, invite: '' });
	}

	async #errand(
		errand: (membership: Membership, roster: KnownRoster, line: Line) => Promise<void>,
	): Promise<void> {
		const membership = await this.#membership();
		const { workspace, device, relay, roster: kept } = membership;
		const roster = await KnownRoster.of(workspace, kept);
		const line = await this.#line(relay, device, roster);
		try {
			await errand(membership, roster, line);
			await keepRoster(this.#parts.db, workspace, roster.statements);
		} finally {
			line.close();
		}
	}

	#line(
		url: string,
		device: DeviceKeys,
		roster: KnownRoster,
		begin?: { statement: Bytes; invite: string },
	): Promise<Line> {
		const { socket } = this.#parts;
		return Line.open({ url, device, roster, ...(begin && { begin }), ...(socket && { socket }) });
	}

	async #membership(): Promise<Membership> {
		const membership = await loadMembership(this.#parts.db);
		if (membership) return membership;
		throw refusal('This workspace is not shared.', 'Begin to sync it first.');
	}

	async #named(name: string): Promise<void> {
		const named = name.trim().slice(0, NAME_UNITS);
		if (named) await saveSetting(this.#parts.db, 'deviceName', named);
	}

	async #save({
		url,
		device,
		roster,
		invite,
	}: {
		url: string;
		device: DeviceKeys;
		roster: KnownRoster;
		invite: string;
	}): Promise<void> {
		if (await loadMembership(this.#parts.db))
			throw refusal('This device shares a workspace already.', 'Leave that one first.');
		await saveMembership(this.#parts.db, {
			id: 'this',
			v: 1,
			workspace: roster.workspace,
			relay: url,
			invite,
			device,
			roster: roster.statements,
			joinedAt: Date.now(),
		});
	}
}

function known({ roster }: KnownRoster) {
	if (!roster) throw refusal('The relay sent no list of devices.', 'Try again.');
	return roster;
}

/** `wss://host/sync`, whichever way somebody has written it. */
function addressOf(typed: string): string {
	const text = typed.trim();
	try {
		const url = new URL(/^[a-z]+:\/\//i.test(text) ? text : `wss://${text}`);
		url.protocol = { 'https:': 'wss:', 'http:': 'ws:' }[url.protocol] ?? url.protocol;
		if (!/^wss?:$/.test(url.protocol)) throw new TypeError('no address of a relay');
		if (url.pathname === '/') url.pathname = '/sync';
		return url.href;
	} catch {
		throw refusal('This is no address of a relay.', 'It looks like wss://relay.example/sync.');
	}
}

async function readable<T>(read: () => T | Promise<T>): Promise<T> {
	try {
		return await read();
	} catch (error) {
		if (!(error instanceof MalformedError)) throw error;
		throw refusal(`${error.message}.`, 'Copy it again, the whole of it.');
	}
}

function refusal(message: string, advice: string): ModelError {
	return new ModelError({ code: 'membership', message, advice }, false);
}
