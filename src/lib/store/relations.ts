/** Sessions that came of other sessions: forks, and branches of a chat. */
import { Dexie } from 'dexie';
import type { EventOf } from '../domain/log/event';
import type { SessionRow } from '../domain/session-row';
import type { Branch } from '../domain/views/versions';
import type { MusterDb } from './db';

/** A session that was forked from another one, or called by it, and at which event of it. */
export interface Fork {
	row: SessionRow;
	/** Of the parent. */
	eventId: string;
	subAgent: boolean;
}

/** Branches of these chats, wherever they are filed. */
export function branchesOf(db: MusterDb, chatIds: readonly string[]): Promise<SessionRow[]> {
	return db.sessions
		.where('parentId')
		.anyOf(chatIds)
		.filter(({ place }) => place.startsWith('branch'))
		.toArray();
}

/** The branches of one chat, with where each parts from the conversation. */
export async function branchTree(db: MusterDb, chatId: string): Promise<Branch[]> {
	const rows = (await branchesOf(db, [chatId])).filter(({ deletedAt }) => deletedAt === null);
	const beginnings = await beginningsOf(db, rows);
	return rows.flatMap(({ id, startedAt }, i) => {
		const parent = beginnings[i]?.parent;
		return parent ? [{ sessionId: id, startedAt, parent }] : [];
	});
}

/** Forks and sub-agents of a session that are not in Deleted, oldest first. Branches are no forks. */
export async function forksOf(db: MusterDb, sessionId: string): Promise<Fork[]> {
	const rows = await db.sessions
		.where('parentId')
		.equals(sessionId)
		.filter(({ place, deletedAt }) => !place.startsWith('branch') && deletedAt === null)
		.sortBy('startedAt');
	const beginnings = await beginningsOf(db, rows);
	return rows.map((row, i) => {
		const parent = beginnings[i]?.parent;
		return { row, eventId: parent?.eventId ?? '', subAgent: parent?.subAgent === true };
	});
}

/** The first event of each of these logs. */
async function beginningsOf(
	db: MusterDb,
	rows: readonly SessionRow[],
): Promise<(EventOf<'created'> | undefined)[]> {
	const first = await Promise.all(
		rows.map(({ id }) =>
			db.events.where('[sessionId+seq]').between([id, Dexie.minKey], [id, Dexie.maxKey]).first(),
		),
	);
	return first.map((event) => (event?.kind === 'created' ? event : undefined));
}

/** The newest `limit` rows of chats and branches, by what happened in them last, newest first. */
export async function latestTalk(db: MusterDb, limit: number): Promise<SessionRow[]> {
	const newest = (place: 'chat' | 'branch') =>
		db.sessions
			.where('[place+updatedAt]')
			.between([place, Dexie.minKey], [place, Dexie.maxKey])
			.reverse()
			.limit(limit)
			.toArray();
	const [chats, branches] = await Promise.all([newest('chat'), newest('branch')]);
	return [...chats, ...branches].sort((a, b) => b.updatedAt - a.updatedAt);
}
