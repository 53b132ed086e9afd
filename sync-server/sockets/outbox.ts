import type { WebSocket } from 'ws';

/**
 * What waits to be read by one socket. Small things are sent at once, and a reader that leaves too many of them
 * is given up [3.5]; large ones wait until the reader has read the ones before, so that they are never the reason.
 */
export class Outbox {
	readonly #ws: WebSocket;
	readonly #limit: number;
	readonly #slow: () => void;
	readonly #waiting: (() => void)[] = [];
	/** Bytes of large things that are on their way. */
	#large = 0;

	/** @param slow called once more than `limit` bytes wait */
	constructor(ws: WebSocket, limit: number, slow: () => void) {
		this.#ws = ws;
		this.#limit = limit;
		this.#slow = slow;
	}

	send(bytes: Uint8Array): void {
		const ws = this.#ws;
		if (ws.readyState !== ws.OPEN) return;
		if (ws.bufferedAmount - this.#large > this.#limit) {
			this.#slow();
			return;
		}
		const large = bytes.length > this.#limit / 8;
		if (large) this.#large += bytes.length;
		ws.send(bytes, () => {
			if (large) this.#large -= bytes.length;
			this.#pump();
		});
	}

	/** Runs an action that sends something large: now, or when half of what is allowed has been read. */
	whenReady(action: () => void): void {
		this.#waiting.push(action);
		this.#pump();
	}

	#pump(): void {
		const ws = this.#ws;
		while (this.#waiting.length && ws.bufferedAmount <= this.#limit / 2) {
			const next = this.#waiting.shift();
			if (ws.readyState === ws.OPEN) next?.();
		}
	}
}
