/** Where a device keeps its rooms: a port, so that rules are tried without a database. */

export interface RoomRecords {
	/** Updates of the outer document, as they came or were made. */
	outer: readonly Uint8Array[];
	/** Changes of the inner document that are in no batch yet. */
	pending: readonly PendingChange[];
	/** There are batches of this device that the relay has not confirmed. */
	unconfirmed: boolean;
}

/** A change made here; `n` is its number in the store. */
export interface PendingChange {
	n: number;
	update: Uint8Array;
}

export interface RoomStore {
	load(room: string): Promise<RoomRecords>;
	/** Adds an outer update that came. */
	keepCame(room: string, update: Uint8Array): Promise<void>;
	/** Adds an outer update that was made here, unconfirmed, and takes the changes away that it carries: both or neither. */
	keepMade(room: string, update: Uint8Array, carried: readonly number[]): Promise<void>;
	/** Everything made here is confirmed. */
	keepConfirmed(room: string): Promise<void>;
	/** Replaces the first `count` outer updates by one. */
	foldOuter(room: string, count: number, update: Uint8Array): Promise<void>;
}

/** Keeps a change, with whatever else belongs to it, in one transaction. Gives its number. */
export type KeepChange = (update: Uint8Array) => Promise<number>;
