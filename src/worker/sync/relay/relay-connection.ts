import { dialledHost, signAuth } from '$lib/wire/auth';
import { MalformedError, type Bytes } from '$lib/wire/bytes';
import { CLOSE, CLOSINGS, type Closing } from '$lib/wire/close-codes';
import type { DeviceKeys } from '$lib/wire/device';
import {
	decodeRelayFrame,
	encodeClientFrame,
	type AppendResult,
	type ClientFrame,
	type RelayFrame,
} from '$lib/wire/frames';
import { KEEPALIVE_MS, VERSION } from '$lib/wire/limits';
import { afterClose } from './after-close';

export type RelayState =
	| { kind: 'off' }
	| { kind: 'connecting' }
	| { kind: 'ready' }
	/** Cut off; tries again at `until`, epoch ms. */
	| { kind: 'waiting'; until: number; closing: Closing }
	/** Nothing is tried until somebody has done something about it, and starts it again. */
	| { kind: 'stopped'; closing: Closing };

export interface RelayParts {
	/** Of the relay's socket: `wss://host/sync`. */
	url: string;
	workspace: string;
	device: DeviceKeys;
	/** The first statement of the roster, for a relay that does not know the workspace yet. */
	begin: { statement: Bytes; invite: string } | null;
	changed: (state: RelayState) => void;
	/** Statements of the roster from a place on, unchecked. */
	roster: (from: number, statements: readonly Bytes[]) => void;
	/** Statements that are known here. */
	known: () => number;
	socket?: typeof WebSocket;
}

/** What a room hears of its channel. */
export interface ChannelHearer {
	opened: () => void;
	heard: (message: Bytes) => void;
	closed: (closing: Closing) => void;
}

/** What a mailbox hears. */
export interface MailboxHearer {
	/** It is kept now. */
	joined: () => void;
	got: (sealed: Bytes) => void;
	/** Nothing more comes: the other side went, the relay ended it, or the socket was cut. */
	ended: (closing: Closing) => void;
}

export interface Channel {
	send(message: Uint8Array): void;
	/** Says nothing to the hearer. */
	close(): void;
}

interface OpenChannel {
	room: string;
	hearer: ChannelHearer;
}

/** Nothing came for so long that the socket is taken for dead. */
const DEAD_MS = 2 * KEEPALIVE_MS + 5_000;

/**
 * The one socket of a device to its relay: says who it is, carries any number of rooms, and comes back when it is
 * cut. docs/sync.md §2
 */
export class RelayConnection {
	#parts: RelayParts;
	#state: RelayState = { kind: 'off' };
	#socket: WebSocket | null = null;
	#channels = new Map<number, OpenChannel>();
	#lastChannel = 0;
	#mailboxes = new Map<string, MailboxHearer>();
	#appends = new Map<number, (result: { result: AppendResult; reason: string } | null) => void>();
	#lastAppend = 0;
	#tries = 0;
	#retry: ReturnType<typeof setTimeout> | undefined;
	#alive: ReturnType<typeof setInterval> | undefined;
	#heardAt = 0;
	#maxFrame = 0;

	constructor(parts: RelayParts) {
		this.#parts = parts;
	}

	get state(): RelayState {
		return this.#state;
	}

	/** Longest frame that the relay takes, bytes; 0 before it has said so. */
	get maxFrame(): number {
		return this.#maxFrame;
	}

