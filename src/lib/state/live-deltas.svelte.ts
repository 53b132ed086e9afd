import { SvelteMap } from 'svelte/reactivity';
import { liveChannel, type LiveDelta, type LiveMessage } from '../domain/live';
import { deltasByPart, joinDeltas, newLivePart, partKey, type LivePart } from './live-deltas';
import { shownDatabase } from './workspace-choice';

/** What the store knows of a part: its text so far; null when the part is over and nothing more can come. */
export type DurableText = (turnId: string, index: number) => string | null;

/**
 * The streaming text of one session, as fast as it comes and at most once a frame. A part that has been made
 * durable whole is let go.
 */
export class LiveDeltas {
	#parts = new SvelteMap<string, LiveText>();
	#arrived: LiveDelta[] = [];
	#frame = 0;
	#durable: DurableText;

	constructor(
		private readonly sessionId: string,
		durable: DurableText,
	) {
		this.#durable = durable;
	}

	/** Parts that are streaming. Changes when one begins or ends, not with every word. */
	get parts(): ReadonlyMap<string, LiveText> {
		return this.#parts;
	}

	of(turnId: string, index: number): LiveText | undefined {
		return this.#parts.get(partKey(turnId, index));
	}

	/** Returns the stop. */
	listen(): () => void {
		const channel = new BroadcastChannel(liveChannel(shownDatabase));
		channel.onmessage = ({ data }: MessageEvent<LiveMessage>) => {
			if (data.type === 'delta' && data.sessionId === this.sessionId) this.take(data);
		};
		return () => {
			channel.close();
			cancelAnimationFrame(this.#frame);
			this.#frame = 0;
		};
	}

	take(delta: LiveDelta): void {
		this.#arrived.push(delta);
		this.#frame ||= requestAnimationFrame(() => this.flush());
	}

	/** Takes in what has arrived, and what the store has learned since. */
	flush(): void {
		this.#frame = 0;
		const arrived = deltasByPart(this.#arrived);
		this.#arrived = [];
		for (const [key, deltas] of arrived) this.#join(key, deltas);
	}

	/** Call it when the store has learned something: parts that are over go, gaps close. */
	settle(): void {
		// A page in the background draws no frames, and must not hoard what it does not draw.
		if (this.#arrived.length > 0) this.flush();
		for (const key of [...this.#parts.keys()]) this.#join(key, []);
	}

	#join(key: string, deltas: readonly LiveDelta[]): void {
		const known = this.#parts.get(key);
		const [first] = deltas;
		const part = known?.part ?? (first && newLivePart(first));
		if (!part) return;
		const durable = this.#durable(part.turnId, part.index);
		if (durable === null) {
			this.#parts.delete(key);
			return;
		}
		const next = joinDeltas(part, durable, deltas);
		if (known) known.part = next;
		else this.#parts.set(key, new LiveText(next));
	}
}

export class LiveText {
	part = $state.raw<LivePart>() as LivePart;

	constructor(part: LivePart) {
		this.part = part;
	}

	get text(): string {
		return this.part.text;
	}
}
