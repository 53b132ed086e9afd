import type { LiveDelta, LiveMessage } from '$lib/domain/live';

/** Streaming text leaves about once a frame, however fast it comes. */
const FRAME_MS = 24;

/** Tells every page of this device what is streaming, without waiting for the store. */
export interface LivePublisher {
	/** `delta.from` follows the last delta of the same part. */
	stream(delta: Omit<LiveDelta, 'type'>): void;
	tell(message: Exclude<LiveMessage, LiveDelta>): void;
}

export class BroadcastPublisher implements LivePublisher {
	#channel: BroadcastChannel;
	#waiting = new Map<string, LiveDelta>();
	#timer: ReturnType<typeof setTimeout> | null = null;

	constructor(channel: string) {
		this.#channel = new BroadcastChannel(channel);
	}

	stream(delta: Omit<LiveDelta, 'type'>): void {
		const key = `${delta.turnId}/${delta.index}/${delta.sessionId}`;
		const waiting = this.#waiting.get(key);
		if (waiting) waiting.text += delta.text;
		else this.#waiting.set(key, { type: 'delta', ...delta });
		if (this.#timer === null) this.#timer = setTimeout(() => this.#flush(), FRAME_MS);
	}

	tell(message: Exclude<LiveMessage, LiveDelta>): void {
		this.#channel.postMessage(message);
	}

	#flush(): void {
		this.#timer = null;
		for (const delta of this.#waiting.values()) this.#channel.postMessage(delta);
		this.#waiting.clear();
	}
}
