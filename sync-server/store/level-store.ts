import { type ClassicLevel } from 'classic-level';
import {
	emptySpan,
	StoreError,
	type Change,
	type RoomRecords,
	type Span,
	type Store,
} from './port';
import {
	decodeSpan,
	encodeSpan,
	numberOf,
	sealed,
	spanKey,
	statementKey,
	under,
	unsealed,
	updateKey,
	workspaceKey,
} from './records';

export type Level = ClassicLevel<string, Uint8Array>;
type Operation = { type: 'put'; key: string; value: Uint8Array } | { type: 'del'; key: string };

/** The store on LevelDB; `openLevelStore` looks at the folder first. */
export class LevelStore implements Store {
	readonly #db: Level;
	/** LevelDB refuses all that comes after a failed write, until it is opened anew. */
	#stuck = false;

	constructor(db: Level) {
		this.#db = db;
	}

	async workspaces(): Promise<string[]> {
		const keys = await this.#read(() => this.#db.keys(under('workspace')).all());
		return keys.map((key) => key.slice('workspace!'.length));
	}

	async statements(workspace: string, from: number, mostBytes: number): Promise<Uint8Array[]> {
		return this.#read(async () => {
			const some: Uint8Array[] = [];
			let bytes = 0;
			const range = { ...under('statement', workspace), gte: statementKey(workspace, from) };
			for await (const [key, record] of this.#db.iterator(range)) {
				const statement = unsealed(record);
				if (!statement || numberOf(key) !== from + some.length)
					throw new StoreError('A roster in the store is damaged.');
				bytes += statement.length;
				if (some.length && bytes > mostBytes) break;
				some.push(statement);
			}
			return some;
		});
	}

	async room(workspace: string, room: string): Promise<RoomRecords> {
		return this.#read(async () => {
			const record = await this.#db.get(spanKey(workspace, room));
			const updates: Uint8Array[] = [];
			let [first, next, bytes, damaged] = [-1, 0, 0, 0];
			for await (const [key, sealedUpdate] of this.#db.iterator(under('update', workspace, room))) {
				const update = unsealed(sealedUpdate);
				if (first < 0) first = numberOf(key);
				next = numberOf(key) + 1;
				bytes += sealedUpdate.length - 4;
				if (update) updates.push(update);
				else damaged++;
			}
			const found: Span = first < 0 ? emptySpan : { first, next, bytes };
			const noted = record && decodeSpan(record);
			const missing = noted
				? Math.max(0, noted.next - noted.first - (updates.length + damaged))
				: 0;
			const unreadable = damaged + missing + (record && !noted ? 1 : 0);
			// Of two that differ the wider: no number is given twice, and no record is left behind.
			const span = noted
				? {
						first: found.next ? Math.min(noted.first, found.first) : noted.first,
						next: Math.max(noted.next, found.next),
						bytes: Math.max(noted.bytes, found.bytes),
					}
				: found;
			return { updates, span, unreadable };
		});
	}

	async roomBytes(workspace: string): Promise<number> {
		return this.#read(async () => {
			let bytes = 0;
			for await (const record of this.#db.values(under('span', workspace)))
				bytes += decodeSpan(record)?.bytes ?? 0;
			return bytes;
		});
	}

	async commit(changes: readonly Change[]): Promise<void> {
		try {
			if (this.#stuck) await this.#reopen();
			await this.#db.batch(operations(changes), { sync: true });
		} catch (error) {
			this.#stuck = true;
			throw asStoreError('The store can not be written to', error);
		}
	}

	async close(): Promise<void> {
		await this.#db.close();
	}

	async #reopen(): Promise<void> {
		await this.#db.close();
		await this.#db.open();
		this.#stuck = false;
	}

	async #read<T>(reading: () => Promise<T>): Promise<T> {
		try {
			return await reading();
		} catch (error) {
			throw error instanceof StoreError ? error : asStoreError('The store can not be read', error);
		}
	}
}

function operations(changes: readonly Change[]): Operation[] {
	// Of a room that is in the group many times, the last span is the one that counts.
	const spans = new Map<string, Span>();
	for (const change of changes)
		if (change.kind !== 'statement') spans.set(spanKey(change.workspace, change.room), change.span);
	const ends = [...spans].map(([key, span]): Operation => {
		return { type: 'put', key, value: encodeSpan(span) };
	});
	return [...changes.flatMap(recordsOf), ...ends];
}

function recordsOf(change: Change): Operation[] {
	const { workspace } = change;
	if (change.kind === 'statement') {
		const key = statementKey(workspace, change.index);
		const statement: Operation = { type: 'put', key, value: sealed(change.statement) };
		if (change.index > 0) return [statement];
		return [
			statement,
			{ type: 'put', key: workspaceKey(workspace), value: sealed(new Uint8Array()) },
		];
	}
	const { room, span, update } = change;
	const gone: Operation[] = [];
	if (change.kind === 'replace')
		for (let n = change.before.first; n < change.before.next; n++)
			gone.push({ type: 'del', key: updateKey(workspace, room, n) });
	return [
		...gone,
		{ type: 'put', key: updateKey(workspace, room, span.next - 1), value: sealed(update) },
	];
}

function asStoreError(what: string, error: unknown): StoreError {
	return new StoreError(`${what}: ${reasonOf(error)}`, { cause: error });
}

/** LevelDB's own words stand in the innermost cause; they may name files of the store, and nothing of what is in it. */
export function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
