import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { searchedText } from '$lib/domain/search/event-text';
import { INDEX_VERSION } from '$lib/domain/search/index-words';
import type { SearchAsk, SearchHit } from '$lib/domain/search/results';
import type { EventDraft, StoredEvent } from '$lib/domain/log/event';
import type { SessionRow } from '$lib/domain/session-row';
import { MusterDb } from '$lib/store/db';
import { purgeSessions } from '$lib/store/filing';
import { writeLog } from '$lib/store/log';
import { readyIndex } from '$lib/store/search-index';
import { rowsById } from '$lib/store/session-windows';
import { putRows, rowTables } from '$lib/store/session-rows';
import { BY_ENGINE } from '$lib/domain/deciders/step';
import { sessionRows } from '../../../tests/fixtures/session-rows';
import { SearchIndexer } from './indexer';
import { search } from './search';

const NOW = Date.UTC(2026, 6, 16, 12);
const [template] = sessionRows(20, NOW).slice(-1);

let opened: MusterDb[] = [];
afterEach(async () => {
	vi.restoreAllMocks();
	for (const db of opened) await db.delete();
	opened = [];
});

let made = 0;
/** A workspace with an index, and what is known to be in it. */
class Workspace {
	readonly db = new MusterDb(`search-${++made}`);
	readonly indexer = new SearchIndexer({
		db: this.db,
		trouble: () => undefined,
		pause: () => Promise.resolve(),
	});

	constructor() {
		opened.push(this.db);
	}

	/** Appends what an agent says; makes the session where there is none. */
	async say(id: string, text: string, more: { title?: string; startedAt?: number } = {}) {
		const [row] = await rowsById(this.db, [id]);
		const seq = (row?.seq ?? -1) + 1;
		const draft: EventDraft = {
			kind: 'text',
			by: { kind: 'agent', actor: 'main' },
			turnId: 'main.1',
			index: seq,
			text,
		};
		const event = { ...draft, v: 1, id: `${id}-${seq}`, sessionId: id, at: NOW + seq, seq };
		const before = row ?? { ...template, startedAt: NOW, title: '', deletedAt: null };
		await writeLog(this.db, {
			sessionId: id,
			after: seq - 1,
			events: [event as StoredEvent],
			replaces: [],
			row: { ...(before as NonNullable<typeof row>), ...more, id, seq },
			commandId: null,
		});
	}

	async file(id: string, change: { title?: string; deletedAt?: number; archivedAt?: number }) {
		const [row] = await rowsById(this.db, [id]);
		if (!row) return;
		await this.db.transaction('rw', rowTables(this.db), () =>
			putRows(this.db, [{ ...row, ...change }]),
		);
	}

	async index(): Promise<void> {
		while (await this.indexer.step());
	}

	/** Asks until all has been said: newest first, whatever the number of hits of an answer. */
	async hits(query: string, limit = 3, by = search): Promise<SearchHit[]> {
		const hits = new Map<string, SearchHit>();
		let after: SearchAsk['after'] = null;
		for (let asked = 0; asked < 1000; asked++) {
			const answer = await by(this.db, { query, after, limit });
			expect(answer.hits.length).toBeLessThanOrEqual(limit);
			for (const hit of answer.hits) {
				expect(hits.has(hit.row.id)).toBe(false);
				hits.set(hit.row.id, hit);
			}
			if (answer.next === null) {
				const starts = [...hits.values()].map(({ row }) => row.startedAt);
				expect(starts).toEqual(starts.toSorted((a, b) => b - a));
				return [...hits.values()];
			}
			after = answer.next;
		}
		throw new Error('It went on and on');
	}

	/** Sessions that are nothing but a title, indexed one batch after the other. */
	async titled(batches: readonly (readonly { startedAt: number; title: string }[])[]) {
		for (const batch of batches) {
			const rows = batch.map(({ startedAt, title }) => {
				const id = `s${String(startedAt).padStart(6, '0')}`;
				return { ...(template as SessionRow), id, startedAt, title, deletedAt: null };
			});
			await this.db.transaction('rw', rowTables(this.db), () => putRows(this.db, rows));
			await this.index();
		}
	}

	async ids(query: string): Promise<string[]> {
		return (await this.hits(query)).map(({ row }) => row.id).sort();
	}

	/** What the search should say, found out by reading everything. Plain words only. */
	async expected(query: string): Promise<string[]> {
		const wanted = query.split(' ').filter(Boolean);
		const found: string[] = [];
		for (const row of await this.db.sessions.toArray()) {
			if (row.deletedAt !== null) continue;
			const events = (await this.db.events.toArray()).filter((one) => one.sessionId === row.id);
			const words = [row.title, ...events.map(searchedText)].join(' ').split(/[^a-z]+/);
			const all = wanted.every((word, i) =>
				words.some((other) =>
					i === wanted.length - 1 && !query.endsWith(' ') ? other.startsWith(word) : other === word,
				),
			);
			if (all) found.push(row.id);
		}
		return found.sort();
	}
}

