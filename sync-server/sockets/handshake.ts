import { verifyAuth } from '../../src/lib/wire/auth';
import { randomBytes, type Bytes } from '../../src/lib/wire/bytes';
import { CLOSINGS, versionClosing, type Closing } from '../../src/lib/wire/close-codes';
import { encodeRelayFrame, type ClientFrame } from '../../src/lib/wire/frames';
import { isId } from '../../src/lib/wire/ids';
import { NONCE_BYTES, VERSION } from '../../src/lib/wire/limits';
import { extend, RosterError, type Roster } from '../../src/lib/wire/roster';
import type { Statement } from '../../src/lib/wire/statement';
import { admits } from '../admission';
import type { Peer, RelayContext } from '../context';
import { decoded, type Workspace } from '../rooms/workspace';

/** A beginning that was admitted, and is kept once its device has shown who it is. */
interface Begun {
	readonly statement: Statement;
	readonly roster: Roster;
	readonly invite: string;
}

/** Where a step of the handshake leads. */
export type Step =
	| { readonly kind: 'on' }
	| { readonly kind: 'end'; readonly closing: Closing }
	| { readonly kind: 'device'; readonly workspace: Workspace; readonly device: string }
	| { readonly kind: 'guest'; readonly mailbox: string };

const on: Step = { kind: 'on' };
const end = (closing: Closing): Step => ({ kind: 'end', closing });

/** From `hello` to a place: as a device of a workspace, or as the guest of a mailbox [2.2]–[2.5]. */
export class Handshake {
	readonly #relay: RelayContext;
	readonly #peer: Peer;
	readonly #send: (frame: Bytes) => void;
	#nonce: Bytes | null = null;
	#begun: Begun | null = null;

	constructor(relay: RelayContext, peer: Peer, send: (frame: Bytes) => void) {
		this.#relay = relay;
		this.#peer = peer;
		this.#send = send;
	}

	/** @throws {StoreError} */
	async step(frame: ClientFrame): Promise<Step> {
		const nonce = this.#nonce;
		if (!nonce) return frame.kind === 'hello' ? this.#hello(frame) : end(CLOSINGS.protocol);
		switch (frame.kind) {
			case 'begin':
				return this.#begin(frame);
			case 'auth':
				return this.#auth(frame, nonce);
			case 'mailbox':
				if (this.#begun || !isId(frame.id)) return end(CLOSINGS.protocol);
				return { kind: 'guest', mailbox: frame.id };
			default:
				return end(CLOSINGS.protocol);
		}
	}

	#hello({ min, max }: Extract<ClientFrame, { kind: 'hello' }>): Step {
		if (min > max) return end(CLOSINGS.protocol);
		if (min > VERSION || max < VERSION) return end(versionClosing(VERSION, VERSION));
		this.#nonce = randomBytes(NONCE_BYTES);
		const { frameBytes: maxFrame, channels: maxChannels } = this.#relay.settings;
		const hello = { kind: 'hello', version: VERSION, nonce: this.#nonce } as const;
		this.#send(encodeRelayFrame({ ...hello, maxFrame, maxChannels }));
		return on;
	}

	async #begin({ statement, invite }: Extract<ClientFrame, { kind: 'begin' }>): Promise<Step> {
		if (this.#begun) return end(CLOSINGS.protocol);
		let begun: Begun;
		try {
			const read = decoded(statement);
			begun = { statement: read, roster: await extend(null, read), invite };
		} catch (error) {
			if (!(error instanceof RosterError)) throw error;
			return end(error.fault === 'update' ? versionClosing(VERSION, VERSION) : CLOSINGS.protocol);
		}
		const known = await this.#relay.workspaces.find(begun.roster.workspace);
		if (!known && !(await this.#admitted(begun))) return end(CLOSINGS.notAdmitted);
		this.#begun = begun;
		return on;
	}

	/** Unknown workspace, no member, wrong signature: nobody learns which [2.3]. */
	async #auth(
		{ workspace: id, device, signature }: Extract<ClientFrame, { kind: 'auth' }>,
		nonce: Bytes,
	): Promise<Step> {
		const begun = this.#begun?.roster.workspace === id ? this.#begun : null;
		const known = isId(id) ? await this.#relay.workspaces.find(id) : null;
		const roster = known?.roster ?? begun?.roster;
		const member = roster?.members.get(device);
		if (!member || !(await this.#signed(member.keys.sign, { id, device, nonce }, signature)))
			return end(CLOSINGS.notAuthorised);
		const workspace = known ?? (begun && (await this.#keep(begun)));
		if (!workspace) return end(CLOSINGS.notAdmitted);
		// It may have been removed while its signature was looked at.
		if (!workspace.roster?.members.has(device)) return end(CLOSINGS.notAuthorised);
		return { kind: 'device', workspace, device };
	}

	async #signed(
		sign: string,
		{ id: workspace, device, nonce }: { id: string; device: string; nonce: Bytes },
		signature: Bytes,
	): Promise<boolean> {
		for (const host of this.#peer.hosts)
			if (await verifyAuth(sign, { host, workspace, device, nonce }, signature)) return true;
		return false;
	}

	#keep(begun: Begun): Promise<Workspace | null> {
		const { roster, statement } = begun;
		return this.#relay.workspaces.begin(roster, statement, () => this.#admitted(begun));
	}

	async #admitted({ roster, invite }: Begun): Promise<boolean> {
		const { settings, workspaces } = this.#relay;
		const applicant = { workspace: roster.workspace, invite, local: this.#peer.local };
		return admits(settings.admission, applicant, await workspaces.count());
	}
}
