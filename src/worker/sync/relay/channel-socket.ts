import type { Closing } from '$lib/wire/close-codes';
import type { Channel, RelayConnection } from './relay-connection';

/** A socket as y-websocket wants one, made of a channel. The room is the last part of its address. */
export type ChannelSocketClass = typeof WebSocket;

/** The relay is heard of again: sockets that wait for it may open. */
export interface Readiness {
	/** Calls once the connection is ready; at once, if it is. Returns the stop. */
	whenReady(then: () => void): () => void;
}

/** Sockets over one connection. Each waits until that is ready, and is closed with it. */
export function channelSockets(
	connection: RelayConnection,
	readiness: Readiness,
): ChannelSocketClass {
	class ChannelSocket {
		static readonly CONNECTING = 0;
		static readonly OPEN = 1;
		static readonly CLOSING = 2;
		static readonly CLOSED = 3;
		readonly CONNECTING = 0;
		readonly OPEN = 1;
		readonly CLOSING = 2;
		readonly CLOSED = 3;
		readyState = 0;
		binaryType = 'arraybuffer';
		onopen: ((event: object) => void) | null = null;
		onmessage: ((event: { data: Uint8Array }) => void) | null = null;
		onclose: ((event: Closing) => void) | null = null;
		onerror: ((event: object) => void) | null = null;
		#channel: Channel | null = null;
		#stopWaiting: () => void;

		constructor(address: string) {
			const room = new URL(address).pathname.split('/').at(-1) ?? '';
			this.#stopWaiting = readiness.whenReady(() => this.#open(room));
		}

		#open(room: string): void {
			if (this.readyState !== 0) return;
			this.#channel = connection.open(room, {
				opened: () => {
					this.readyState = 1;
					this.onopen?.({});
				},
				heard: (message) => this.onmessage?.({ data: message }),
				closed: (closing) => {
					this.readyState = 3;
					this.onclose?.(closing);
				},
			});
		}

		send(message: Uint8Array): void {
			if (this.readyState === 1) this.#channel?.send(message);
		}

		close(): void {
			this.#stopWaiting();
			this.#channel?.close();
			this.readyState = 3;
		}
	}
	return ChannelSocket as unknown as ChannelSocketClass;
}
