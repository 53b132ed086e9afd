import { MalformedError, type Bytes } from '../../src/lib/wire/bytes';
import { CLOSINGS, type Closing } from '../../src/lib/wire/close-codes';
import {
	APPEND,
	encodeRelayFrame,
	type ClientFrame,
	type RelayFrame,
} from '../../src/lib/wire/frames';
import { isId, isRoom } from '../../src/lib/wire/ids';
import type { RelayContext } from '../context';
import type { RosterListener, Workspace } from '../rooms/workspace';
import { Channel, type ChannelSocket } from './channel';
import type { Line } from './line';
import type { MailboxEnd } from './mailboxes';
import type { Sending } from './outbox';

/** Questions about the roster that one socket may have open. */
const MOST_ASKED = 64;

interface Deps {
	readonly relay: RelayContext;
	readonly line: Line;
	readonly workspace: Workspace;
	readonly device: string;
}

/** What a device that was let in may do: channels, the roster, mailboxes. */
export class DeviceDesk implements RosterListener, ChannelSocket, MailboxEnd {
	readonly device: string;
	readonly #relay: RelayContext;
	readonly #line: Line;
	readonly #workspace: Workspace;
	readonly #channels = new Map<number, Channel>();
	#asked = 0;

	constructor({ relay, line, workspace, device }: Deps) {
		this.device = device;
		this.#relay = relay;
		this.#line = line;
		this.#workspace = workspace;
		workspace.listeners.add(this);
	}

	take(frame: ClientFrame): void {
		switch (frame.kind) {
			case 'data':
				return this.#data(frame.channel, frame.message);
			case 'open':
				return this.#open(frame.channel, frame.room);
			case 'close':
				return this.#close(frame.channel);
			case 'roster':
				return this.#ask(() => this.#tellRoster(frame.from));
			case 'append':
				return this.#ask(() => this.#append(frame.request, frame.statement));
			case 'mailbox':
				if (isId(frame.id)) this.#relay.mailboxes.keep(frame.id, this);
				else this.fault();
				return;
			case 'put':
				return this.#relay.mailboxes.put(frame.id, this, frame.sealed);
			case 'hello':
			case 'auth':
			case 'begin':
				return this.fault();
		}
	}

	/** The socket is gone. */
	leave(): void {
		this.#workspace.listeners.delete(this);
		for (const channel of this.#channels.values()) channel.leave();
		this.#channels.clear();
		this.#relay.mailboxes.leave(this);
	}

	taken(index: number, statement: Uint8Array): void {
		this.#tell({ kind: 'roster', from: index, statements: [statement as Bytes] });
	}

	expelled(): void {
		this.#line.end(CLOSINGS.notAuthorised);
	}

	send(frame: Bytes): void {
		this.#line.send(frame);
	}

	sendOn(channel: number, message: Bytes, asked: boolean): void {
		this.#tell({ kind: 'data', channel, message }, asked);
	}

	whenReady(sending: Sending): void {
		this.#line.whenReady(sending);
	}

	closed(channel: number, closing: Closing): void {
		this.#channels.delete(channel);
		this.#tell({ kind: 'close', channel, ...closing });
	}

	fault(): void {
		this.#line.end(CLOSINGS.protocol);
	}

	pending(bytes: number): void {
		this.#line.pending(bytes);
	}

	#data(channel: number, message: Bytes): void {
		try {
			this.#channels.get(channel)?.receive(message);
		} catch (error) {
			if (!(error instanceof MalformedError)) throw error;
			this.fault();
		}
	}

	#open(number: number, room: string): void {
		if (!isRoom(room) || this.#channels.has(number)) return this.fault();
		if (this.#channels.size >= this.#relay.settings.channels)
			return this.#tell({ kind: 'close', channel: number, ...CLOSINGS.channels });
		const place = { workspace: this.#workspace, room };
		this.#channels.set(number, new Channel(number, this, this.#relay.rooms, place));
	}

	#close(number: number): void {
		const channel = this.#channels.get(number);
		if (!channel) return; // it answers ours, or they crossed
		channel.leave();
		this.closed(number, CLOSINGS.done);
	}

	/** What goes to the roster takes time, and a socket may not ask without end. */
	#ask(action: () => Promise<void>): void {
		if (this.#asked >= MOST_ASKED) return this.#line.end(CLOSINGS.rate);
		this.#asked++;
		action()
			.catch(() => this.#line.end(CLOSINGS.store))
			.finally(() => this.#asked--);
	}

	/** From that statement on, in as many frames as it takes; one without any where there are none. */
	async #tellRoster(from: number): Promise<void> {
		const { store, settings } = this.#relay;
		const length = () => this.#workspace.roster?.length ?? 0;
		let next = from;
		do {
			const page =
				next < length()
					? await store.statements(this.#workspace.id, next, settings.frameBytes * 0.9)
					: [];
			// It may never be ready: so nobody waits for this but the one who asked.
			await new Promise<void>((ready) => this.#line.whenReady(ready));
			this.#tell({ kind: 'roster', from: next, statements: page as Bytes[] }, true);
			next += page.length;
			// What was taken meanwhile was told already, perhaps before what it follows: so it comes once more.
		} while (next < length() && this.#line.open);
	}

	async #append(request: number, statement: Bytes): Promise<void> {
		const { commits, settings } = this.#relay;
		const outcome = await this.#workspace.append(statement, commits, settings.workspaceBytes);
		const { result } = outcome;
		const reason = outcome.result === 'refused' ? outcome.reason : '';
		this.#tell({ kind: 'append', request, result: APPEND[result], reason });
	}

	#tell(frame: RelayFrame, asked = false): void {
		this.#line.send(encodeRelayFrame(frame), asked);
	}
}
