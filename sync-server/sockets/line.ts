import type { RawData, WebSocket } from 'ws';
import { CLOSINGS, type Closing } from '../../src/lib/wire/close-codes';
import type { OpenLine, RelayContext } from '../context';
import { Outbox, type Sending } from './outbox';
import { Rate } from './rate';

export interface LineEvents {
	/** One message, while the line is open. */
	readonly message: (bytes: Uint8Array) => void;
	/** Once, from whichever side it ended. */
	readonly ended: () => void;
}

/** A WebSocket with the bounds that hold for each: rate, what waits either way, and signs of life. */
export class Line implements OpenLine {
	/** A counter: what logs call it [7.7]. */
	readonly number: number;
	readonly #ws: WebSocket;
	readonly #relay: RelayContext;
	readonly #events: LineEvents;
	readonly #outbox: Outbox;
	readonly #rate: Rate;
	readonly #began = performance.now();
	readonly #ping: ReturnType<typeof setInterval>;
	#heard = true;
	/** Bytes from here that wait for the store, and whether reading waits for them. */
	#pending = 0;
	#holds = 0;
	#paused = false;
	#closing: Closing | null = null;
	#over = false;
	workspace: string | undefined;
	/** Resolves when both sides have closed it. */
	readonly gone: Promise<void>;

	constructor(ws: WebSocket, relay: RelayContext, events: LineEvents) {
		this.#ws = ws;
		this.#relay = relay;
		this.#events = events;
		this.number = relay.nextSocket();
		const { bufferBytes, rate } = relay.settings;
		this.#rate = new Rate(rate, performance.now());
		this.#outbox = new Outbox(ws, bufferBytes, () => {
			relay.metrics.add('slow_readers_total');
			this.end(CLOSINGS.slow);
		});
		this.#ping = setInterval(() => this.#listen(), relay.pingMs);
		this.#ping.unref();
		ws.on('message', (data, isBinary) => this.#message(data, isBinary));
		ws.on('pong', () => (this.#heard = true));
		ws.on('error', () => undefined); // what follows is its close
		this.gone = new Promise((gone) => ws.once('close', () => gone()));
		ws.once('close', (code) => this.#ended(code));
		relay.lines.add(this);
		relay.metrics.add('sockets_total');
		relay.log('info', 'opened', { socket: this.number });
	}

	get open(): boolean {
		return !this.#over;
	}

	/** @param asked see `Outbox.send` */
	send(bytes: Uint8Array, asked = false): void {
		if (this.#over) return;
		this.#relay.metrics.add('frames_out_total');
		this.#relay.metrics.add('bytes_out_total', bytes.length);
		this.#outbox.send(bytes, asked);
	}

	whenReady(sending: Sending): void {
		this.#outbox.whenReady(sending);
	}

	/** Bytes that came from here and began (below zero: ceased) to wait for the store. */
	pending(bytes: number): void {
		this.#pending += bytes;
		this.#breathe();
	}

	/** Stops reading, until `release` was called as often. */
	hold(): void {
		this.#holds++;
		this.#breathe();
	}

	release(): void {
		this.#holds--;
		this.#breathe();
	}

	/** Closes it, and is done with it at once, however long the other side takes. */
	end(closing: Closing): void {
		if (this.#over) return;
		this.#closing = closing;
		this.#ws.close(closing.code, closing.reason);
		// Its own close is read only if reading goes on.
		if (this.#ws.isPaused) this.#ws.resume();
		this.#ended(closing.code);
	}

	/** Without another word. */
	cut(): void {
		this.#ws.terminate();
	}

	#message(data: RawData, isBinary: boolean): void {
		if (this.#over) return;
		const bytes = data as Buffer; // as ws gives one message, unless told otherwise
		this.#heard = true;
		this.#relay.metrics.add('frames_in_total');
		this.#relay.metrics.add('bytes_in_total', bytes.length);
		if (!isBinary) this.end(CLOSINGS.protocol);
		else if (!this.#rate.take(performance.now())) this.end(CLOSINGS.rate);
		else this.#hear(bytes);
	}

	/** What goes wrong with one message ends its socket, and not the relay. */
	#hear(bytes: Uint8Array): void {
		try {
			this.#events.message(bytes);
		} catch (error) {
			this.#relay.log('warning', 'fault', { socket: this.number, error: (error as Error)?.name });
			this.end(CLOSINGS.busy);
		}
	}

	#breathe(): void {
		const most = this.#relay.settings.bufferBytes;
		const wait = this.#holds > 0 || this.#pending > (this.#paused ? most / 2 : most);
		if (wait === this.#paused || this.#over) return;
		this.#paused = wait;
		if (wait) this.#ws.pause();
		else this.#ws.resume();
	}

	/** A side that is gone without a word says nothing to a ping either. */
	#listen(): void {
		if (!this.#heard && !this.#paused) {
			this.cut();
			return;
		}
		this.#heard = false;
		this.#ws.ping();
	}

	#ended(code: number): void {
		if (this.#over) return;
		this.#over = true;
		clearInterval(this.#ping);
		this.#relay.lines.delete(this);
		const { reason } = this.#closing ?? {};
		const ms = Math.round(performance.now() - this.#began);
		const { number: socket, workspace } = this;
		this.#relay.log('info', 'closed', { socket, workspace, code, reason, ms });
		this.#events.ended();
	}
}
