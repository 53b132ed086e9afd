/** The app's database from outside: read as it is stored, and changed while no page of the app is open. */
import { expect, type BrowserContext, type Page } from '@playwright/test';
import type { CommandRecord } from '../../../src/lib/domain/command';
import type { StoredEvent } from '../../../src/lib/domain/log/event';
import type { SessionRow } from '../../../src/lib/domain/session-row';

const DATABASE = 'muster';

/** A database written down. Bytes and keys, which JSON has no word for, are named and left out. */
export interface Dump {
	name: string;
	/** The browser's own number: ten times the version of the schema. */
	version: number;
	stores: Record<string, StoreDump>;
}
export interface StoreDump {
	keyPath: string | string[] | null;
	autoIncrement: boolean;
	indexes: { name: string; keyPath: string | string[]; unique: boolean; multiEntry: boolean }[];
	records: unknown[];
}

/** A page of the app's origin in which the app does not run: a file that is no page. */
export async function barePage(context: BrowserContext): Promise<Page> {
	const page = await context.newPage();
	await page.goto('/favicon.svg');
	return page;
}

/** Everything there is, or what these stores hold; null while there is no database. Reads in one transaction. */
export function dump(page: Page, only: string[] | null = null): Promise<Dump | null> {
	return page.evaluate(
		async ([name, wanted]) => {
			const known = await indexedDB.databases();
			if (!known.some((database) => database.name === name)) return null;
			const db = await new Promise<IDBDatabase>((resolve, reject) => {
				const request = indexedDB.open(name);
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error ?? new Error('not opened'));
			});
			const told = (_: string, value: unknown): unknown => {
				if (value instanceof CryptoKey) return { $key: value.type, extractable: value.extractable };
				if (value instanceof ArrayBuffer) return { $bytes: value.byteLength };
				if (ArrayBuffer.isView(value)) return { $bytes: value.byteLength };
				return value;
			};
			const all = (store: IDBObjectStore) =>
				new Promise<unknown[]>((resolve, reject) => {
					const request = store.getAll();
					request.onsuccess = () => resolve(JSON.parse(JSON.stringify(request.result, told)));
					request.onerror = () => reject(request.error ?? new Error('not read'));
				});
			const stores: Record<string, StoreDump> = {};
			const names = [...db.objectStoreNames].filter((store) => wanted?.includes(store) ?? true);
			const transaction = names.length > 0 ? db.transaction(names, 'readonly') : null;
			for (const storeName of names) {
				const store = transaction?.objectStore(storeName);
				if (!store) continue;
				stores[storeName] = {
					keyPath: store.keyPath,
					autoIncrement: store.autoIncrement,
					indexes: [...store.indexNames].map((indexName) => {
						const { name, keyPath, unique, multiEntry } = store.index(indexName);
						return { name, keyPath, unique, multiEntry };
					}),
					records: await all(store),
				};
			}
			const { version } = db;
			db.close();
			return { name, version, stores };
		},
		[DATABASE, only] as const,
	);
}

/** Makes the database of a dump, in a context that has none. Without the index of words, whose keys are no part of its records. */
export function restore(page: Page, from: Dump): Promise<void> {
	return page.evaluate(async (wanted) => {
		const db = await new Promise<IDBDatabase>((resolve, reject) => {
			const request = indexedDB.open(wanted.name, wanted.version);
			request.onupgradeneeded = () => {
				for (const [name, { keyPath, autoIncrement, indexes }] of Object.entries(wanted.stores)) {
					const store = request.result.createObjectStore(name, { keyPath, autoIncrement });
					for (const index of indexes)
						store.createIndex(index.name, index.keyPath, {
							unique: index.unique,
							multiEntry: index.multiEntry,
						});
				}
			};
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error ?? new Error('not made'));
		});
		const transaction = db.transaction(Object.keys(wanted.stores), 'readwrite');
		for (const [name, { records, keyPath }] of Object.entries(wanted.stores))
			for (const record of keyPath === null ? [] : records)
				transaction.objectStore(name).put(record);
		await new Promise<void>((resolve, reject) => {
			transaction.oncomplete = () => resolve();
			transaction.onabort = () => reject(transaction.error ?? new Error('not written'));
		});
		db.close();
	}, from);
}

/** What is stored of one session. */
export class StoredLog {
	constructor(
		private readonly page: Page,
		readonly sessionId: string,
	) {}

	async events(): Promise<StoredEvent[]> {
		const all = await this.#records<StoredEvent>('events');
		return all.filter((event) => event.sessionId === this.sessionId).sort((a, b) => a.seq - b.seq);
	}

	async of<K extends StoredEvent['kind']>(kind: K): Promise<Extract<StoredEvent, { kind: K }>[]> {
		const events = await this.events();
		return events.filter(
			(event): event is Extract<StoredEvent, { kind: K }> => event.kind === kind,
		);
	}

