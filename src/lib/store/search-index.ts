/**
 * The index of words, as it is stored. Numbers of documents are in blocks of {@link BLOCK}: a posting is rewritten
 * whole, so it must stay small, and a search goes from block to block and stops when it has enough.
 */
import type { IndexableTypeArrayReadonly } from 'dexie';
import type { MusterDb, SearchDocument, SearchTask } from './db';
import { quotaAware } from './log';

export const BLOCK = 1024;
const VERSION_KEY = 'searchIndexVersion';
/** Records of one request: the engine's own requests come in between. */
const AT_ONCE = 500;
/** Documents of a block that are read one by one; more are read with the whole block. */
const ONE_BY_ONE = 64;
/** After every word. */
const LAST = '\uffff';

export const blockOf = (n: number): number => Math.floor(n / BLOCK);
export const placeOf = (n: number): number => n - blockOf(n) * BLOCK;

/** Words that are new in a session. */
export interface NewWords {
	sessionId: string;
	/** Epoch ms. */
	startedAt: number;
	/** Seq of the last event that was read. */
	seq: number;
	words: ReadonlySet<string>;
}

/** The tasks given last, newest first. */
export function newestTasks(db: MusterDb, limit: number): Promise<Required<SearchTask>[]> {
	return db.searchTasks.orderBy('n').reverse().limit(limit).toArray() as Promise<
		Required<SearchTask>[]
	>;
}

export async function dropTasks(db: MusterDb, tasks: readonly { n: number }[]): Promise<void> {
	await db.searchTasks.bulkDelete(tasks.map(({ n }) => n));
}

export function countTasks(db: MusterDb): Promise<number> {
	return db.searchTasks.count();
}

export async function documentsOf(
	db: MusterDb,
	sessionIds: readonly string[],
): Promise<Map<string, SearchDocument>> {
	const found = await db.searchDocuments
		.where('sessionId')
		.anyOf([...sessionIds])
		.toArray();
	return new Map(found.map((document) => [document.sessionId, document]));
}

/**
 * Puts words into the index, all of them or none. Whatever runs meanwhile is not kept from writing: no table of
 * logs is touched. Throws `StorageFullError`, having changed nothing.
 */
export function addWords(db: MusterDb, batch: readonly NewWords[]): Promise<void> {
	return quotaAware(() =>
		db.transaction('rw', [db.searchDocuments, db.searchPostings], async () => {
			const documents = await numbered(db, batch);
			const places = new Map<string, Map<number, Set<number>>>();
			for (const [i, { words }] of batch.entries()) {
				const n = documents[i]?.n ?? 0;
				for (const word of words) {
					let blocks = places.get(word);
					if (!blocks) places.set(word, (blocks = new Map()));
					let inBlock = blocks.get(blockOf(n));
					if (!inBlock) blocks.set(blockOf(n), (inBlock = new Set()));
					inBlock.add(placeOf(n));
				}
			}
			await db.searchDocuments.bulkPut(documents);
			const postings = [...places].flatMap(([word, blocks]) =>
				[...blocks].map(([block, added]) => ({ key: [block, word] as [number, string], added })),
			);
			// In the order they lie on the disk.
			postings.sort(({ key: [a, one] }, { key: [b, other] }) =>
				a === b ? (one < other ? -1 : 1) : a - b,
			);
			for (let at = 0; at < postings.length; at += AT_ONCE)
				await addPlaces(db, postings.slice(at, at + AT_ONCE));
		}),
	);
}

async function addPlaces(
	db: MusterDb,
	postings: readonly { key: [number, string]; added: ReadonlySet<number> }[],
): Promise<void> {
	const keys = postings.map(({ key }) => key);
	const known = await db.searchPostings.bulkGet(keys);
	const next = postings.map(({ added }, i) => {
		const before = known[i];
		const all = before ? new Set([...before, ...added]) : added;
		return Uint16Array.from(all).sort();
	});
	await db.searchPostings.bulkPut(next, indexable(keys));
}

/** Dexie has no type for keys of more than one kind. */
function indexable(keys: readonly [number, string][]): IndexableTypeArrayReadonly {
	return keys as unknown as IndexableTypeArrayReadonly;
}

/** Documents with what is known of them now; sessions that are new to the index get a number. */
async function numbered(db: MusterDb, batch: readonly NewWords[]): Promise<SearchDocument[]> {
	const known = await documentsOf(
		db,
		batch.map(({ sessionId }) => sessionId),
	);
	const last = await db.searchDocuments.orderBy('n').last();
	const first = await db.searchDocuments.orderBy('n').first();
	const inOrder = batch
		.filter(({ sessionId }) => !known.has(sessionId))
		.sort((a, b) => a.startedAt - b.startedAt);
	const isNewer = ({ startedAt }: NewWords) => !last || startedAt >= last.startedAt;
	const newer = inOrder.filter(isNewer);
	const older = inOrder.filter((one) => !isNewer(one)).reverse();
	const numbers = new Map([
		...newer.map(({ sessionId }, i): [string, number] => [sessionId, (last?.n ?? -1) + 1 + i]),
		...older.map(({ sessionId }, i): [string, number] => [sessionId, (first?.n ?? 0) - 1 - i]),
	]);
	return batch.map(({ sessionId, startedAt, seq }) => {
		const before = known.get(sessionId);
		if (before) return { ...before, seq, startedAt };
		return { n: numbers.get(sessionId) as number, sessionId, seq, startedAt };
	});
}

/** From now on no search finds these sessions; {@link takeOutGone} removes their words. */
export async function markGone(db: MusterDb, sessionIds: readonly string[]): Promise<void> {
	await db.searchDocuments
		.where('sessionId')
		.anyOf([...sessionIds])
		.modify((document) => {
			// The session may come back, out of a file, and is then another document.
			document.sessionId = String(document.n);
			document.gone = 1;
		});
}

