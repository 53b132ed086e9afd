import { isRecord } from '$lib/domain/shape';
import type { PresentDevice } from '$lib/domain/sync/sync-status';

/** How often a device says that it is there, ms. */
export const SAY_MS = 15_000;
/** Who was not heard for this long is not there, ms: two words may be lost. */
export const GONE_MS = 3 * SAY_MS;
/** Sessions named at most: a word has to fit into 4,096 bytes. docs/sync.md [2.9] */
const MOST_RUNS = 60;

export interface PresenceParts {
	/** Id on the roster. */
	self: string;
	/** Sealed, to those who are in the workspace's room now. */
	broadcast(payload: Uint8Array): Promise<void>;
	/** Who is there, or what they run, has changed. */
	changed(): void;
	failed(error: unknown): void;
	/** Epoch ms. */
	now?: () => number;
}

interface Word {
	device: string;
	runs: string[];
	/** Came just now, and wants to hear of the others. */
	asks: boolean;
	/** Says good-bye. */
	goes: boolean;
}

/**
 * Which devices of the workspace are there now, and what each runs. They say so to one another, and it is kept nowhere.
 * docs/sync.md [8.4]
 */
export class Presence {
	#parts: PresenceParts;
	#others = new Map<string, { runs: string[]; heardAt: number }>();
	#runs: readonly string[] = [];
	#timer: ReturnType<typeof setInterval> | null = null;

	constructor(parts: PresenceParts) {
		this.#parts = parts;
	}

	get isOn(): boolean {
		return this.#timer !== null;
	}

	/** The others, by id. */
	get others(): PresentDevice[] {
		return [...this.#others]
			.map(([id, { runs }]) => ({ id, runs }))
			.sort((one, other) => (one.id < other.id ? -1 : 1));
	}

	/** From now on the others can be heard. Again: nothing. */
	start(): void {
		if (this.#timer !== null) return;
		this.#timer = setInterval(() => {
			this.#forgetSilent();
			this.#say({});
		}, SAY_MS);
		this.#say({ asks: true });
	}

	/** Nobody can be heard any more. */
	stop(): void {
		if (this.#timer !== null) clearInterval(this.#timer);
		this.#timer = null;
		if (this.#others.size === 0) return;
		this.#others.clear();
		this.#parts.changed();
	}

	/** Tells the others, as far as they can be reached, that this device goes. */
	async leave(): Promise<void> {
		if (this.#timer !== null) await this.#send({ goes: true });
		this.stop();
	}

	/** Sessions that are at work here. */
	setRuns(ids: readonly string[]): void {
		if (ids.join() === this.#runs.join()) return;
		this.#runs = ids;
		if (this.#timer !== null) this.#say({});
	}

	/** What came from another device. Whatever is no word of one is passed over. */
	heard(payload: Uint8Array): void {
		const word = read(payload);
		if (!word || word.device === this.#parts.self || this.#timer === null) return;
		const { device, runs } = word;
		const before = this.#others.get(device);
		if (word.goes) this.#others.delete(device);
		else this.#others.set(device, { runs, heardAt: this.#now });
		if (word.asks) this.#say({});
		if (word.goes ? before : before?.runs.join() !== runs.join()) this.#parts.changed();
	}

	get #now(): number {
		return (this.#parts.now ?? Date.now)();
	}

	#forgetSilent(): void {
		const silent = [...this.#others].filter(([, { heardAt }]) => this.#now - heardAt > GONE_MS);
		for (const [id] of silent) this.#others.delete(id);
		if (silent.length > 0) this.#parts.changed();
	}

	#say(more: Partial<Word>): void {
		this.#send(more).catch((error: unknown) => this.#parts.failed(error));
	}

	#send({ asks = false, goes = false }: Partial<Word>): Promise<void> {
		const { self: device, broadcast } = this.#parts;
		const word = {
			v: 1,
			device,
			runs: this.#runs.slice(0, MOST_RUNS),
			...(asks && { asks }),
			...(goes && { goes }),
		};
		return broadcast(new TextEncoder().encode(JSON.stringify(word)));
	}
}

function read(payload: Uint8Array): Word | null {
	let word: unknown;
	try {
		word = JSON.parse(new TextDecoder().decode(payload));
	} catch {
		return null;
	}
	if (!isRecord(word) || word['v'] !== 1 || typeof word['device'] !== 'string') return null;
	const runs = Array.isArray(word['runs']) ? word['runs'].slice(0, MOST_RUNS) : [];
	return {
		device: word['device'],
		runs: runs.filter((id) => typeof id === 'string'),
		asks: word['asks'] === true,
		goes: word['goes'] === true,
	};
}
