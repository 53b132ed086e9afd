import type { MusterDb } from '$lib/store/db';
import { startOfNewest, unfinishedSessions } from '$lib/store/sessions';
import { loadSetting } from '$lib/store/settings';
import { observe } from '$lib/store/live';
import type { HeldMirror, SessionMirrors } from './session-mirrors';
import type { Workroom } from './workroom';

/** Logs fetched at once: enough to hide the way to the relay. */
const AT_ONCE = 64;
/** Rooms of sessions at work that are held open at most. */
const MOST_LIVE = 200;

interface Wish {
	startedAt: number;
	/** Events that it has there. */
	heads: readonly string[];
}

/** From when on sessions are wanted whole on this device, epoch ms. */
async function wantedFrom(db: MusterDb): Promise<number> {
	const newest = await loadSetting(db, 'fetchedSessions');
	return newest === null ? -Infinity : startOfNewest(db, newest);
}

export interface TranscriptsParts {
	room: Workroom;
	mirrors: SessionMirrors;
	/** How many are still to come has changed. */
	changed(): void;
	/** Which logs there are is still being found out; {@link Transcripts.goOn} once it is not. */
	isTaking(): boolean;
}

/**
 * Which rooms of sessions are open here: those at work, so that they are seen live and can be answered; one after the
 * other those whose logs go further elsewhere, newest first; before all, one that somebody looks at. Until all rows are
 * there only such a one is fetched: the newest of all is not known before, and lists are of use without logs.
 */
export class Transcripts {
	#parts: TranscriptsParts;
	#wishes = new Map<string, Wish>();
	#first: string[] = [];
	#busy = new Set<string>();
	#live = new Map<string, Promise<HeldMirror>>();
	/** Logs of sessions that began earlier are left where they are, epoch ms. */
	#from = -Infinity;
	#stop: (() => void) | null = null;

	constructor(parts: TranscriptsParts) {
		this.#parts = parts;
	}

	/** Logs that are still to come by themselves; others come when somebody looks at them. */
	get missing(): number {
		if (this.#from === -Infinity) return this.#wishes.size;
		let n = 0;
		for (const { startedAt } of this.#wishes.values()) if (startedAt >= this.#from) n++;
		return n;
	}

	start(): void {
		if (this.#stop) return;
		const { db, failed } = this.#parts.room;
		const stops = [
			observe(
				() => unfinishedSessions(db),
				(rows) => {
					const newest = rows.sort((a, b) => b.startedAt - a.startedAt).slice(0, MOST_LIVE);
					this.#holdLive(new Set(newest.map(({ id }) => id)));
				},
				failed,
			),
			observe(
				() => wantedFrom(db),
				(from) => {
					this.#from = from;
					this.#parts.changed();
					this.#fill();
				},
				failed,
			),
		];
		this.#stop = () => {
			for (const stop of stops) stop();
		};
	}

	stop(): void {
		this.#stop?.();
		this.#stop = null;
		this.#holdLive(new Set());
	}

	want(sessionId: string, startedAt: number, heads: readonly string[]): void {
		this.#wishes.set(sessionId, { startedAt, heads });
		this.#parts.changed();
		this.#fill();
	}

	goOn(): void {
		this.#fill();
	}

	/** Somebody looks at it. */
	hurry(sessionId: string): void {
		this.#first = [sessionId, ...this.#first.filter((id) => id !== sessionId)].slice(0, AT_ONCE);
		this.#fill();
	}

	#holdLive(ids: ReadonlySet<string>): void {
		const { mirrors, room } = this.#parts;
		for (const [id, holding] of this.#live)
			if (!ids.has(id)) {
				this.#live.delete(id);
				holding.then(({ release }) => release()).catch(room.failed);
			}
		for (const id of ids) {
			if (this.#live.has(id)) continue;
			const holding = mirrors.hold(id);
			this.#live.set(id, holding);
			holding.catch(room.failed);
		}
	}

	#fill(): void {
		while (this.#stop && this.#busy.size < AT_ONCE) {
			const id = this.#choose();
			if (id === null) return;
			this.#busy.add(id);
			void this.#fetch(id);
		}
	}

	#choose(): string | null {
		const isFree = (id: string) => this.#wishes.has(id) && !this.#busy.has(id);
		const asked = this.#first.find(isFree);
		if (asked !== undefined || this.#parts.isTaking()) return asked ?? null;
		let best: string | null = null;
		let newest = -Infinity;
		for (const [id, { startedAt }] of this.#wishes)
			if (startedAt >= this.#from && startedAt > newest && isFree(id))
				[best, newest] = [id, startedAt];
		return best;
	}

	async #fetch(id: string): Promise<void> {
		const { room, mirrors, changed } = this.#parts;
		const wish = this.#wishes.get(id);
		try {
			const { held, mirror, meaning, release } = await mirrors.hold(id);
			try {
				await room.news.until(
					meaning,
					() => held.isSynced,
					() => !room.isOnline(),
				);
				await held.settled();
				await mirror.sync();
				// Not there yet: whoever wrote it has yet to send it, and says so by the row it sends then.
				if (
					(held.isSynced || wish?.heads.every((head) => mirror.has(head))) &&
					this.#wishes.get(id) === wish
				)
					this.#wishes.delete(id);
			} finally {
				release();
			}
		} catch (error) {
			this.#wishes.delete(id);
			room.failed(error);
		} finally {
			this.#busy.delete(id);
			changed();
			if (room.isOnline()) this.#fill();
		}
	}
}