/**
 * Removes what is left of sessions that have gone from one block: word by word, so that nothing of them stays.
 * Resolves with whether there is more to do.
 */
export function takeOutGone(db: MusterDb): Promise<boolean> {
	return quotaAware(() =>
		db.transaction('rw', [db.searchDocuments, db.searchPostings], async () => {
			const one = await db.searchDocuments.where('gone').equals(1).first();
			if (!one) return false;
			const block = blockOf(one.n);
			const gone = (await db.searchDocuments.where('gone').equals(1).toArray()).filter(
				({ n }) => blockOf(n) === block,
			);
			const places = new Set(gone.map(({ n }) => placeOf(n)));
			let from: [number, string] = [block, ''];
			for (;;) {
				const page = db.searchPostings
					.where(':id')
					.between(from, [block, LAST], from[1] === '', true)
					.limit(AT_ONCE);
				const keys = (await page.primaryKeys()) as [number, string][];
				const postings = await page.toArray();
				const emptied: [number, string][] = [];
				const changed: { key: [number, string]; left: Uint16Array }[] = [];
				for (const [i, posting] of postings.entries()) {
					const left = posting.filter((place) => !places.has(place));
					const key = keys[i] as [number, string];
					if (left.length === 0) emptied.push(key);
					else if (left.length < posting.length) changed.push({ key, left });
				}
				await db.searchPostings.bulkDelete(emptied);
				await db.searchPostings.bulkPut(
					changed.map(({ left }) => left),
					indexable(changed.map(({ key }) => key)),
				);
				const last = keys.at(-1);
				if (!last || keys.length < AT_ONCE) break;
				from = last;
			}
			await db.searchDocuments.bulkDelete(gone.map(({ n }) => n));
			return true;
		}),
	);
}

/**
 * Makes the index one of this version: one of another version is thrown away, and every session is given out to be
 * read anew, oldest first, since the newest tasks are taken up first. Safe to be cut off anywhere.
 */
export async function readyIndex(db: MusterDb, version: number): Promise<void> {
	const known = await db.settings.get(VERSION_KEY);
	if (known?.value === version) return;
	await db.searchPostings.clear();
	await db.searchDocuments.clear();
	await db.searchTasks.clear();
	const ids = (await db.sessions.orderBy('startedAt').primaryKeys()) as string[];
	// In pieces, so that nobody who writes a row waits long; the version is last, and says that all is there.
	await quotaAware(async () => {
		for (let at = 0; at < ids.length; at += AT_ONCE)
			await db.searchTasks.bulkAdd(ids.slice(at, at + AT_ONCE).map((sessionId) => ({ sessionId })));
		await db.settings.put({ key: VERSION_KEY, value: version });
	});
}

/** The first and the last block there is; null: nothing is indexed. */
export async function blockRange(db: MusterDb): Promise<{ first: number; last: number } | null> {
	const [first, last] = await Promise.all([
		db.searchDocuments.orderBy('n').first(),
		db.searchDocuments.orderBy('n').last(),
	]);
	return first && last ? { first: blockOf(first.n), last: blockOf(last.n) } : null;
}

/** Postings of words in blocks, in the order of `keys`; undefined: no document there holds the word. */
export function postingsOf(
	db: MusterDb,
	keys: readonly [block: number, word: string][],
): Promise<(Uint16Array | undefined)[]> {
	return db.searchPostings.bulkGet([...keys]);
}

/** Postings of every word in a block that begins with `prefix`. */
export function postingsUnder(db: MusterDb, block: number, prefix: string): Promise<Uint16Array[]> {
	return db.searchPostings
		.where(':id')
		.between([block, prefix], [block, prefix + LAST], true, true)
		.toArray();
}

/** Documents of a block that are at one of `places` and have not gone. */
export async function documentsAt(
	db: MusterDb,
	block: number,
	places: ReadonlySet<number>,
): Promise<SearchDocument[]> {
	const numbers = [...places].map((place) => block * BLOCK + place);
	// One read of all costs as much as some dozens of single ones.
	const found =
		places.size > ONE_BY_ONE
			? await db.searchDocuments
					.where('n')
					.between(block * BLOCK, (block + 1) * BLOCK)
					.toArray()
			: await db.searchDocuments.bulkGet(numbers);
	return found.filter(
		(document): document is SearchDocument =>
			document !== undefined && !document.gone && places.has(placeOf(document.n)),
	);
}

/** When a session began, and its id where several began at once: its place among all sessions. */
export interface SessionStart {
	/** Epoch ms. */
	startedAt: number;
	id: string;
}

/** In the order of {@link startsBelow}. */
export function newestFirst(a: SessionStart, b: SessionStart): number {
	return b.startedAt - a.startedAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

/** The newest of the sessions that come after `below`, newest first. */
export async function startsBelow(
	db: MusterDb,
	below: SessionStart,
	limit: number,
): Promise<SessionStart[]> {
	const { startedAt } = below;
	const atOnce = (await db.sessions.where('startedAt').equals(startedAt).primaryKeys()) as string[];
	const starts = atOnce
		.map((id) => ({ startedAt, id }))
		.filter((start) => newestFirst(below, start) < 0)
		.sort(newestFirst)
		.slice(0, limit);
	if (starts.length < limit)
		await db.sessions
			.where('startedAt')
			.below(startedAt)
			.reverse()
			.limit(limit - starts.length)
			.eachKey((key, { primaryKey }) =>
				starts.push({ startedAt: key as number, id: primaryKey as string }),
			);
	return starts;
}
