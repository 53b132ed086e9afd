import { emptySpan, type Change, type RoomRecords, type Span, type Store } from './port';

interface Room {
	span: Span;
	updates: Map<number, Uint8Array>;
}

/** The store in memory: for tests, and what the contract is tried on first. */
export class MemoryStore implements Store {
	readonly #rosters = new Map<string, Uint8Array[]>();
	readonly #rooms = new Map<string, Map<string, Room>>();

	async workspaces(): Promise<string[]> {
		return [...this.#rosters.keys()];
	}

	async statements(workspace: string, from: number, mostBytes: number): Promise<Uint8Array[]> {
		const some: Uint8Array[] = [];
		let bytes = 0;
		for (const statement of this.#rosters.get(workspace)?.slice(from) ?? []) {
			bytes += statement.length;
			if (some.length && bytes > mostBytes) break;
			some.push(statement);
		}
		return some;
	}

	async room(workspace: string, name: string): Promise<RoomRecords> {
		const room = this.#rooms.get(workspace)?.get(name);
		return {
			updates: room ? [...room.updates.values()] : [],
			span: room?.span ?? emptySpan,
			unreadable: 0,
		};
	}

	async roomBytes(workspace: string): Promise<number> {
		let bytes = 0;
		for (const { span } of this.#rooms.get(workspace)?.values() ?? []) bytes += span.bytes;
		return bytes;
	}

	async commit(changes: readonly Change[]): Promise<void> {
		for (const change of changes) this.#keep(change);
	}

	async close(): Promise<void> {}

	#keep(change: Change): void {
		if (change.kind === 'statement') {
			const roster = this.#rosters.get(change.workspace) ?? [];
			roster[change.index] = change.statement.slice();
			this.#rosters.set(change.workspace, roster);
			return;
		}
		const rooms = this.#rooms.get(change.workspace) ?? new Map<string, Room>();
		this.#rooms.set(change.workspace, rooms);
		const updates = new Map(change.kind === 'replace' ? [] : rooms.get(change.room)?.updates);
		updates.set(change.span.next - 1, change.update.slice());
		rooms.set(change.room, { span: change.span, updates });
	}
}