	/** Kinds in log order, without the pieces of what still streams, and that somebody has looked. */
	async kinds(): Promise<StoredEvent['kind'][]> {
		const events = await this.events();
		return events
			.map(({ kind }) => kind)
			.filter((kind) => kind !== 'part-delta' && kind !== 'seen');
	}

	async row(): Promise<SessionRow | undefined> {
		const rows = await this.#records<SessionRow>('sessions');
		return rows.find(({ id }) => id === this.sessionId);
	}

	async commands(): Promise<CommandRecord[]> {
		const all = await this.#records<CommandRecord>('commands');
		return all.filter(({ sessionId }) => sessionId === this.sessionId);
	}

	/** Waits until the log holds `count` events of a kind. */
	async has(kind: StoredEvent['kind'], count = 1): Promise<void> {
		await expect
			.poll(async () => (await this.of(kind)).length, { message: `events of kind ${kind}` })
			.toBeGreaterThanOrEqual(count);
	}

	/** Waits until some text of an answer that still streams has been made durable. */
	async hasStreamed(): Promise<void> {
		await expect.poll(async () => (await this.of('part-delta')).length).toBeGreaterThan(0);
	}

	/**
	 * That nothing happened twice: every attempt began and ended at most once, every call was begun once a lease
	 * and answered once, one decision counts for each, and nothing follows the end but what a person asks for.
	 */
	async expectNothingTwice(): Promise<void> {
		const events = await this.events();
		const twice: string[] = [];
		const seen = new Set<string>();
		let ended = false;
		for (const event of events) {
			for (const mark of marksOf(event)) {
				if (seen.has(mark)) twice.push(mark);
				seen.add(mark);
			}
			if (ended && event.by.kind !== 'person' && event.kind !== 'lease-taken')
				twice.push(`${event.kind} after the end`);
			ended = event.kind === 'ended' || (ended && event.by.kind !== 'person');
		}
		expect(twice).toEqual([]);
		const commands = (await this.commands()).map(({ state }) => state);
		expect(commands.filter((state) => state !== 'applied')).toEqual([]);
	}

	async #records<T>(store: string): Promise<T[]> {
		const found = await dump(this.page, [store]);
		return (found?.stores[store]?.records ?? []) as T[];
	}
}

function marksOf(event: StoredEvent): string[] {
	const marks = [`id ${event.id}`];
	switch (event.kind) {
		case 'created':
			return [...marks, 'created'];
		case 'turn-started':
			return [...marks, `${event.turnId} started`];
		case 'turn-ended':
		case 'turn-failed':
			return [...marks, `${event.turnId} over`];
		case 'tool-call':
			return [...marks, `${event.callId} called`];
		case 'tool-started':
			return [...marks, `${event.callId} started in epoch ${epochOf(event)}`];
		case 'tool-result':
			return [...marks, `${event.callId} answered`];
		case 'permission-requested':
			return [...marks, `${event.callId} asked for`];
		case 'permission-decided':
			return [...marks, `${event.callId} decided`];
		default:
			return marks;
	}
}

function epochOf({ by }: StoredEvent): number {
	return by.kind === 'engine' ? by.epoch : 0;
}

/**
 * Cuts a log after its first event of a kind, as when the power went away just then: later events have never
 * been written, and the row says what it said at that moment. No page of the app may be open.
 */
export function cutLogAfter(
	page: Page,
	sessionId: string,
	kind: StoredEvent['kind'],
): Promise<void> {
	return page.evaluate(
		async ([name, id, last]) => {
			const db = await new Promise<IDBDatabase>((resolve, reject) => {
				const request = indexedDB.open(name);
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error ?? new Error('not opened'));
			});
			const transaction = db.transaction(['events', 'sessions'], 'readwrite');
			const events = transaction.objectStore('events');
			const range = IDBKeyRange.bound([id, -Infinity], [id, Infinity]);
			let at = 0;
			let kept: { seq: number; at: number } | null = null;
			events.openCursor(range).onsuccess = ({ target }) => {
				const cursor = (target as IDBRequest<IDBCursorWithValue | null>).result;
				if (!cursor) {
					if (!kept) return;
					const { seq } = kept;
					const rows = transaction.objectStore('sessions');
					rows.get(id).onsuccess = ({ target: got }) => {
						const row = (got as IDBRequest<Record<string, unknown>>).result;
						rows.put({
							...row,
							status: 'running',
							reason: '',
							until: null,
							needsYou: false,
							runningSince: at,
							updatedAt: at,
							seq,
						});
					};
					return;
				}
				const event = cursor.value as { kind: string; seq: number; at: number };
				if (kept) cursor.delete();
				else at = event.at;
				if (!kept && event.kind === last) kept = event;
				cursor.continue();
			};
			await new Promise<void>((resolve, reject) => {
				transaction.oncomplete = () => resolve();
				transaction.onabort = () => reject(transaction.error ?? new Error('not cut'));
			});
			db.close();
		},
		[DATABASE, sessionId, kind] as const,
	);
}
