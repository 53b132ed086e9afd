import type { CommandRecord } from '$lib/domain/command';
import { signed } from '$lib/domain/deciders/next-move';
import {
	EVENT_VERSION,
	type EventDraft,
	type SessionEvent,
	type StoredEvent,
} from '$lib/domain/log/event';
import type { CopiedEvent } from '$lib/domain/log/fork';
import { applyEvent, foldSession } from '$lib/domain/log/session-state';
import type { SessionState } from '$lib/domain/log/state';
import { sessionRowOf } from '$lib/domain/views/session-row';
import type { MusterDb } from '$lib/store/db';
import { eventsAfter } from '$lib/store/sessions';
import { LogMovedOnError, writeLog, type LogWrite } from '$lib/store/log';

export interface DeviceIdentity {
	id: string;
	name: string;
}

export interface JournalParts {
	db: MusterDb;
	device: DeviceIdentity;
	now(): number;
	newId(): string;
	/** A log was written to. */
	appended?(sessionId: string): void;
}

/**
 * What can be appended: what happened here, what happened in the session that this one was forked from, or what another
 * device has written into this one.
 */
export type Appended = EventDraft | CopiedEvent | SessionEvent;

export interface AppendOptions {
	/** Carried out by these events: marked as applied in the same transaction. */
	command?: CommandRecord;
	/** Seqs of streaming pieces whose final part is among the events. */
	replaces?: readonly number[];
	/** When it happened, epoch ms, where that was measured already. */
	at?: number;
	/** Asked once the drafts are made; true: write nothing. */
	unless?: () => boolean;
	/** The session is in the lists here, be its log empty; see {@link LogWrite}. */
	isKnown?: boolean;
	/** Other devices know of these events: they are not to be told of the session for them. */
	told?: boolean;
}

/**
 * The only writer of logs. One {@link SessionLog} per session and engine; what it holds is what is stored.
 */
export class Journal {
	#logs = new Map<string, Promise<SessionLog>>();

	constructor(readonly parts: JournalParts) {}

	/** The log of a session, read once and then kept. An unknown id gives an empty log. */
	open(sessionId: string): Promise<SessionLog> {
		let log = this.#logs.get(sessionId);
		if (!log) {
			log = SessionLog.read(this.parts, sessionId);
			this.#logs.set(sessionId, log);
			log.catch(() => this.#logs.delete(sessionId));
		}
		return log;
	}

	/** Whether a log is held, and so must hear of everything that is written to it. */
	holds(sessionId: string): boolean {
		return this.#logs.has(sessionId);
	}

	/** Forgets what is held of a session; the next `open` reads it again. */
	close(sessionId: string): void {
		this.#logs.delete(sessionId);
	}

	/** Forgets a log that is not what is stored any more; another one of the same session stays. */
	async forget(log: SessionLog): Promise<void> {
		const held = this.#logs.get(log.sessionId);
		if (held && (await held.catch(() => null)) === log && this.#logs.get(log.sessionId) === held)
			this.#logs.delete(log.sessionId);
	}
}

/** A session's log and its state, kept in step. Appends of one log never overlap. */
export class SessionLog {
	#tail: Promise<unknown> = Promise.resolve();
	#broken: unknown = null;

	/** What made this log unusable, null while it is sound. */
	get broken(): unknown {
		return this.#broken;
	}

	private constructor(
		readonly parts: JournalParts,
		readonly sessionId: string,
		readonly state: SessionState,
		private last: number,
	) {}

	/** Seq of the last event, -1 for none; pieces that were replaced count. */
	get seq(): number {
		return this.last;
	}

	static async read(parts: JournalParts, sessionId: string): Promise<SessionLog> {
		const events = await eventsAfter(parts.db, sessionId, -1);
		const seq = events.at(-1)?.seq ?? -1;
		return new SessionLog(parts, sessionId, foldSession(sessionId, events), seq);
	}

	get isEmpty(): boolean {
		return this.seq < 0;
	}

	/**
	 * Makes events durable, then part of `state`: all of them or none. Given a function, it is asked when its turn
	 * has come, so that what it decides on is what it is appended to.
	 *
	 * Throws what {@link writeLog} throws; the log is then unusable and must be opened again, because nobody
	 * knows any more whether it is what is stored.
	 */
	append(
		drafts: readonly Appended[] | ((state: SessionState) => readonly Appended[]),
		more: AppendOptions = {},
	): Promise<StoredEvent[]> {
		const done = this.#tail.then(() => {
			if (this.#broken) throw this.#broken;
			return this.#append(typeof drafts === 'function' ? drafts(this.state) : drafts, more);
		});
		this.#tail = done.catch(() => undefined);
		return done;
	}

	async #append(
		drafts: readonly Appended[],
		{ command, replaces = [], unless, isKnown, at = this.parts.now(), told = false }: AppendOptions,
	): Promise<StoredEvent[]> {
		if (unless?.() || (drafts.length === 0 && !command && replaces.length === 0)) return [];
		if (this.#isElsewhere(drafts)) throw new LogMovedOnError(this.sessionId);
		const events = drafts.map((draft, i) => this.#stamp(draft, this.seq + 1 + i, at));
		const last = this.seq + events.length;
		try {
			for (const event of events) applyEvent(this.state, event);
			const write: LogWrite = {
				sessionId: this.sessionId,
				after: this.seq,
				events,
				replaces,
				row: changesRow(events) || command ? sessionRowOf(this.state, last) : null,
				commandId: command?.id ?? null,
				...(isKnown !== undefined && { isKnown }),
				told,
			};
			await writeLog(this.parts.db, write);
		} catch (error) {
			this.#broken = error;
			throw error;
		}
		this.last = last;
		this.parts.appended?.(this.sessionId);
		return events;
	}

	/** Whether these are a runner's words, and the session is another device's. */
	#isElsewhere(drafts: readonly Appended[]): boolean {
		const { lease } = this.state;
		if (!lease || lease.device === this.parts.device.id) return false;
		return drafts.some(
			(draft) => !('id' in draft) && draft.by.kind !== 'person' && draft.kind !== 'lease-taken',
		);
	}

	#stamp(draft: Appended, seq: number, at: number): StoredEvent {
		if ('id' in draft) return { ...draft, seq };
		const engine = { device: this.parts.device.id, epoch: this.state.lease?.epoch ?? 0 };
		return {
			...signed(draft, engine),
			v: EVENT_VERSION,
			id: this.parts.newId(),
			sessionId: this.sessionId,
			at,
			seq,
		} as StoredEvent;
	}
}

/** Streaming pieces change no row: lists need not hear of them. */
function changesRow(events: readonly SessionEvent[]): boolean {
	return events.some(({ kind }) => kind !== 'part-delta');
}
