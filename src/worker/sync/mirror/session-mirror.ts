import type { SessionEvent, StoredEvent } from '$lib/domain/log/event';
import { isFiling } from '$lib/domain/log/filing';
import type { MusterDb } from '$lib/store/db';
import { LogMovedOnError } from '$lib/store/log';
import { rewriteLog, storedAt } from '$lib/store/mirror';
import { eventsAfter } from '$lib/store/sessions';
import type { Journal, SessionLog } from '../../journal/journal';
import type { SessionDocument } from '../documents/session-document';
import { orderOf } from './log-order';
import type { HeldDocument } from './held-document';

export interface SessionMirrorParts {
	db: MusterDb;
	journal: Journal;
	/** Events of others stand behind the log now. */
	heard(sessionId: string): void;
	/** The log is another one than it was. */
	moved(sessionId: string): void;
	/** The log is not needed here any more. */
	released(sessionId: string): void;
}

interface KnownEvent {
	seq: number;
	isFiling: boolean;
	isPiece: boolean;
	/** The device that wrote it, where it says so. */
	device: string | null;
}

/** What a log had when it was last looked at. */
interface Known {
	/** In the order of the log. */
	events: Map<string, KnownEvent>;
	/** What events say they answer. */
	causes: Set<string>;
	seq: number;
}

/** How often a log may move on under a step before that is taken for a fault. */
const TRIES = 20;

/**
 * Keeps the log of a session on this device and the document of its room alike: what is here and not there goes
 * there, what is there and not here comes here, and where the two have another order, the document's holds.
 *
 * Pieces of a streaming answer are the runner's own: it takes them out of the document once the whole part is there,
 * and who does not run the session has just those that the document has.
 */
export class SessionMirror {
	#parts: SessionMirrorParts;
	#held: HeldDocument<SessionDocument>;
	#known: Known | null = null;
	#turn: Promise<unknown> = Promise.resolve();
	#waiting: Promise<void> | null = null;
	#isClosed = false;
	/** Pieces that this device put into the document. */
	#given = new Set<string>();
	/** Pieces that came out of it. */
	#came = new Set<string>();

	constructor(
		readonly sessionId: string,
		held: HeldDocument<SessionDocument>,
		parts: SessionMirrorParts,
	) {
		this.#held = held;
		this.#parts = parts;
	}

	/** Whether an event of the log says that it answers this. */
	answers(cause: string): boolean {
		return this.#known?.causes.has(cause) ?? false;
	}

	/** Id of the last event of the log, beside filing and pieces; null: there is none. */
	get last(): string | null {
		return this.#last(() => true);
	}

	/** The same, of those that say that this device wrote them. */
	get lastOwn(): string | null {
		const { id } = this.#parts.journal.parts.device;
		return this.#last(({ device }) => device === id);
	}