describe('a search', () => {
	it('finds what was said, archived or not, and not what is in Deleted', async () => {
		const workspace = new Workspace();
		await workspace.say('a', 'The avatar upload fails on an iPad', { title: 'Uploads' });
		await workspace.say('b', 'nothing of the kind');
		await workspace.say('c', 'an avatar, archived');
		await workspace.file('c', { archivedAt: NOW });
		await workspace.say('d', 'an avatar, deleted');
		await workspace.file('d', { deletedAt: NOW });
		await workspace.index();
		expect(await workspace.ids('avatar')).toEqual(['a', 'c']);
		expect(await workspace.ids('avatar fai')).toEqual(['a']);
		expect(await workspace.hits('avatar fai')).toMatchObject([
			{
				row: { id: 'a' },
				place: 'answer',
				eventId: 'a-0',
				passage: {
					text: 'The avatar upload fails on an iPad',
					marks: [
						{ from: 4, to: 10 },
						{ from: 18, to: 21 },
					],
				},
			},
		]);
		expect(await workspace.hits('uploads')).toMatchObject([
			{ place: 'title', eventId: null, passage: null, title: { text: 'Uploads' } },
		]);
	});

	it('gives words of a session together though they stand apart, and phrases only where they stand', async () => {
		const workspace = new Workspace();
		await workspace.say('a', 'the avatar');
		await workspace.say('a', 'the upload of it');
		await workspace.say('b', 'an avatar upload');
		await workspace.index();
		expect(await workspace.ids('avatar upload ')).toEqual(['a', 'b']);
		expect(await workspace.ids('"avatar upload"')).toEqual(['b']);
	});

	it('knows what was said a moment ago, before it is in the index', async () => {
		const workspace = new Workspace();
		await workspace.say('a', 'old words');
		await workspace.index();
		await workspace.say('a', 'brand new');
		await workspace.say('b', 'brand new too');
		expect(await workspace.ids('brand ')).toEqual(['a', 'b']);
		expect((await search(workspace.db, { query: 'x', after: null, limit: 5 })).indexing).toBe(2);
	});

	it('goes from the newest session to the oldest, whichever was indexed first', async () => {
		const workspace = new Workspace();
		for (const [id, startedAt] of [
			['old', 1],
			['middle', 2],
			['new', 3],
		] as const)
			await workspace.say(id, 'same words', { startedAt });
		await readyIndex(workspace.db, INDEX_VERSION);
		await workspace.index();
		await workspace.say('newest', 'same words', { startedAt: 4 });
		await workspace.index();
		const order = (await workspace.hits('same', 1)).map(({ row }) => row.id);
		expect(order).toEqual(['newest', 'new', 'middle', 'old']);
	});

	it('has the newest on the first page after an import that was cut off and resumed', async () => {
		const workspace = new Workspace();
		const session = (startedAt: number) => ({ startedAt, title: 'same words' });
		const between = (from: number, to: number) =>
			Array.from({ length: to - from }, (_, i) => session(from + i));
		await workspace.titled([[session(900)], between(100, 110), between(500, 510)]);
		const { hits } = await search(workspace.db, { query: 'same', after: null, limit: 5 });
		expect(hits.map(({ row }) => row.startedAt)).toEqual([900, 509, 508, 507, 506]);
		expect(await workspace.hits('same', 4)).toHaveLength(21);
	});

	it('goes from the newest to the oldest of many, common words or rare, in whatever order they came', async () => {
		const workspace = new Workspace();
		const starts = Array.from({ length: 300 }, (_, i) => (i * 7919) % 300);
		const titles = (startedAt: number) =>
			['common', startedAt % 3 ? '' : 'third', startedAt % 110 ? '' : 'rare'].join(' ');
		const batches = Array.from({ length: 6 }, (_, i) =>
			starts
				.slice(i * 50, i * 50 + 50)
				.map((startedAt) => ({ startedAt, title: titles(startedAt) })),
		);
		await workspace.titled(batches);
		const wanted = (step: number) => starts.filter((at) => at % step === 0).sort((a, b) => b - a);
		for (const [query, step] of [
			['common ', 1],
			['comm', 1],
			['third ', 3],
			['third rare ', 330],
			['rare ', 110],
			['rar', 110],
			['nothing', 1000],
		] as const)
			for (const limit of [1, 12, 500])
				expect((await workspace.hits(query, limit)).map(({ row }) => row.startedAt)).toEqual(
					step === 1000 ? [] : wanted(step),
				);
	}, 60_000);

	it('goes on where it stopped in a worker that knows nothing of it', async () => {
		const workspace = new Workspace();
		const session = (startedAt: number) => ({ startedAt, title: startedAt % 40 ? 'a' : 'rare a' });
		await workspace.titled([Array.from({ length: 200 }, (_, i) => session(i))]);
		const forgetful: typeof search = async (db, ask) => {
			const after = ask.after && { ...ask.after, walk: -1 - ask.after.walk };
			return search(db, { ...ask, after });
		};
		const starts = (hits: SearchHit[]) => hits.map(({ row }) => row.startedAt);
		expect(starts(await workspace.hits('rare', 1, forgetful))).toEqual([160, 120, 80, 40, 0]);
		expect(starts(await workspace.hits('a ', 50, forgetful))).toHaveLength(200);
	});

	it('puts what is not in the index yet where it belongs', async () => {
		const workspace = new Workspace();
		await workspace.say('new', 'same words', { startedAt: 9 });
		await workspace.index();
		await workspace.say('old', 'same words', { startedAt: 1 });
		const order = (await workspace.hits('same', 1)).map(({ row }) => row.id);
		expect(order).toEqual(['new', 'old']);
	});

	it('finds every session of many blocks once', async () => {
		const workspace = new Workspace();
		const rows = sessionRows(1100, NOW).map((row, i) => ({
			...row,
			startedAt: NOW - i,
			title: 'same words',
		}));
		await workspace.db.transaction('rw', rowTables(workspace.db), () =>
			putRows(workspace.db, rows.toReversed()),
		);
		await workspace.index();
		const hits = await workspace.hits('same', 50);
		expect(hits.map(({ row }) => row.id).join()).toBe(rows.map(({ id }) => id).join());
		expect(await workspace.db.searchPostings.count()).toBeLessThan(20);
	}, 120_000);

	it('agrees with reading everything, whatever is said, renamed, deleted, purged or cut off', async () => {
		const words = ['avatar', 'upload', 'up', 'fail', 'failed', 'ticket', 'a'];
		const id = fc.constantFrom('s1', 's2', 's3', 's4');
		const phrase = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 });
		const act = fc.oneof(
			fc.record({ do: fc.constant('say' as const), id, text: phrase }),
			fc.record({ do: fc.constant('rename' as const), id, text: phrase }),
			fc.record({ do: fc.constantFrom('delete', 'archive', 'purge'), id }),
			fc.record({ do: fc.constantFrom('index', 'die in the index', 'die after it', 'rebuild') }),
		);
		const query = fc
			.tuple(fc.array(fc.constantFrom(...words, 'fa', 't'), { maxLength: 3 }), fc.boolean())
			.map(([words, closed]) => words.join(' ') + (closed ? ' ' : ''));
		await fc.assert(
			fc.asyncProperty(
				fc.array(act, { maxLength: 14 }),
				fc.array(query, { minLength: 3, maxLength: 3 }),
				async (acts, queries) => {
					const workspace = new Workspace();
					for (const act of acts) await carryOut(workspace, act);
					for (const query of queries)
						if (query.trim())
							expect(await workspace.ids(query)).toEqual(await workspace.expected(query));
					await workspace.index();
					for (const query of queries)
						if (query.trim())
							expect(await workspace.ids(query)).toEqual(await workspace.expected(query));
					await nothingOfWhatHasGone(workspace);
				},
			),
			{ numRuns: 40 },
		);
	}, 120_000);
});

