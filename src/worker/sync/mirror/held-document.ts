import type * as Y from 'yjs';
import type { KeepChange } from '../rooms/room-store';
import type { HeldRoom, Rooms } from '../rooms/rooms';
import { CAME } from '../rooms/sealed-room';

/** Whether a transaction brought what others wrote, or what was kept before. */
export const isCome = (origin: unknown): boolean => origin === CAME;

/** A room that is held, with its inner document seen as what it is. */
export interface HeldDocument<T> {
	/** As it is now: another one after a change that could not be written down. */
	readonly document: T;
	/** Is done once the change is kept on this device. */
	change(change: (document: T) => void): Promise<void>;
	/** Gives what tells whether what was changed here until now is kept by the relay. */
	mark(): () => boolean;
	readonly isSynced: boolean;
	/** Sealed, to those who are in the room now. */
	broadcast(payload: Uint8Array): Promise<void>;
	/** Once everything that has come is in the document. */
	settled(): Promise<void>;
	release(): void;
}

/**
 * Holds a room of a meaning. `see` is given every inner document that takes effect, before anything else happens to it.
 * A meaning may be held once at a time.
 */
export async function holdDocument<T>(
	rooms: Rooms,
	meaning: string,
	see: (inner: Y.Doc) => T,
	keep: (room: string, update: Uint8Array) => ReturnType<KeepChange>,
): Promise<HeldDocument<T>> {
	const seen: { document?: T } = {};
	const held: HeldRoom = await rooms.hold(meaning, (inner) => (seen.document = see(inner)));
	const documentNow = (): T => {
		if (seen.document === undefined) throw new Error(`Two hold the room of ${meaning}`);
		return seen.document;
	};
	return {
		get document() {
			return documentNow();
		},
		change: (change) =>
			held.write(
				() => change(documentNow()),
				(update) => keep(held.name, update),
			),
		mark: () => held.mark(),
		get isSynced() {
			return held.isSynced;
		},
		broadcast: (payload) => held.broadcast(payload),
		settled: () => held.settled(),
		release: () => held.release(),
	};
}
