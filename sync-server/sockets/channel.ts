import type { Bytes } from '../../src/lib/wire/bytes';
import { CLOSINGS, type Closing } from '../../src/lib/wire/close-codes';
import { decodeMessage, type Message } from '../../src/lib/wire/messages';
import type { Room, RoomMember } from '../rooms/room';
import type { Rooms, Stay } from '../rooms/rooms';
import type { Workspace } from '../rooms/workspace';
import type { Sending } from './outbox';

/** What a channel needs of the socket that it is on. */
export interface ChannelSocket {
	sendOn(channel: number, message: Bytes, asked: boolean): void;
	whenReady(sending: Sending): void;
	/** The channel is closed by the relay: its reader is to be told. */
	closed(channel: number, closing: Closing): void;
	/** What came can't be read: the socket ends. */
	fault(): void;
	pending(bytes: number): void;
}

/** One room on a socket. Messages that come while the room is loaded wait for it. */
export class Channel implements RoomMember {
	readonly #number: number;
	readonly #socket: ChannelSocket;
	readonly #stay: Stay;
	#room: Room | null = null;
	#early: Message[] = [];
	#open = true;

	constructor(
		number: number,
		socket: ChannelSocket,
		rooms: Rooms,
		place: { workspace: Workspace; room: string },
	) {
		this.#number = number;
		this.#socket = socket;
		this.#stay = rooms.enter(place.workspace, place.room);
		this.#stay.room.then(
			(room) => this.#enter(room),
			() => this.close(CLOSINGS.store),
		);
	}

	/** @throws {MalformedError} */
	receive(bytes: Bytes): void {
		const message = decodeMessage(bytes);
		if (this.#room) this.#room.receive(this, message);
		else {
			// What waits for the room counts as what waits for the store does.
			this.#socket.pending(bytes.length);
			this.#early.push(message);
			void this.#stay.room
				.finally(() => this.#socket.pending(-bytes.length))
				.catch(() => undefined);
		}
	}

	send(message: Bytes, asked = false): void {
		if (this.#open) this.#socket.sendOn(this.#number, message, asked);
	}

	whenReady(sending: Sending): void {
		this.#socket.whenReady(() => (this.#open ? sending() : undefined));
	}

	close(closing: Closing): void {
		if (!this.#open) return;
		this.leave();
		this.#socket.closed(this.#number, closing);
	}

	fault(): void {
		this.#socket.fault();
	}

	pending(bytes: number): void {
		this.#socket.pending(bytes);
	}

	/** Without a word to its reader, who closed it or is gone. */
	leave(): void {
		this.#open = false;
		this.#early = [];
		this.#stay.leave(this);
	}

	#enter(room: Room): void {
		if (!this.#open) return;
		if (room.broken) {
			this.close(CLOSINGS.store);
			return;
		}
		this.#room = room;
		room.join(this);
		for (const message of this.#early.splice(0)) room.receive(this, message);
	}
}