async function carryOut(workspace: Workspace, act: { do: string; id?: string; text?: string[] }) {
	const { db } = workspace;
	const id = act.id ?? '';
	const text = act.text?.join(' ') ?? '';
	switch (act.do) {
		case 'say':
			return workspace.say(id, text);
		case 'rename':
			return workspace.file(id, { title: text });
		case 'delete':
			return workspace.file(id, { deletedAt: NOW });
		case 'archive':
			return workspace.file(id, { archivedAt: NOW });
		case 'purge':
			await workspace.file(id, { deletedAt: NOW });
			await purgeSessions(db, [id]);
			return;
		case 'index':
			return workspace.index();
		case 'rebuild':
			await db.settings.clear();
			return readyIndex(db, INDEX_VERSION);
		default: {
			const killed = Promise.reject(new Error('killed'));
			killed.catch(() => undefined);
			const table = act.do === 'die after it' ? db.searchTasks : db.searchPostings;
			const method = act.do === 'die after it' ? 'bulkDelete' : 'bulkPut';
			const spy = vi
				.spyOn(table as typeof db.searchTasks, method)
				.mockImplementation((() => killed) as never);
			await workspace.indexer.step().catch(() => undefined);
			spy.mockRestore();
		}
	}
}

/** Every place in every posting is one of a session that is there. */
async function nothingOfWhatHasGone({ db }: Workspace): Promise<void> {
	const there = new Set((await db.searchDocuments.toArray()).map(({ n }) => n));
	const sessions = await db.sessions.count();
	expect(there.size).toBe(sessions);
	const keys = (await db.searchPostings.toCollection().primaryKeys()) as [number, string][];
	const postings = await db.searchPostings.toArray();
	for (const [i, [block]] of keys.entries())
		for (const place of postings[i] ?? []) expect(there).toContain(block * 1024 + place);
}

