import { Dexie } from 'dexie';
import type { StoredEvent } from '../domain/log/event';
import type { SessionRow } from '../domain/session-row';
import { feedTime } from '../domain/views/feed-kinds';
import { markApplied } from './commands';
import type { MusterDb } from './db';
import { putRows, rowTables } from './session-rows';

export interface LogWrite {
	sessionId: string;
	/** Seq of the last event the writer knows of; -1 for a new log. */
	after: number;
	events: readonly StoredEvent[];
	/** Seqs of events that the new ones replace. */
	replaces: readonly number[];
	/** The session's row after these events; null when it is as before. */
	row: SessionRow | null;
	/** A command that these events carry out. */
	commandId: string | null;
	/** Nothing is written where the session is not known here; it was, and may have been taken away meanwhile. */
	isKnown?: boolean;
	/** Other devices know of these events: they are not to be told of the session for them. */
	told?: boolean;
}

/** Someone else has written to the log since the writer read it, or has taken it away. */
export class LogMovedOnError extends Error {
	override name = 'LogMovedOnError';
	constructor(readonly sessionId: string) {
		super(`The log of session ${sessionId} has been written to by another engine`);
	}
}

/** The device has no room left. Nothing of the write has happened. */
export class StorageFullError extends Error {
	override name = 'StorageFullError';
	constructor() {
		super('There is no room left on this device for what happened');
	}
}

/**
 * Appends to a log: events, row and command in one transaction.
 * Throws {@link LogMovedOnError}, {@link StorageFullError}, or what the database throws when it is unavailable.
 */
export async function writeLog(db: MusterDb, write: LogWrite): Promise<void> {
	const {
		sessionId,
		after,
		events,
		replaces,
		row,
		commandId,
		isKnown = after >= 0,
		told = false,
	} = write;
	await quotaAware(() =>
		db.transaction('rw', [db.events, ...rowTables(db), db.commands], async () => {
			const last = await db.events
				.where('[sessionId+seq]')
				.between([sessionId, Dexie.minKey], [sessionId, Dexie.maxKey])
				.last();
			// Pieces that were replaced may leave the last stored seq lower than the last one given out, never higher.
			if ((last?.seq ?? -1) > after) throw new LogMovedOnError(sessionId);
			// A session that is gone would come back with what is written now, and with nothing before it.
			if (isKnown && !(await db.sessions.get(sessionId))) throw new LogMovedOnError(sessionId);
			await db.events
				.bulkAdd(events.map((event) => ({ ...event, ...feedTime(event) })))
				.catch((error: unknown) => {
					// What was filed stands behind what is stored, which may be before the last place given out.
					throw isTaken(error) ? new LogMovedOnError(sessionId) : error;
				});
			await db.events.bulkDelete(replaces.map((seq): [string, number] => [sessionId, seq]));
			if (row) await putRows(db, [row], { told });
			if (commandId !== null) await markApplied(db, commandId);
		}),
	);
}

/** Throws {@link StorageFullError} where a write failed because the device is full. */
export async function quotaAware<T>(write: () => PromiseLike<T>): Promise<T> {
	try {
		return await write();
	} catch (error) {
		throw isQuotaError(error) ? new StorageFullError() : error;
	}
}

/** Browsers report a full disk on the request, on the transaction, or on the abort it causes. */
function isQuotaError(error: unknown): boolean {
	for (let cause = error; cause instanceof Error; cause = innerOf(cause))
		if (cause.name === 'QuotaExceededError') return true;
	return false;
}

/** There is such an event already. */
function isTaken(error: unknown): boolean {
	return (
		error instanceof Dexie.BulkError &&
		error.failures.some(({ name }) => name === 'ConstraintError')
	);
}

function innerOf(error: Error): unknown {
	return 'inner' in error && error.inner !== error ? error.inner : error.cause;
}
