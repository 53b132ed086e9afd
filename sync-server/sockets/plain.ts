import type { WebSocket } from 'ws';
import { MalformedError, type Bytes } from '../../src/lib/wire/bytes';
import { CLOSINGS, type Closing } from '../../src/lib/wire/close-codes';
import type { RelayContext } from '../context';
import { Channel, type ChannelSocket } from './channel';
import { Line } from './line';
import type { Sending } from './outbox';
import type { Seat } from './seats';

/** A socket that speaks y-websocket's own protocol: it is one channel, in the workspace `plain` [7.6]. */
export class PlainConnection implements ChannelSocket {
	readonly #line: Line;
	readonly #seat: Seat;
	#channel: Channel | null = null;
	#early: Uint8Array[] = [];

	constructor(ws: WebSocket, room: string, seat: Seat, relay: RelayContext) {
		this.#seat = seat;
		this.#line = new Line(ws, relay, {
			message: (bytes) => this.#message(bytes),
			ended: () => this.#ended(),
		});
		this.#line.hold();
		void this.#begin(room, relay);
	}

	sendOn(_channel: number, message: Bytes, asked: boolean): void {
		this.#line.send(message, asked);
	}

	whenReady(sending: Sending): void {
		this.#line.whenReady(sending);
	}

	closed(_channel: number, closing: Closing): void {
		this.#line.end(closing);
	}

	fault(): void {
		this.#line.end(CLOSINGS.protocol);
	}

	pending(bytes: number): void {
		this.#line.pending(bytes);
	}

	async #begin(room: string, relay: RelayContext): Promise<void> {
		try {
			const workspace = await relay.workspaces.plain();
			if (!this.#line.open) return;
			this.#line.workspace = workspace.id;
			this.#channel = new Channel(0, this, relay.rooms, { workspace, room });
			for (const bytes of this.#early.splice(0)) this.#message(bytes);
			this.#line.release();
		} catch {
			this.#line.end(CLOSINGS.store);
		}
	}

	#message(bytes: Uint8Array): void {
		try {
			if (this.#channel) this.#channel.receive(bytes as Bytes);
			else this.#early.push(bytes);
		} catch (error) {
			if (!(error instanceof MalformedError)) throw error;
			this.fault();
		}
	}

	#ended(): void {
		this.#seat.leave();
		this.#channel?.leave();
	}
}
