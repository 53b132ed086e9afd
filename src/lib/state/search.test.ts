import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SearchAnswer, SearchAsk, SearchHit } from '../domain/search/results';
import { SessionSearch } from './search.svelte';

const hit = (id: string, startedAt = 1) => ({ row: { id, startedAt } }) as SearchHit;

const place = (startedAt: number) => ({ startedAt, id: 'p', walk: 1 });

/** A worker that answers when it is told to. */
class Worker {
	readonly asked: (SearchAsk & { answer(answer: Partial<SearchAnswer>): Promise<void> })[] = [];
	readonly ask = (ask: SearchAsk) =>
		new Promise<SearchAnswer>((resolve) => {
			const answer = async (given: Partial<SearchAnswer>) => {
				resolve({ hits: [], next: null, indexing: 0, ...given });
				await new Promise((done) => setTimeout(done));
			};
			this.asked.push({ ...ask, answer });
		});
}

const ids = (search: SessionSearch) => search.hits.map(({ row }) => row.id);

afterEach(() => void vi.useRealTimers());

describe('a search', () => {
	it('shows hits as they come, newest first, and asks until it has enough', async () => {
		const worker = new Worker();
		const search = new SessionSearch(3, worker.ask);
		search.query = 'avatar';
		await worker.asked[0]?.answer({ hits: [hit('b', 2)], next: place(7) });
		expect([ids(search), search.busy]).toEqual([['b'], true]);
		expect(worker.asked[1]).toMatchObject({ query: 'avatar', after: place(7) });
		await worker.asked[1]?.answer({ hits: [hit('a', 1), hit('c', 3)], next: place(3) });
		expect([ids(search), search.busy, search.more]).toEqual([['c', 'b', 'a'], false, true]);
		search.loadMore();
		await worker.asked[2]?.answer({ hits: [hit('z', 0)] });
		expect([ids(search), search.more, worker.asked.length]).toEqual([
			['c', 'b', 'a', 'z'],
			false,
			3,
		]);
	});

	it('forgets what it asked before the last key', async () => {
		const worker = new Worker();
		const search = new SessionSearch(3, worker.ask);
		search.query = 'a';
		search.query = 'av';
		await worker.asked[1]?.answer({ hits: [hit('new')] });
		await worker.asked[0]?.answer({ hits: [hit('stale')] });
		expect(ids(search)).toEqual(['new']);
	});

	it('keeps what was found until there is something else to show', async () => {
		const worker = new Worker();
		const search = new SessionSearch(3, worker.ask);
		search.query = 'a';
		await worker.asked[0]?.answer({ hits: [hit('a')] });
		search.query = 'ab';
		await worker.asked[1]?.answer({ next: place(5) });
		expect(ids(search)).toEqual(['a']);
		await worker.asked[2]?.answer({});
		expect(ids(search)).toEqual([]);
	});

	it('knows whether there is more of what it shows, not of what it is looking for', async () => {
		const worker = new Worker();
		const search = new SessionSearch(1, worker.ask);
		search.query = 'a';
		await worker.asked[0]?.answer({ hits: [hit('a')] });
		search.query = 'ab';
		await worker.asked[1]?.answer({ next: place(5) });
		expect([ids(search), search.more, search.busy]).toEqual([['a'], false, true]);
		await worker.asked[2]?.answer({ hits: [hit('b')], next: place(4) });
		expect([ids(search), search.more, search.busy]).toEqual([['b'], true, false]);
	});

	it('keeps what it shows while it looks again for what was indexed meanwhile', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout'] });
		const worker = new Worker();
		const search = new SessionSearch(2, worker.ask);
		const answered = async (n: number, answer: Partial<SearchAnswer>) => {
			void worker.asked[n]?.answer(answer);
			await vi.advanceTimersByTimeAsync(1);
		};
		search.query = 'a';
		await answered(0, { hits: [hit('b', 2), hit('a', 1)], indexing: 5 });
		await vi.advanceTimersByTimeAsync(5000);
		await answered(1, { next: place(9), indexing: 1 });
		await answered(2, { hits: [hit('c', 3)], next: place(3), indexing: 1 });
		expect([ids(search), search.more]).toEqual([['b', 'a'], false]);
		await answered(3, { hits: [hit('b', 2)], next: place(2) });
		expect([ids(search), search.more, search.busy]).toEqual([['c', 'b'], true, false]);
	});

	it('asks nothing while there are no words', () => {
		const worker = new Worker();
		const search = new SessionSearch(3, worker.ask);
		search.query = ' "…';
		expect([search.active, search.busy, worker.asked.length]).toEqual([false, false, 0]);
	});

	it('says when it could not look', async () => {
		const search = new SessionSearch(3, () => Promise.reject(new Error('no')));
		search.query = 'a';
		await new Promise((done) => setTimeout(done));
		expect([search.failed, search.busy]).toEqual([true, false]);
	});
});
