/** Where a room's updates stand: numbers from `first` to before `next`, and their bytes together. */
export interface Span {
	readonly first: number;
	readonly next: number;
	readonly bytes: number;
}

export interface RoomRecords {
	readonly updates: readonly Uint8Array[];
	readonly span: Span;
	/** Updates that are gone or damaged: what they held has to come from clients again. */
	readonly unreadable: number;
}

/** One thing to keep. `span` is the room's after it. */
export type Change =
	| {
			readonly kind: 'statement';
			readonly workspace: string;
			readonly index: number;
			readonly statement: Uint8Array;
	  }
	| {
			readonly kind: 'update';
			readonly workspace: string;
			readonly room: string;
			readonly span: Span;
			readonly update: Uint8Array;
	  }
	/** One update in the place of all of `before`. */
	| {
			readonly kind: 'replace';
			readonly workspace: string;
			readonly room: string;
			readonly before: Span;
			readonly span: Span;
			readonly update: Uint8Array;
	  };

/** What the relay keeps. Every method may reject with a `StoreError`. */
export interface Store {
	/** Ids of workspaces that were begun here. */
	workspaces(): Promise<string[]>;
	/** Statements from that number on: at least one where there is one, then as many as stay within `mostBytes`. */
	statements(workspace: string, from: number, mostBytes: number): Promise<Uint8Array[]>;
	room(workspace: string, room: string): Promise<RoomRecords>;
	/** Bytes of all rooms of a workspace. */
	roomBytes(workspace: string): Promise<number>;
	/** All of it or nothing, and on the disk when it resolves. */
	commit(changes: readonly Change[]): Promise<void>;
	close(): Promise<void>;
}

/** The store can't do what was asked. The message is a sentence for whoever runs the relay. */
export class StoreError extends Error {
	override name = 'StoreError';
}

export const emptySpan: Span = { first: 0, next: 0, bytes: 0 };

/** The span with one more update. */
export const grown = ({ first, next, bytes }: Span, more: number): Span => ({
	first,
	next: next + 1,
	bytes: bytes + more,
});

/** The span after one update took the place of all. */
export const replaced = ({ next }: Span, bytes: number): Span => ({
	first: next,
	next: next + 1,
	bytes,
});
