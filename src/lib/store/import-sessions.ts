/** Sessions that were written elsewhere, put beside what is here. */
import { EVENT_VERSION, type SessionEvent, type StoredEvent } from '../domain/log/event';
import { isLax } from '../domain/settings';
import { foldSession } from '../domain/log/session-state';
import {
	copyOfSession,
	mergeGrown,
	mergeSession,
	type SessionMerge,
} from '../domain/import/merge-session';
import type { SessionOutcome } from '../domain/import/tally';
import type { SessionRow } from '../domain/session-row';
import { feedTime } from '../domain/views/feed-kinds';
import { sessionRowOf } from '../domain/views/session-row';
import type { MusterDb } from './db';
import { quotaAware } from './log';
import { putRows, rowTables } from './session-rows';
import { eventsAfter } from './sessions';
import { failsAgain } from './write-failure';

export interface SessionItem {
	sessionId: string;
	events: readonly SessionEvent[];
	grows?: true;
}

/** What marks a session that is brought in unfinished. */
export interface Mark {
	device: string;
	newId(): string;
	now(): number;
}

export interface ImportedSession {
	outcome: SessionOutcome;
	/** It stands still until a person has it go on. */
	held: boolean;
}

interface Plan extends ImportedSession {
	events: StoredEvent[];
	replaces: number[];
	row: SessionRow | null;
}

/** What {@link importSessions} would do, without doing it. */
export async function planSessions(
	db: MusterDb,
	items: readonly SessionItem[],
	mark: Mark,
): Promise<ImportedSession[]> {
	return (await plans(db, items, mark)).map(({ outcome, held }) => ({ outcome, held }));
}

/**
 * Puts sessions beside what is here, all of them or none: logs, rows, numbers and the tasks of the index, as any
 * append writes them. A session whose events are here under another one is left out. Throws `StorageFullError`.
 */
export async function importSessions(
	db: MusterDb,
	items: readonly SessionItem[],
	mark: Mark,
): Promise<ImportedSession[]> {
	try {
		return await quotaAware(() => importTogether(db, items, mark));
	} catch (error) {
		if (!failsAgain(error)) throw error;
		if (items.length === 1) return [{ outcome: 'refused', held: false }];
		const half = Math.ceil(items.length / 2);
		const first = await importSessions(db, items.slice(0, half), mark);
		return [...first, ...(await importSessions(db, items.slice(half), mark))];
	}
}

function importTogether(
	db: MusterDb,
	items: readonly SessionItem[],
	mark: Mark,
): Promise<ImportedSession[]> {
	return db.transaction('rw', [db.events, ...rowTables(db)], async () => {
		const planned = await plans(db, items, mark);
		await db.events.bulkDelete(
			planned.flatMap(({ row, replaces }) =>
				replaces.map((seq): [string, number] => [row?.id ?? '', seq]),
			),
		);
		await db.events.bulkAdd(planned.flatMap(({ events }) => events));
		const rows = planned.map(({ row }) => row).filter((row) => row !== null);
		if (rows.length > 0) await putRows(db, rows);
		return planned.map(({ outcome, held }) => ({ outcome, held }));
	});
}

async function plans(db: MusterDb, items: readonly SessionItem[], mark: Mark): Promise<Plan[]> {
	const rows = await db.sessions.bulkGet(items.map(({ sessionId }) => sessionId));
	const known = await db.events.bulkGet(
		items.flatMap((item, i) => (rows[i] ? [lastPlace(item)] : [])),
	);
	const lasts = new Set(known.map((event) => event?.id));
	const planned: Plan[] = [];
	// Nothing is awaited where nothing is read: Dexie follows a transaction through a hundred such steps, and no more.
	for (const [i, item] of items.entries()) {
		const row = rows[i];
		if (!row) planned.push(added(item, mark));
		else if (lasts.has(item.events.at(-1)?.id)) planned.push(nothing('same'));
		else planned.push(await merged(db, item, row, mark));
	}
	return planned;
}

/** Where the last event of a log is if the log is here, whole and from its beginning: seen without reading it. */
function lastPlace({ sessionId, events }: SessionItem): [string, number] {
	return [sessionId, events.length - 1];
}

function added({ sessionId, events }: SessionItem, mark: Mark): Plan {
	return written(sessionId, [], { is: 'new' }, events, false, mark);
}

async function merged(db: MusterDb, item: SessionItem, row: SessionRow, mark: Mark): Promise<Plan> {
	let { sessionId, events } = item;
	let ours = await eventsAfter(db, sessionId, -1);
	const mergeOf = item.grows ? mergeGrown : mergeSession;
	let merge = mergeOf(ours, events);
	if (isAtWork(row) && merge.is !== 'same') return nothing('at-work');
	const copied = merge.is === 'parted';
	while (merge.is === 'parted') {
		({ sessionId, events } = copyOfSession(events, merge.at));
		ours = await eventsAfter(db, sessionId, -1);
		merge = mergeOf(ours, events);
	}
	if (merge.is === 'same') return nothing('same');
	return written(sessionId, ours, merge, events, copied, mark);
}

/** An engine holds its log, or will in a moment. */
function isAtWork({ runningSince, until }: SessionRow): boolean {
	return runningSince !== null || until !== null;
}

function nothing(outcome: SessionOutcome): Plan {
	return { outcome, held: false, events: [], replaces: [], row: null };
}

function written(
	sessionId: string,
	ours: readonly StoredEvent[],
	merge: Exclude<SessionMerge, { is: 'same' | 'parted' }>,
	theirs: readonly SessionEvent[],
	copied: boolean,
	mark: Mark,
): Plan {
	const more = merge.is === 'new' ? theirs : merge.add;
	const first = (ours.at(-1)?.seq ?? -1) + 1;
	const events = more.map((event, i) => placed(event, first + i));
	const state = foldSession(sessionId, [...ours, ...events]);
	const held = merge.is !== 'refiled' && state.ended === null;
	const isLaxer = merge.is !== 'refiled' && isLax(state.settings);
	if ((held && !state.imported) || isLaxer) {
		const epoch = state.lease?.epoch ?? 0;
		const event = marking(mark, sessionId, epoch);
		events.push(placed(event, first + events.length));
	}
	const whole = foldSession(sessionId, [...ours, ...events]);
	return {
		outcome: copied ? 'copied' : merge.is,
		held,
		events,
		replaces: merge.is === 'longer' ? merge.replaces : [],
		row: sessionRowOf(whole, first + events.length - 1),
	};
}

function placed(event: SessionEvent, seq: number): StoredEvent {
	return { ...event, ...feedTime(event), seq };
}

function marking({ device, newId, now }: Mark, sessionId: string, epoch: number): SessionEvent {
	return {
		v: EVENT_VERSION,
		id: newId(),
		sessionId,
		at: now(),
		by: { kind: 'engine', device, epoch },
		kind: 'imported',
	};
}
