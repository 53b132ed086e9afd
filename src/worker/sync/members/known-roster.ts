import type { Bytes } from '$lib/wire/bytes';
import type { DeviceKeys } from '$lib/wire/device';
import { extend, RosterError, type Roster } from '$lib/wire/roster';
import { decodeStatement, encodeStatement, wrapsFor, type Statement } from '$lib/wire/statement';
import { unwrapSecret } from '$lib/wire/wrap';
import type { EpochSecrets } from '../seal/room-cipher';

/** How long to wait for statements that the relay has taken from others. */
const ON_THEIR_WAY_MS = 10_000;

/** What came of statements that the relay sent. `faulty`: the relay, or somebody through it, sends what does not count. */
export type Taken = 'nothing-new' | 'extended' | 'gap' | 'faulty' | 'update-needed';

/**
 * The roster of a workspace as this device has checked it, statement by statement: nothing that the relay says of it
 * counts otherwise. docs/sync.md §1
 */
export class KnownRoster {
	readonly workspace: string;
	#statements: Statement[] = [];
	#roster: Roster | null = null;
	#turn: Promise<unknown> = Promise.resolve();
	#growing: (() => void)[] = [];

	constructor(workspace: string) {
		this.workspace = workspace;
	}

	/** From what was kept. Throws {@link RosterError} where that is no roster of this workspace. */
	static async of(workspace: string, kept: readonly Bytes[]): Promise<KnownRoster> {
		const known = new KnownRoster(workspace);
		for (const bytes of kept) await known.#add(decodeStatement(bytes));
		return known;
	}

	get length(): number {
		return this.#statements.length;
	}

	/** Null before the first statement is known. */
	get roster(): Roster | null {
		return this.#roster;
	}

	/** As they are kept and travel. */
	get statements(): Bytes[] {
		return this.#statements.map(encodeStatement);
	}

	isMember(device: string): boolean {
		return this.#roster?.members.has(device) ?? false;
	}

	/** Once there are more than `length` statements, which are on their way; false when they don't come. */
	async grows(length: number, ms = ON_THEIR_WAY_MS): Promise<boolean> {
		if (this.length > length) return true;
		return new Promise((done) => {
			const timer = setTimeout(() => done(false), ms);
			this.#growing.push(() => {
				clearTimeout(timer);
				done(true);
			});
		});
	}

	/** Statements from the place `from` on; what is known already is passed over. */
	take(from: number, statements: readonly Uint8Array[]): Promise<Taken> {
		const turn = this.#turn.then(() => this.#take(from, statements));
		this.#turn = turn;
		return turn;
	}

	async #take(from: number, statements: readonly Uint8Array[]): Promise<Taken> {
		if (from > this.length) return 'gap';
		const fresh = statements.slice(this.length - from);
		try {
			for (const bytes of fresh) await this.#add(decodeStatement(bytes));
		} catch (error) {
			return error instanceof RosterError && error.fault === 'update' ? 'update-needed' : 'faulty';
		}
		return fresh.length > 0 ? 'extended' : 'nothing-new';
	}

	async #add(statement: Statement): Promise<void> {
		const next = await extend(this.#roster, statement);
		if (next.workspace !== this.workspace) throw new RosterError('moved');
		this.#roster = next;
		this.#statements.push(statement);
		for (const grown of this.#growing.splice(0)) grown();
	}

	/** The secrets that were wrapped for a device, by epoch. Throws a MalformedError where one can't be opened. */
	async secrets({ id, agreeKey }: Pick<DeviceKeys, 'id' | 'agreeKey'>): Promise<EpochSecrets> {
		const secrets = new Map<number, Bytes>();
		const salt = this.#roster?.salt ?? '';
		for (const [epoch, wrap] of wrapsFor(id, this.#statements))
			secrets.set(epoch, await unwrapSecret(wrap, agreeKey, { salt, epoch, member: id }));
		return secrets;
	}
}
