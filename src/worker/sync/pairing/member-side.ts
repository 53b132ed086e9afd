import type { MemberPairingState, PairingFault } from '$lib/domain/sync/pairing';
import { CLOSE, type Closing } from '$lib/wire/close-codes';
import { toBase64Url } from '$lib/wire/base64url';
import { randomBytes, type Bytes } from '$lib/wire/bytes';
import { deviceIdOf, type DeviceKeys, type PublicKeys } from '$lib/wire/device';
import { APPEND } from '$lib/wire/frames';
import { MAILBOX_MS } from '$lib/wire/limits';
import { admit } from '../members/change-members';
import type { KnownRoster } from '../members/known-roster';
import type { RelayConnection } from '../relay/relay-connection';
import { pairBox, shortCode, type PairBox } from './pair-box';
import { pairFragment, promiseOf } from './pair-link';

export interface MemberPairingParts {
	connection: RelayConnection;
	device: DeviceKeys;
	roster: KnownRoster;
	/** What the other one is told that it joins. */
	workspaceName: string;
	/** Address of the relay for the link; null where it is the app's own. */
	relay: string | null;
	changed: (state: MemberPairingState) => void;
}

const NONCE_BYTES = 16;
const SECRET_BYTES = 16;
/** How often a statement is made again because somebody else's came before. */
const TRIES = 5;
const NAME_UNITS = 80;

/** The side of pairing that is in already, and decides. docs/sync.md §4 */
export class MemberPairing {
	#parts: MemberPairingParts;
	#state: MemberPairingState = { is: 'opening' };
	#nonce = randomBytes(NONCE_BYTES);
	#box: PairBox | null = null;
	#put: (sealed: Bytes) => void = () => undefined;
	#guest: { keys: PublicKeys; name: string } | null = null;

	constructor(parts: MemberPairingParts) {
		this.#parts = parts;
	}

	get state(): MemberPairingState {
		return this.#state;
	}

	/** Opens the mailbox, and shows the link once it is there. */
	async start(): Promise<void> {
		const { connection, roster, relay } = this.#parts;
		const secret = randomBytes(SECRET_BYTES);
		const link = {
			workspace: roster.workspace,
			secret,
			relay,
			promise: await promiseOf(this.#nonce),
		};
		this.#box = await pairBox(secret);
		this.#put = connection.mailbox(this.#box.id, {
			joined: () =>
				this.#become({
					is: 'waiting',
					fragment: pairFragment(link),
					until: Date.now() + MAILBOX_MS,
				}),
			got: (sealed) => void this.#heard(sealed),
			ended: (closing) => this.#over(closing),
		});
	}

	/** The codes are the same: lets the device in. */
	async confirm(): Promise<void> {
		const guest = this.#guest;
		if (this.#state.is !== 'comparing' || !guest) return;
		this.#become({ is: 'adding' });
		if (!(await this.#add(guest.keys))) {
			await this.#say({ done: false });
			return this.#end('not-taken');
		}
		await this.#say({ done: true, name: this.#parts.workspaceName });
		const device = await deviceIdOf(guest.keys.sign);
		this.#become({ is: 'added', device, name: guest.name });
	}

	/** They differ, or the person thinks better of it. */
	async refuse(): Promise<void> {
		if (this.#guest) await this.#say({ done: false });
		this.#end('refused');
	}

	async #add(keys: PublicKeys): Promise<boolean> {
		const { connection, device, roster } = this.#parts;
		for (let i = 0; i < TRIES; i++) {
			if (!roster.roster) return false;
			const newcomer = { keys, kind: 'device' as const, at: Date.now() };
			const secrets = await roster.secrets(device);
			const place = roster.length;
			const statement = await admit(device, roster.roster, secrets, newcomer);
			const answer = await connection.append(statement);
			if (answer?.result === APPEND.taken) {
				await roster.take(place, [statement]);
				return true;
			}
			// What came before is on its way.
			if (answer?.result !== APPEND.moved || !(await roster.grows(place))) return false;
		}
		return false;
	}

	async #heard(sealed: Bytes): Promise<void> {
		if (this.#state.is !== 'waiting' || !this.#box) return;
		try {
			const { v, name, sign, agree } = await this.#box.open('guest', sealed);
			if (
				v !== 1 ||
				typeof name !== 'string' ||
				typeof sign !== 'string' ||
				typeof agree !== 'string'
			)
				return this.#end('foreign');
			await deviceIdOf(sign);
			this.#guest = { keys: { sign, agree }, name: name.slice(0, NAME_UNITS) };
		} catch {
			return this.#end('foreign');
		}
		const { workspace } = this.#parts.roster;
		const code = await shortCode(workspace, this.#guest.keys, this.#nonce);
		await this.#say({ nonce: toBase64Url(this.#nonce) });
		this.#become({ is: 'comparing', code, name: this.#guest.name });
	}

	async #say(message: object): Promise<void> {
		if (this.#box) this.#put(await this.#box.seal('member', message));
	}

	#over({ code }: Closing): void {
		if (this.#state.is === 'adding') return;
		this.#end(code === CLOSE.noMailbox ? 'over' : 'cut');
	}

	#end(why: PairingFault): void {
		if (this.#state.is === 'added' || this.#state.is === 'ended') return;
		this.#become({ is: 'ended', why });
	}

	#become(state: MemberPairingState): void {
		this.#state = state;
		this.#parts.changed(state);
	}
}