	/** Connects, at once: also one that waits or was stopped. */
	start(): void {
		if (this.#state.kind === 'connecting' || this.#state.kind === 'ready') return;
		clearTimeout(this.#retry);
		this.#become({ kind: 'connecting' });
		const Socket = this.#parts.socket ?? WebSocket;
		const socket = new Socket(this.#parts.url);
		this.#socket = socket;
		socket.binaryType = 'arraybuffer';
		socket.onopen = () => {
			this.#heardAt = Date.now();
			this.#send({ kind: 'hello', min: VERSION, max: VERSION });
		};
		socket.onmessage = ({ data }: MessageEvent<unknown>) => void this.#heard(socket, data);
		// What follows is a close, which says more.
		socket.onerror = () => undefined;
		socket.onclose = ({ code, reason }) => this.#cut(socket, { code, reason });
		this.#alive = setInterval(() => this.#lookAlive(socket), KEEPALIVE_MS);
	}

	/** Closes the socket; rooms hear of it. */
	stop(): void {
		clearTimeout(this.#retry);
		const socket = this.#socket;
		if (socket) {
			this.#drop(socket);
			this.#closeAll(CLOSINGS.done);
		}
		this.#become({ kind: 'off' });
	}

	/** A channel of a room. Only while it is ready: otherwise the hearer is told at once that it is closed. */
	open(room: string, hearer: ChannelHearer): Channel {
		if (this.#state.kind !== 'ready') {
			queueMicrotask(() => hearer.closed(CLOSINGS.going));
			return { send: () => undefined, close: () => undefined };
		}
		const channel = ++this.#lastChannel;
		this.#channels.set(channel, { room, hearer });
		this.#send({ kind: 'open', channel, room });
		queueMicrotask(() => this.#channels.has(channel) && hearer.opened());
		return {
			send: (message) => {
				if (this.#channels.has(channel))
					this.#send({ kind: 'data', channel, message: message as Bytes });
			},
			close: () => {
				if (!this.#channels.delete(channel)) return;
				this.#send({ kind: 'close', channel, ...CLOSINGS.done });
			},
		};
	}

	/** Keeps a mailbox for somebody who is to come [4.3]; only while it is ready. Gives what puts a message into it. */
	mailbox(id: string, hearer: MailboxHearer): (sealed: Bytes) => void {
		if (this.#state.kind === 'ready') {
			this.#mailboxes.set(id, hearer);
			this.#send({ kind: 'mailbox', id });
		} else queueMicrotask(() => hearer.ended(CLOSINGS.going));
		return (sealed) => this.#send({ kind: 'put', id, sealed });
	}

	/** Adds a statement to the roster; null when the answer did not come. */
	append(statement: Bytes): Promise<{ result: AppendResult; reason: string } | null> {
		if (this.#state.kind !== 'ready') return Promise.resolve(null);
		const request = ++this.#lastAppend;
		return new Promise((done) => {
			this.#appends.set(request, done);
			this.#send({ kind: 'append', request, statement });
		});
	}

	#become(state: RelayState): void {
		this.#state = state;
		this.#parts.changed(state);
	}

	#send(frame: ClientFrame): void {
		const socket = this.#socket;
		if (socket?.readyState === socket?.OPEN) socket?.send(encodeClientFrame(frame));
	}

	async #heard(socket: WebSocket, data: unknown): Promise<void> {
		if (socket !== this.#socket) return;
		this.#heardAt = Date.now();
		try {
			if (!(data instanceof ArrayBuffer)) throw new MalformedError('a text message');
			await this.#answer(decodeRelayFrame(new Uint8Array(data)));
		} catch (error) {
			if (!(error instanceof MalformedError)) throw error;
			this.#cut(socket, CLOSINGS.protocol);
		}
	}

	async #answer(frame: RelayFrame): Promise<void> {
		switch (frame.kind) {
			case 'hello':
				this.#maxFrame = frame.maxFrame;
				return this.#saysWhoItIs(frame.nonce);
			case 'ready':
				this.#tries = 0;
				this.#become({ kind: 'ready' });
				if (frame.length > this.#parts.known())
					this.#send({ kind: 'roster', from: this.#parts.known() });
				return;
			case 'roster':
				return this.#parts.roster(frame.from, frame.statements);
			case 'append':
				this.#appends.get(frame.request)?.({ result: frame.result, reason: frame.reason });
				this.#appends.delete(frame.request);
				return;
			case 'data':
				return this.#channels.get(frame.channel)?.hearer.heard(frame.message);
			case 'close': {
				const closed = this.#channels.get(frame.channel);
				this.#channels.delete(frame.channel);
				return closed?.hearer.closed({ code: frame.code, reason: frame.reason });
			}
			case 'joined':
				return this.#mailboxes.get(frame.id)?.joined();
			case 'got':
				return this.#mailboxes.get(frame.id)?.got(frame.sealed);
			case 'mailbox-ended': {
				const ended = this.#mailboxes.get(frame.id);
				this.#mailboxes.delete(frame.id);
				return ended?.ended({ code: frame.code, reason: frame.reason });
			}
		}
	}

	async #saysWhoItIs(nonce: Bytes): Promise<void> {
		const { url, workspace, device, begin } = this.#parts;
		const socket = this.#socket;
		const claim = { host: dialledHost(url), workspace, device: device.id, nonce };
		const signature = await signAuth(device.signKey, claim);
		if (socket !== this.#socket) return;
		if (begin) this.#send({ kind: 'begin', ...begin });
		this.#send({ kind: 'auth', workspace, device: device.id, signature });
	}

	#lookAlive(socket: WebSocket): void {
		const silence = Date.now() - this.#heardAt;
		if (silence > DEAD_MS) this.#cut(socket, { code: CLOSE.going, reason: 'silent' });
		// Its answer shows that somebody is there.
		else if (this.#state.kind === 'ready' && silence >= KEEPALIVE_MS / 2)
			this.#send({ kind: 'roster', from: this.#parts.known() });
	}

	#drop(socket: WebSocket): void {
		clearInterval(this.#alive);
		this.#socket = null;
		socket.onopen = socket.onmessage = socket.onclose = null;
		socket.close();
	}

	#cut(socket: WebSocket, closing: Closing): void {
		if (socket !== this.#socket) return;
		this.#drop(socket);
		const next = afterClose(closing, this.#tries++, Math.random());
		if (next.then === 'stop') this.#become({ kind: 'stopped', closing });
		else {
			this.#become({ kind: 'waiting', until: Date.now() + next.ms, closing });
			this.#retry = setTimeout(() => this.start(), next.ms);
		}
		this.#closeAll(closing);
	}

	#closeAll(closing: Closing): void {
		const channels = [...this.#channels.values()];
		this.#channels.clear();
		// The reason is the socket's: a channel is opened again with it.
		for (const { hearer } of channels) hearer.closed(CLOSINGS.going);
		const mailboxes = [...this.#mailboxes.values()];
		this.#mailboxes.clear();
		for (const hearer of mailboxes) hearer.ended(closing);
		for (const done of this.#appends.values()) done(null);
		this.#appends.clear();
	}
}
