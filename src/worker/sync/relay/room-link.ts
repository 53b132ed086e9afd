import * as decoding from 'lib0/decoding';
import { Awareness } from 'y-protocols/awareness';
import { readSyncStep2, readUpdate } from 'y-protocols/sync';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { CLOSE, type Closing } from '$lib/wire/close-codes';
import { DEFAULT_FRAME_BYTES, KEEPALIVE_MS } from '$lib/wire/limits';
import { encodeMessage, MESSAGE, SYNC, type Message } from '$lib/wire/messages';
import { splitUpdate } from '$lib/wire/split-update';
import type { SealedRoom } from '../rooms/sealed-room';
import { isFinal, PATIENCE_MS } from './after-close';
import type { ChannelSocketClass } from './channel-socket';

/** Around an update in a frame, bytes. */
const FRAME_HEAD = 64;
/** Between two tries to reach a room, at most. */
const MOST_BACKOFF_MS = 30_000;

export interface LinkParts {
	/** The name that the relay knows it by. */
	name: string;
	room: SealedRoom;
	sockets: ChannelSocketClass;
	/** Longest frame that the relay takes, bytes; 0 while nobody knows. */
	maxFrame: () => number;
	/** What was exchanged or confirmed has changed. */
	changed: () => void;
	/** The relay wants no more of this room, until somebody has done something about it. */
	closed: (closing: Closing) => void;
	/** Sealed bytes for those who are in the room now, kept nowhere. */
	broadcast: (sealed: Uint8Array) => void;
	failed: (error: unknown) => void;
}

/**
 * A room on the wire, by y-websocket's provider over a channel. Long updates go in parts, and everything that was
 * sent is asked to be confirmed. docs/sync.md §3
 */
export class RoomLink {
	#parts: LinkParts;
	#provider: WebsocketProvider;
	#asked = new Map<number, () => void>();
	#lastAsk = 0;
	#willAsk = false;
	/** On this channel the relay has been given what it did not have: what is confirmed from now on is all of it. */
	#given = false;
	#later: ReturnType<typeof setTimeout> | undefined;
	#keepalive: ReturnType<typeof setInterval>;

	constructor(parts: LinkParts) {
		this.#parts = parts;
		const { name, room, sockets } = parts;
		const awareness = new Awareness(room.outer);
		// It would go out unsealed.
		awareness.setLocalState(null);
		const provider = (this.#provider = new WebsocketProvider('ws://relay', name, room.outer, {
			connect: false,
			awareness,
			WebSocketPolyfill: sockets,
			disableBc: true,
			maxBackoffTime: MOST_BACKOFF_MS,
			shouldReconnect: ({ code }) => code !== CLOSE.tooMany && !isFinal(code),
		}));
		const handlers = provider.messageHandlers as ((_: unknown, from: decoding.Decoder) => void)[];
		handlers[MESSAGE.sync] = (_, from) => this.#heardSync(from);
		handlers[MESSAGE.confirm] = (_, from) => this.#confirmed(decoding.readVarUint(from));
		handlers[MESSAGE.broadcast] = (_, from) =>
			parts.broadcast(decoding.readVarUint8Array(from).slice());
		provider.on('status', ({ status }: { status: string }) => {
			if (status !== 'connected') this.#given = false;
			this.#asked.clear();
			parts.changed();
		});
		provider.on('closed', (closing: Closing) => {
			if (closing.code === CLOSE.tooMany)
				this.#later = setTimeout(() => provider.connect(), PATIENCE_MS);
			else parts.closed(closing);
		});
		// Sent here, in parts.
		room.outer.off('update', provider._updateHandler);
		room.outer.on('update', this.#outerUpdated);
		this.#keepalive = setInterval(() => this.#ask(), KEEPALIVE_MS);
		provider.connect();
	}

	/** Everything that the relay had when it was last reached is here. */
	get isSynced(): boolean {
		return this.#provider.synced;
	}

	broadcast(sealed: Uint8Array): void {
		this.#send({ kind: 'broadcast', sealed: sealed.slice() });
	}

	close(): void {
		clearInterval(this.#keepalive);
		clearTimeout(this.#later);
		this.#parts.room.outer.off('update', this.#outerUpdated);
		this.#provider.destroy();
		this.#provider.awareness.destroy();
		this.#asked.clear();
	}

	#send(message: Message): void {
		const { ws, wsconnected } = this.#provider;
		if (wsconnected) ws?.send(encodeMessage(message));
	}

	#sendUpdate(update: Uint8Array): void {
		const most = (this.#parts.maxFrame() || DEFAULT_FRAME_BYTES) - FRAME_HEAD;
		for (const part of splitUpdate(update, most)) this.#send({ kind: 'update', update: part });
	}

	#outerUpdated = (update: Uint8Array, origin: unknown): void => {
		if (origin === this.#provider) return;
		this.#sendUpdate(update);
		this.#askSoon();
	};

	#heardSync(from: decoding.Decoder): void {
		const { room } = this.#parts;
		const step = decoding.readVarUint(from);
		if (step === SYNC.step1) {
			const vector = decoding.readVarUint8Array(from);
			this.#sendUpdate(Y.encodeStateAsUpdate(room.outer, vector));
			this.#given = true;
			this.#askSoon();
		} else if (step === SYNC.update) readUpdate(from, room.outer, this.#provider);
		else if (step === SYNC.step2) {
			readSyncStep2(from, room.outer, this.#provider);
			this.#provider.synced = true;
			room
				.synced()
				.then(() => this.#askSoon())
				.catch((error: unknown) => this.#parts.failed(error));
			this.#parts.changed();
		}
	}

	/** Once what is being done now is done, so that one question is for all of it. */
	#askSoon(): void {
		if (this.#willAsk) return;
		this.#willAsk = true;
		queueMicrotask(() => {
			this.#willAsk = false;
			this.#ask();
		});
	}

	#ask(): void {
		if (!this.#provider.wsconnected || !this.#given) return;
		const n = ++this.#lastAsk;
		this.#asked.set(n, this.#parts.room.confirming());
		this.#send({ kind: 'confirm', n });
	}

	#confirmed(n: number): void {
		// Those asked on a channel that is gone are not here any more: what it carried may be gone, too.
		const confirmed = this.#asked.get(n);
		if (!confirmed) return;
		this.#asked.delete(n);
		confirmed();
		this.#parts.changed();
	}
}
