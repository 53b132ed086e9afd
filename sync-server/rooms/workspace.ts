import { extend, RosterError, type Roster } from '../../src/lib/wire/roster';
import { decodeStatement, encodeStatement, type Statement } from '../../src/lib/wire/statement';
import type { GroupCommit } from '../store/group-commit';
import { StoreError, type Store } from '../store/port';

/** Sockets of a workspace, as far as its roster concerns them. */
export interface RosterListener {
	readonly device: string;
	/** A statement was taken: the roster's `index`-th. */
	taken(index: number, statement: Uint8Array): void;
	/** Its device is no longer on the roster. */
	expelled(): void;
}

export type Appended =
	{ readonly result: 'taken' | 'moved' } | { readonly result: 'refused'; readonly reason: string };

/** At most this much is read from the store in one go. */
const PAGE_BYTES = 1_048_576;

/** One workspace as the relay knows it: its roster, its size, who is there. */
export class Workspace {
	/** Bytes of its rooms and its roster. */
	bytes: number;
	readonly listeners = new Set<RosterListener>();
	#roster: Roster | null;
	/** One thing at a time happens to a roster, in the order it was asked for. */
	#turn: Promise<unknown> = Promise.resolve();

	constructor(
		readonly id: string,
		roster: Roster | null,
		bytes: number,
	) {
		this.#roster = roster;
		this.bytes = bytes;
	}

	/** Null in the workspace of the plain protocol, which has none [7.6]. */
	get roster(): Roster | null {
		return this.#roster;
	}

	/** Runs after everything that was asked of the roster before. */
	inTurn<T>(action: () => Promise<T>): Promise<T> {
		const turn = this.#turn.then(action);
		this.#turn = turn.catch(() => undefined);
		return turn;
	}

	/**
	 * Checks, keeps, then tells everyone [1.9].
	 * @throws {StoreError} where it could not be kept
	 */
	append(statement: Uint8Array, commits: GroupCommit, mostBytes: number): Promise<Appended> {
		return this.inTurn(async () => {
			const before = this.#roster;
			if (!before) return { result: 'refused', reason: 'no roster' };
			let next: Roster;
			try {
				next = await extend(before, decoded(statement));
			} catch (error) {
				if (!(error instanceof RosterError)) throw error;
				if (error.fault === 'moved') return { result: 'moved' };
				return { result: 'refused', reason: error.fault };
			}
			if (this.bytes + statement.length > mostBytes)
				return { result: 'refused', reason: 'workspace' };
			const index = before.length;
			const bytes = statement.slice();
			await commits.add([{ kind: 'statement', workspace: this.id, index, statement: bytes }]);
			this.#roster = next;
			this.bytes += bytes.length;
			for (const listener of [...this.listeners]) listener.taken(index, bytes);
			for (const listener of [...this.listeners])
				if (!next.members.has(listener.device)) listener.expelled();
			return { result: 'taken' };
		});
	}
}

/** @throws {RosterError} */
export function decoded(statement: Uint8Array): Statement {
	try {
		return decodeStatement(statement);
	} catch {
		throw new RosterError('malformed');
	}
}

/** All workspaces that were asked for since the relay began; what a roster says of who belongs is small, and stays. */
export class Workspaces {
	readonly #store: Store;
	readonly #commits: GroupCommit;
	readonly #known = new Map<string, Promise<Workspace | null>>();
	/** Beginning a workspace is one at a time, or two could be the first. */
	#beginning: Promise<unknown> = Promise.resolve();

	constructor(store: Store, commits: GroupCommit) {
		this.#store = store;
		this.#commits = commits;
	}

	/** Null where it was never begun here. @throws {StoreError} */
	find(id: string): Promise<Workspace | null> {
		const known = this.#known.get(id);
		if (known) return known;
		const loading = this.#load(id);
		this.#known.set(id, loading);
		// What was not found may be begun later, and what failed may be tried again.
		const forget = () => {
			if (this.#known.get(id) === loading) this.#known.delete(id);
		};
		loading.then((workspace) => workspace ?? forget(), forget);
		return loading;
	}

	/** The workspace without a roster, of the plain protocol. */
	async plain(): Promise<Workspace> {
		const known = this.#known.get('plain');
		if (known) return (await known) as Workspace;
		const loading = this.#store
			.roomBytes('plain')
			.then((bytes) => new Workspace('plain', null, bytes));
		this.#known.set('plain', loading);
		loading.catch(() => this.#known.delete('plain'));
		return loading;
	}

	/** How many were begun here. */
	async count(): Promise<number> {
		return (await this.#store.workspaces()).length;
	}

	/**
	 * Keeps the first statement of a workspace, unless it is known.
	 * @param admitted asked again at that moment: there may be a first one by now
	 * @returns null where it is not admitted
	 * @throws {StoreError}
	 */
	begin(
		roster: Roster,
		statement: Statement,
		admitted: () => Promise<boolean>,
	): Promise<Workspace | null> {
		const turn = this.#beginning.then(async () => {
			const known = await this.find(roster.workspace);
			if (known) return known;
			if (!(await admitted())) return null;
			const bytes = encodeStatement(statement);
			const { workspace: id } = roster;
			await this.#commits.add([{ kind: 'statement', workspace: id, index: 0, statement: bytes }]);
			const workspace = new Workspace(id, roster, bytes.length);
			this.#known.set(id, Promise.resolve(workspace));
			return workspace;
		});
		this.#beginning = turn.catch(() => undefined);
		return turn;
	}

	async #load(id: string): Promise<Workspace | null> {
		let roster: Roster | null = null;
		let bytes = 0;
		for (;;) {
			const page = await this.#store.statements(id, roster?.length ?? 0, PAGE_BYTES);
			if (!page.length) break;
			for (const statement of page) {
				bytes += statement.length;
				roster = await kept(roster, statement);
			}
		}
		if (!roster) return null;
		if (roster.workspace !== id) throw new StoreError('A roster in the store is damaged.');
		return new Workspace(id, roster, bytes + (await this.#store.roomBytes(id)));
	}
}

async function kept(roster: Roster | null, statement: Uint8Array): Promise<Roster> {
	try {
		return await extend(roster, decoded(statement));
	} catch (error) {
		throw new StoreError('A roster in the store is damaged.', { cause: error });
	}
}
