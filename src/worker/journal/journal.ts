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
import { writeLog, type LogWrite } from '$lib/store/log';

export interface DeviceIdentity {
	id: string;
	name: string;
}

export interface JournalParts {
	db: MusterDb;
	device: DeviceIdentity;
	now(): number;
	newId(): string;
}

/** What can be appended: what happened here, or what happened in the session that this one was forked from. */
export type Appended = EventDraft | CopiedEvent;

export interface AppendOptions {
	/** Carried out by these events: marked as applied in the same transaction. */
	command?: CommandRecord;
	/** Seqs of streaming pieces whose final part is among the events. */
	replaces?: readonly number[];
	/** Asked once the drafts are made; true: write nothing. */
	unless?: () => boolean;
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
		private seq: number,
	) {}

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
		{ command, replaces = [], unless }: AppendOptions,
	): Promise<StoredEvent[]> {
		if (unless?.() || (drafts.length === 0 && !command)) return [];
		const events = drafts.map((draft, i) => this.#stamp(draft, this.seq + 1 + i));
		const last = this.seq + events.length;
		try {
			for (const event of events) applyEvent(this.state, event);
			const write: LogWrite = {
				sessionId: this.sessionId,
				after: this.seq,
				events,
				replaces,
				row: isOnlyStreaming(events) ? null : sessionRowOf(this.state, last),
				commandId: command?.id ?? null,
			};
			await writeLog(this.parts.db, write);
		} catch (error) {
			this.#broken = error;
			throw error;
		}
		this.seq = last;
		return events;
	}

	#stamp(draft: Appended, seq: number): StoredEvent {
		if ('inherited' in draft) return { ...draft, seq };
		const engine = { device: this.parts.device.id, epoch: this.state.lease?.epoch ?? 0 };
		return {
			...signed(draft, engine),
			v: EVENT_VERSION,
			id: this.parts.newId(),
			sessionId: this.sessionId,
			at: this.parts.now(),
			seq,
		} as StoredEvent;
	}
}

/** Streaming pieces change no row: lists need not hear of them. */
function isOnlyStreaming(events: readonly SessionEvent[]): boolean {
	return events.length > 0 && events.every((event) => event.kind === 'part-delta');
}