describe('the indexer', () => {
	it('takes in what comes by itself, until it is stopped', async () => {
		const workspace = new Workspace();
		await workspace.say('a', 'first');
		const stop = workspace.indexer.start();
		await vi.waitFor(async () => expect(await workspace.db.searchTasks.count()).toBe(0));
		await workspace.say('b', 'second');
		await vi.waitFor(async () => expect(await workspace.db.searchTasks.count()).toBe(0));
		expect(await workspace.db.searchDocuments.count()).toBe(2);
		stop();
	});

	it('reads only what is new of a session it knows', async () => {
		const workspace = new Workspace();
		await workspace.say('a', 'first');
		await workspace.index();
		await workspace.db.events.clear();
		await workspace.db.events.add({
			...({ kind: 'text', turnId: 't', index: 1, text: 'second', by: BY_ENGINE } as object),
			v: 1,
			id: 'e2',
			sessionId: 'a',
			at: NOW,
			seq: 1,
		} as StoredEvent);
		await workspace.file('a', {});
		await workspace.index();
		const keys = (await workspace.db.searchPostings.toCollection().primaryKeys()) as [
			number,
			string,
		][];
		expect(keys.map(([, word]) => word)).toEqual(['first', 'second']);
	});

	it('takes less at once, and rests longer, while somebody is at a page', async () => {
		const workspace = new Workspace();
		let inUse = true;
		const rests: number[] = [];
		const indexer = new SearchIndexer({
			db: workspace.db,
			trouble: () => undefined,
			inUse: () => inUse,
			pause: (ms) => Promise.resolve(void rests.push(ms)),
		});
		const words = Array.from({ length: 3000 }, (_, i) => `word${i}`).join(' ');
		for (const id of ['a', 'b', 'c', 'd']) await workspace.say(id, words);
		await indexer.step();
		expect(await workspace.db.searchDocuments.count()).toBe(1);
		inUse = false;
		await indexer.step();
		expect(await workspace.db.searchDocuments.count()).toBe(4);
		inUse = true;
		await workspace.say('a', 'more');
		const stop = indexer.start();
		await vi.waitFor(() => expect(rests.length).toBeGreaterThan(0));
		stop();
		expect(rests[0]).toBeGreaterThan(100);
	});

	it('stops while the device is full, says so, and goes on when there is room', async () => {
		const said: (string | null)[] = [];
		const workspace = new Workspace();
		let waits = 0;
		const indexer = new SearchIndexer({
			db: workspace.db,
			trouble: (failure) => said.push(failure?.code ?? null),
			pause: () => new Promise((resolve) => setTimeout(resolve, ++waits && 1)),
		});
		await workspace.say('a', 'first');
		const full = vi
			.spyOn(workspace.db.searchPostings, 'bulkPut')
			.mockImplementation((() =>
				Promise.reject(new DOMException('full', 'QuotaExceededError'))) as never);
		const stop = indexer.start();
		await vi.waitFor(() => expect(waits).toBeGreaterThan(3));
		expect(said).toEqual(['search-full']);
		expect(await workspace.db.searchDocuments.count()).toBe(0);
		full.mockRestore();
		await vi.waitFor(() => expect(said).toEqual(['search-full', null]));
		expect(await workspace.ids('first')).toEqual(['a']);
		stop();
	});

	it('indexes everything anew when words are cut otherwise', async () => {
		const workspace = new Workspace();
		await workspace.say('a', 'first');
		await workspace.index();
		await workspace.db.searchPostings.put(Uint16Array.of(0), [0, 'stale'] as never);
		await readyIndex(workspace.db, INDEX_VERSION + 1);
		await workspace.index();
		const keys = (await workspace.db.searchPostings.toCollection().primaryKeys()) as [
			number,
			string,
		][];
		expect(keys.map(([, word]) => word)).toEqual(['first']);
	});
});
