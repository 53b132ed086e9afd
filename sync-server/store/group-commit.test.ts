import { describe, expect, it } from 'vitest';
import { GroupCommit } from './group-commit';
import { emptySpan, type Change } from './port';

const change = (n: number): Change => ({
	kind: 'update',
	workspace: 'w',
	room: String(n),
	span: emptySpan,
	update: new Uint8Array([n]),
});
const names = (changes: readonly Change[]) =>
	changes.map((one) => (one.kind === 'statement' ? '' : one.room));

/** A store whose commits end when the test says so. */
class Held {
	readonly groups: string[][] = [];
	#ends: { done: () => void; failed: (error: Error) => void }[] = [];
	commit = (changes: readonly Change[]) => {
		this.groups.push(names(changes));
		return new Promise<void>((done, failed) => this.#ends.push({ done, failed }));
	};
	end(error?: Error) {
		const next = this.#ends.shift();
		if (error) next?.failed(error);
		else next?.done();
	}
}
const turn = () => new Promise((done) => setImmediate(done));

describe('[3.4] commits are grouped', () => {
	it('what comes while one is under way is in the next, all of it', async () => {
		const store = new Held();
		const commits = new GroupCommit(store);
		const kept: number[] = [];
		const add = (n: number) => void commits.add([change(n)]).then(() => kept.push(n));
		add(1);
		await turn();
		[2, 3, 4].forEach(add);
		await turn();
		expect(store.groups).toEqual([['1']]);
		store.end();
		await turn();
		expect(kept).toEqual([1]);
		expect(store.groups).toEqual([['1'], ['2', '3', '4']]);
		store.end();
		await commits.idle();
		expect(kept).toEqual([1, 2, 3, 4]);
	});

	it('[3.1] where one fails, what waits behind it fails too, and the next is tried', async () => {
		const store = new Held();
		const commits = new GroupCommit(store);
		const first = commits.add([change(1)]);
		await turn();
		const second = commits.add([change(2)]);
		store.end(new Error('no room'));
		await expect(first).rejects.toThrow('no room');
		await expect(second).rejects.toThrow('no room');
		const third = commits.add([change(3)]);
		await turn();
		store.end();
		await third;
		expect(store.groups).toEqual([['1'], ['3']]);
	});
});
