import type { WebSocket } from 'ws';

/** Something to send that may be large: it resolves once it was sent, or is not going to be. */
export type Sending = () => Promise<void> | void;

/**
 * What waits to be read by one socket. What a reader did not ask for is sent at once, and a reader that leaves too
 * much of it is given up [3.5]. What it asked for is made when it has read what came before: so it may be of any size.
 */
export class Outbox {
	readonly #ws: WebSocket;
	readonly #limit: number;
	readonly #slow: () => void;
	readonly #asked: Sending[] = [];
	#making = false;
	/** Bytes of what was asked for that are on their way. */
	#answers = 0;

	/** @param slow called once more than `limit` bytes wait */
	constructor(ws: WebSocket, limit: number, slow: () => void) {
		this.#ws = ws;
		this.#limit = limit;
		this.#slow = slow;
	}

	/** @param asked it is an answer that `whenReady` made time for */
	send(bytes: Uint8Array, asked = false): void {
		const ws = this.#ws;
		if (ws.readyState !== ws.OPEN) return;
		if (ws.bufferedAmount - this.#answers > this.#limit) {
			this.#slow();
			return;
		}
		if (asked) this.#answers += bytes.length;
		ws.send(bytes, () => {
			if (asked) this.#answers -= bytes.length;
			this.#pump();
		});
	}

	/** One after the other: now, or when half of what may wait has been read. */
	whenReady(sending: Sending): void {
		this.#asked.push(sending);
		this.#pump();
	}

	#pump(): void {
		const ws = this.#ws;
		while (!this.#making && ws.bufferedAmount <= this.#limit / 2) {
			const next = this.#asked.shift();
			if (!next) return;
			const sent = next();
			if (!sent) continue;
			this.#making = true;
			void sent.then(() => {
				this.#making = false;
				this.#pump();
			});
		}
	}
}
