import type { Table } from 'dexie';
import type { FeedEntry } from '../domain/views/feed';
import type { MusterDb } from './db';
import { rowsById } from './session-windows';

export interface FeedAsk {
	/** Epoch ms; -Infinity: from the beginning. */
	from: number;
	wants: (entry: FeedEntry) => boolean;
	/** Entries to find, and events to read at most of each kind while looking. */
	limit: number;
	most: number;
}

export interface FeedWindow {
	/** Newest first. */
	entries: FeedEntry[];
	/** There may be more before the last one. */
	more: boolean;
	/** How far back was looked, epoch ms; null: to the end. */
	lookedTo: number | null;
}

/** Events read in one go while the feed is sifted. */
const BITE = 200;

/** The newest entries of the feed that are wanted. Reads by time, as far back as it takes to find them. */
export async function feedWindow(db: MusterDb, ask: FeedAsk): Promise<FeedWindow> {
	const [sessions, tickets] = await Promise.all([
		sifted(db, ask, db.events, 'feedAt', (event, rows): FeedEntry => {
			const row = rows.get(event.sessionId) ?? null;
			return { of: 'session', at: event.feedAt ?? event.at, event, row };
		}),
		sifted(db, ask, db.ticketEvents, 'at', (event, rows): FeedEntry => {
			const row = event.sessionId === undefined ? null : (rows.get(event.sessionId) ?? null);
			return { of: 'ticket', at: event.at, event, row };
		}),
	]);
	// What one of the two was not read for yet may belong between what the other found.
	const lookedTo = Math.max(sessions.lookedTo ?? -Infinity, tickets.lookedTo ?? -Infinity);
	const all = [...sessions.entries, ...tickets.entries]
		.filter(({ at }) => at >= lookedTo)
		.sort((one, other) => other.at - one.at || (one.event.id < other.event.id ? 1 : -1));
	return {
		entries: all.slice(0, ask.limit),
		more: all.length > ask.limit || lookedTo > -Infinity,
		lookedTo: lookedTo === -Infinity ? null : lookedTo,
	};
}

async function sifted<E extends { id: string; sessionId?: string }>(
	db: MusterDb,
	{ from, wants, limit, most }: FeedAsk,
	table: Table<E, [string, number]>,
	index: 'feedAt' | 'at',
	entryOf: (event: E, rows: ReadonlyMap<string, NonNullable<FeedEntry['row']>>) => FeedEntry,
): Promise<Pick<FeedWindow, 'entries' | 'lookedTo'>> {
	const entries: FeedEntry[] = [];
	/** Events of the moment the next bite begins with, which the last one had already. */
	let known = new Set<string>();
	let upTo: number = Infinity;
	for (let read = 0; read < most;) {
		const size = BITE + known.size;
		const bite: E[] = await table
			.where(index)
			.between(from, upTo, true, true)
			.reverse()
			.limit(size)
			.toArray();
		const fresh = bite.filter(({ id }) => !known.has(id));
		read += fresh.length;
		const ids = [...new Set(fresh.flatMap(({ sessionId }) => sessionId ?? []))];
		const rows = new Map(
			(await rowsById(db, ids)).flatMap((row) => (row ? [[row.id, row] as const] : [])),
		);
		const found: FeedEntry[] = fresh.map((event) => entryOf(event, rows));
		entries.push(...found.filter(wants));
		const last = found.at(-1);
		if (bite.length < size || !last) return { entries, lookedTo: null };
		const same = found.filter(({ at }) => at === last.at).map(({ event }) => event.id);
		known = new Set(last.at === upTo ? [...known, ...same] : same);
		upTo = last.at;
		if (entries.length > limit) break;
	}
	return { entries, lookedTo: upTo === Infinity ? null : upTo };
}
