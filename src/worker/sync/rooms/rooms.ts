import type * as Y from 'yjs';
import type { Closing } from '$lib/wire/close-codes';
import { channelSockets, type ChannelSocketClass } from '../relay/channel-socket';
import type { RelayConnection } from '../relay/relay-connection';
import { RoomLink } from '../relay/room-link';
import type { RoomKeys } from '../seal/room-cipher';
import type { KeepChange, RoomStore } from './room-store';
import { SealedRoom } from './sealed-room';

/**
 * Between two batches of a room, at least: about four a second, however much is written. What is written after a pause is
 * sealed at once, so that it is soon with the others.
 */
const SEAL_MS = 250;

export interface RoomsParts {
	keys: RoomKeys;
	store: RoomStore;
	connection: RelayConnection;
	/** Calls once the connection is ready; at once, if it is. Returns the stop. */
	whenReady: (then: () => void) => () => void;
	/** A room's state has changed. */
	changed: (meaning: string) => void;
	/** How many batches of a room can't be read here, where that is another number than before. [5.6] */
	unread: (meaning: string, count: number) => void;
	closed: (meaning: string, closing: Closing) => void;
	broadcast: (meaning: string, payload: Uint8Array) => void;
	failed: (error: unknown) => void;
}

/** A room that somebody needs. */
export interface HeldRoom {
	readonly meaning: string;
	/** By which the relay and the store know it. */
	readonly name: string;
	/** Changes it, and is done once `keep` has written the change down; see {@link SealedRoom.write}. */
	write(change: (inner: Y.Doc) => void, keep: KeepChange): Promise<void>;
	/** What the relay had when it was last reached is here. */
	readonly isSynced: boolean;
	/** What was done here is kept by the relay. */
	readonly isConfirmed: boolean;
	/** Gives what tells whether what was done here until now is kept by the relay. */
	mark(): () => boolean;
	/** Once everything that has come is opened and applied. */
	settled(): Promise<void>;
	/** Sealed, to those who are in the room now. */
	broadcast(payload: Uint8Array): Promise<void>;
	/** Nobody here needs it any more. */
	release(): void;
}

interface Opened {
	room: SealedRoom;
	link: RoomLink;
	holders: number;
	sealing: ReturnType<typeof setTimeout> | null;
	/** When it was sealed last, by the clock of `performance`. */
	sealedAt: number;
	name: string;
}

/** The rooms of a workspace that are open on this device: each once, however many need it. */
export class Rooms {
	#parts: RoomsParts;
	#sockets: ChannelSocketClass;
	#open = new Map<string, Promise<Opened>>();
	/** Rooms whose last words are being written down: they are not read before that. */
	#closing = new Map<string, Promise<void>>();

	constructor(parts: RoomsParts) {
		this.#parts = parts;
		this.#sockets = channelSockets(parts.connection, { whenReady: parts.whenReady });
	}

	/** `attach` hears of the inner document; see {@link SealedRoom.load}. The first holder's is used. */
	async hold(meaning: string, attach?: (inner: Y.Doc) => void): Promise<HeldRoom> {
		let opening = this.#open.get(meaning);
		if (!opening) this.#open.set(meaning, (opening = this.#load(meaning, attach)));
		const opened = await opening;
		opened.holders++;
		let held = true;
		const { room, link } = opened;
		return {
			meaning,
			name: opened.name,
			write: async (change, keep) => {
				await room.write(change, keep);
				this.#sealSoon(meaning, opened);
			},
			get isSynced() {
				return link.isSynced;
			},
			get isConfirmed() {
				return room.isConfirmed;
			},
			mark: () => room.mark(),
			settled: () => room.settled(),
			broadcast: async (payload) =>
				link.broadcast(await this.#parts.keys.cipher(opened.name).seal(payload)),
			release: () => {
				if (!held) return;
				held = false;
				opened.holders--;
				if (opened.holders > 0) return;
				this.#close(meaning, opened).catch((error: unknown) => this.#parts.failed(error));
			},
		};
	}

	/** Closes all of them; what is unsealed stays in the store. */
	async close(): Promise<void> {
		await Promise.all(
			[...this.#open].map(async ([meaning, opening]) => this.#close(meaning, await opening)),
		);
	}

	async #load(meaning: string, attach?: (inner: Y.Doc) => void): Promise<Opened> {
		const { keys, store, connection, changed, unread, closed, failed, broadcast } = this.#parts;
		await this.#closing.get(meaning);
		const name = await keys.nameOf(meaning);
		const cipher = keys.cipher(name);
		const room = await SealedRoom.load({
			room: name,
			cipher,
			store,
			failed,
			...(attach && { attach }),
		});
		let told = 0;
		const countUnread = async () => {
			await room.settled();
			const count = [...room.unread.values()].reduce((sum, n) => sum + n, 0);
			if (count !== told) unread(meaning, (told = count));
		};
		countUnread().catch(failed);
		const link = new RoomLink({
			name,
			room,
			sockets: this.#sockets,
			maxFrame: () => connection.maxFrame,
			changed: () => {
				changed(meaning);
				countUnread().catch(failed);
				if (room.isConfirmed)
					room.compact().then((did) => {
						if (did) changed(meaning);
					}, failed);
			},
			closed: (closing) => closed(meaning, closing),
			broadcast: (sealed) =>
				void cipher.open(sealed).then((opened) => {
					if ('payload' in opened) broadcast(meaning, opened.payload);
				}),
			failed,
		});
		const opened: Opened = { room, link, holders: 0, sealing: null, sealedAt: -Infinity, name };
		if (room.unsealed > 0) this.#sealSoon(meaning, opened);
		return opened;
	}

	#sealSoon(meaning: string, opened: Opened): void {
		const { changed, failed } = this.#parts;
		const wait = opened.sealedAt + SEAL_MS - performance.now();
		opened.sealing ??= setTimeout(
			() => {
				opened.sealing = null;
				opened.sealedAt = performance.now();
				// The relay may have confirmed it before it was written down here.
				opened.room.seal().then(() => changed(meaning), failed);
			},
			Math.max(0, wait),
		);
	}

	#close(meaning: string, opened: Opened): Promise<void> {
		this.#open.delete(meaning);
		const closing = this.#end(opened).finally(() => this.#closing.delete(meaning));
		this.#closing.set(meaning, closing);
		return closing;
	}

	async #end({ room, link, sealing }: Opened): Promise<void> {
		if (sealing !== null) clearTimeout(sealing);
		try {
			// Goes out while there is a link; otherwise when the room is opened again.
			await room.seal();
		} finally {
			link.close();
			await room.close();
		}
	}
}
