import type { WebSocket } from 'ws';
import { MalformedError } from '../../src/lib/wire/bytes';
import { CLOSINGS, type Closing } from '../../src/lib/wire/close-codes';
import { decodeClientFrame, encodeRelayFrame, type ClientFrame } from '../../src/lib/wire/frames';
import type { Peer, RelayContext } from '../context';
import { DeviceDesk } from './device-desk';
import { Handshake, type Step } from './handshake';
import { Line } from './line';
import type { MailboxEnd } from './mailboxes';
import type { Seat } from './seats';

/** One socket of the relay's own protocol [2]: a handshake, then a device's desk or a guest's mailbox. */
export class Connection {
	readonly #relay: RelayContext;
	readonly #seat: Seat;
	readonly #line: Line;
	readonly #handshake: Handshake;
	readonly #tooSlow: ReturnType<typeof setTimeout>;
	/** Steps of the handshake take time; frames behind one wait for it. */
	#steps: Promise<void> = Promise.resolve();
	#waiting = 0;
	#desk: DeviceDesk | null = null;
	#guest: { readonly mailbox: string; readonly end: MailboxEnd } | null = null;

	constructor(ws: WebSocket, peer: Peer, seat: Seat, relay: RelayContext) {
		this.#relay = relay;
		this.#seat = seat;
		this.#line = new Line(ws, relay, {
			message: (bytes) => this.#message(bytes),
			ended: () => this.#ended(),
		});
		this.#handshake = new Handshake(relay, peer, (frame) => this.#line.send(frame));
		this.#tooSlow = setTimeout(() => this.#line.end(CLOSINGS.tooSlowToBegin), relay.beginMs);
	}

	#message(bytes: Uint8Array): void {
		let frame: ClientFrame;
		try {
			frame = decodeClientFrame(bytes);
		} catch (error) {
			if (!(error instanceof MalformedError)) throw error;
			this.#line.end(CLOSINGS.protocol);
			return;
		}
		if (this.#waiting === 0 && (this.#desk || this.#guest)) this.#take(frame);
		else this.#later(frame);
	}

	#later(frame: ClientFrame): void {
		this.#waiting++;
		this.#line.hold();
		this.#steps = this.#steps.then(async () => {
			try {
				if (!this.#line.open) return;
				if (this.#desk || this.#guest) this.#take(frame);
				else this.#go(await this.#handshake.step(frame));
			} catch {
				this.#line.end(CLOSINGS.store);
			} finally {
				this.#waiting--;
				this.#line.release();
			}
		});
	}

	#go(step: Step): void {
		if (!this.#line.open || step.kind === 'on') return;
		if (step.kind === 'end') {
			if (step.closing === CLOSINGS.notAuthorised) this.#relay.metrics.add('auth_failures_total');
			this.#line.end(step.closing);
			return;
		}
		clearTimeout(this.#tooSlow);
		if (step.kind === 'guest') this.#becomeGuest(step.mailbox);
		else if (!this.#seat.authenticated(step.workspace.id)) this.#line.end(CLOSINGS.connections);
		else {
			const { workspace, device } = step;
			this.#line.workspace = workspace.id;
			this.#relay.log('info', 'ready', { socket: this.#line.number, workspace: workspace.id });
			this.#desk = new DeviceDesk({ relay: this.#relay, line: this.#line, workspace, device });
			const length = workspace.roster?.length ?? 0;
			this.#line.send(encodeRelayFrame({ kind: 'ready', length }));
		}
	}

	#becomeGuest(mailbox: string): void {
		const end: MailboxEnd = {
			send: (frame) => this.#line.send(frame),
			close: (closing: Closing) => this.#line.end(closing),
		};
		if (this.#relay.mailboxes.join(mailbox, end)) this.#guest = { mailbox, end };
	}

	#take(frame: ClientFrame): void {
		if (this.#desk) this.#desk.take(frame);
		else if (this.#guest && frame.kind === 'put' && frame.id === this.#guest.mailbox)
			this.#relay.mailboxes.put(frame.id, this.#guest.end, frame.sealed);
		else this.#line.end(CLOSINGS.protocol);
	}

	#ended(): void {
		clearTimeout(this.#tooSlow);
		this.#seat.leave();
		this.#desk?.leave();
		if (this.#guest) this.#relay.mailboxes.leave(this.#guest.end);
	}
}