	/** Several devices have written into the log. */
	get isShared(): boolean {
		const devices = [...(this.#known?.events.values() ?? [])].map(({ device }) => device);
		return new Set(devices.filter((device) => device !== null)).size > 1;
	}

	#last(counts: (event: KnownEvent) => boolean): string | null {
		let last: string | null = null;
		for (const [id, event] of this.#known?.events ?? [])
			if (!event.isFiling && !event.isPiece && counts(event)) last = id;
		return last;
	}

	has(eventId: string): boolean {
		return this.#known?.events.has(eventId) ?? false;
	}

	/** Both are alike once it is done. Calls that come while one waits for its turn share it. */
	sync(): Promise<void> {
		this.#waiting ??= this.#turn
			.catch(() => undefined)
			.then(() => {
				this.#waiting = null;
				return (this.#turn = this.#sync());
			});
		return this.#waiting;
	}

	/** Does no more once what is under way is done, and lets go of the log where nobody else holds it. */
	async close(): Promise<void> {
		this.#isClosed = true;
		await this.#turn.catch(() => undefined);
		this.#parts.released(this.sessionId);
	}

	/** Whether this device runs the session, or nobody does. */
	async isRunner(): Promise<boolean> {
		const { lease } = (await this.#log()).state;
		return lease === null || lease.device === this.#parts.journal.parts.device.id;
	}

	async #sync(): Promise<void> {
		if (this.#isClosed) return;
		for (let tried = 0; tried < TRIES; tried++) {
			// It was taken away for good: what its room still has is not to bring it back.
			if (!(await this.#parts.db.sessions.get(this.sessionId))) return this.#forget();
			const log = await this.#log();
			try {
				const known = await this.#look(log);
				await this.#give(log, known);
				if (await this.#take(log, known)) return;
			} catch (error) {
				if (!(error instanceof LogMovedOnError)) throw error;
				await this.#parts.journal.forget(log);
				this.#known = null;
			}
		}
		throw new Error('The log of a session moves on faster than it can be told to others');
	}

	#forget(): void {
		this.#known = null;
		this.#parts.journal.close(this.sessionId);
	}

	#log(): Promise<SessionLog> {
		return this.#parts.journal.open(this.sessionId);
	}

	/** Reads what is new in the log, and which pieces have gone from it. */
	async #look(log: SessionLog): Promise<Known> {
		const { db } = this.#parts;
		const known: Known = (this.#known ??= { events: new Map(), causes: new Set(), seq: -1 });
		const before = log.seq;
		for (const event of await eventsAfter(db, this.sessionId, known.seq)) remember(known, event);
		known.seq = Math.max(known.seq, before);
		const pieces = [...known.events].filter(([, { isPiece }]) => isPiece);
		const there = await storedAt(
			db,
			this.sessionId,
			pieces.map(([, { seq }]) => seq),
		);
		for (const [id, { seq }] of pieces) if (!there.has(seq)) known.events.delete(id);
		return known;
	}

	/** What is here and not there. */
	async #give(log: SessionLog, known: Known): Promise<void> {
		const { document } = this.#held;
		const runs = await this.isRunner();
		// A log that is still to come is nobody's yet: its pieces are not this device's to take out.
		const owns = runs && log.state.lease !== null;
		const inLog = document.events();
		const there = new Set([...inLog, ...document.filing()].map(({ id }) => id));
		const missing = [...known.events].filter(
			([id, { isPiece }]) => !there.has(id) && (!isPiece || runs),
		);
		const append = await this.#events(missing.map(([, { seq }]) => seq));
		const remove = new Set(
			inLog.flatMap(({ id, kind }) =>
				kind === 'part-delta' && this.#isStale(id, owns) ? [id] : [],
			),
		);
		if (append.length + remove.size === 0) return;
		await this.#held.change((now) => now.change({ append, remove }));
		for (const { id, kind } of append) if (kind === 'part-delta') this.#given.add(id);
		for (const id of remove) this.#given.delete(id);
	}

	/** Of a piece in the document: the whole is there, or this device, which gave it, runs the session no more. */
	#isStale(id: string, owns: boolean): boolean {
		return owns ? !this.#known?.events.has(id) : this.#given.has(id);
	}

	async #events(seqs: readonly number[]): Promise<SessionEvent[]> {
		const [first] = seqs;
		if (first === undefined) return [];
		const wanted = new Set(seqs);
		const events = await eventsAfter(this.#parts.db, this.sessionId, first - 1);
		return events
			.filter(({ seq }) => wanted.has(seq))
			.map(({ seq: _, feedAt: __, ...event }) => event);
	}

	/** What is there and not here. False: something came, or the log has moved on meanwhile; look again. */
	async #take(log: SessionLog, known: Known): Promise<boolean> {
		const { document } = this.#held;
		const runs = await this.isRunner();
		const theirs = document.events().filter(({ kind }) => !runs || kind !== 'part-delta');
		const here = [...known.events].filter(([, { isFiling: files }]) => !files);
		const order = orderOf(
			here.map(([id, { isPiece }]) => ({ id, isPiece })).filter(({ isPiece }) => !runs || !isPiece),
			theirs.map(({ id }) => id),
		);
		const filing = document.filing().filter(({ id }) => !known.events.has(id));
		if (order.is === 'parted') return this.#rewrite(known, theirs, order.at);
		const added = [...theirs.slice(order.from), ...filing];
		// What another runner was saying is dropped with its turn by whoever takes the session over.
		const dropped =
			runs && log.state.lease ? [...this.#came].filter((id) => known.events.has(id)) : [];
		const gone = [...order.gone, ...dropped].filter((id) => known.events.has(id));
		const replaces = gone.flatMap((id) => known.events.get(id)?.seq ?? []);
		if (added.length + replaces.length === 0) return true;
		let movedOn = false;
		const written = await log.append(
			() => {
				movedOn = log.seq !== known.seq;
				return movedOn ? [] : added;
			},
			// Of a log that was not here at all there is nothing that others do not know.
			{ replaces, unless: () => movedOn, isKnown: true, told: known.events.size === 0 },
		);
		if (movedOn) return false;
		for (const event of written) {
			remember(known, event);
			if (event.kind === 'part-delta') this.#came.add(event.id);
		}
		for (const id of gone) {
			known.events.delete(id);
			this.#came.delete(id);
		}
		known.seq = log.seq;
		if (added.length === 0) return dropped.length === 0;
		this.#parts.heard(this.sessionId);
		// It may be another device's session now, so that there is something else to give.
		return false;
	}

	/** From a place on the log has another order than the document: it is written anew from there. */
	async #rewrite(known: Known, theirs: readonly SessionEvent[], at: string): Promise<boolean> {
		const { db, journal } = this.#parts;
		const seq = known.events.get(at)?.seq;
		if (seq === undefined) return false;
		journal.close(this.sessionId);
		await rewriteLog(db, {
			sessionId: this.sessionId,
			after: known.seq,
			from: seq,
			// What is still streaming comes again.
			order: theirs.filter(({ kind }) => kind !== 'part-delta'),
		});
		this.#known = null;
		this.#parts.moved(this.sessionId);
		return false;
	}
}

function remember(known: Known, event: StoredEvent): void {
	const { id, seq, kind, cause, by } = event;
	known.events.set(id, {
		seq,
		isFiling: isFiling(event),
		isPiece: kind === 'part-delta',
		device: by.kind === 'agent' ? null : by.device,
	});
	if (cause !== undefined) known.causes.add(cause);
	known.seq = Math.max(known.seq, seq);
}
