import { execFile } from 'node:child_process';
import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { MemoryStore } from './memory-store';
import { openLevelStore } from './open-store';
import { emptySpan, grown, replaced, StoreError, type Change, type Span, type Store } from './port';

const home = mkdtempSync(join(tmpdir(), 'muster-store-'));
afterAll(() => rmSync(home, { recursive: true }));
let made = 0;
const newFolder = () => join(home, String(++made));

const bytes = (...values: number[]) => new Uint8Array(values);
const statement = (workspace: string, index: number, length = 3): Change => ({
	kind: 'statement',
	workspace,
	index,
	statement: new Uint8Array(length).fill(index),
});

/** Appends one after the other, as a room does. */
async function write(store: Store, workspace: string, room: string, ...updates: Uint8Array[]) {
	let span: Span = (await store.room(workspace, room)).span;
	for (const update of updates) {
		span = grown(span, update.length);
		await store.commit([{ kind: 'update', workspace, room, span, update }]);
	}
	return span;
}
const read = async (store: Store, workspace: string, room: string) => {
	const { updates, ...more } = await store.room(workspace, room);
	return { updates: updates.map((update) => [...update]), ...more };
};

describe.each([
	{ name: 'in memory', open: async () => new MemoryStore() as Store },
	{ name: 'on LevelDB', open: () => openLevelStore(newFolder()) },
])('the store $name', ({ open }) => {
	it('gives the updates of a room in the order they were kept', async () => {
		const store = await open();
		await write(store, 'w', 'a', ...Array.from({ length: 12 }, (_, n) => bytes(n)));
		expect((await read(store, 'w', 'a')).updates.flat()).toEqual([...Array(12).keys()]);
		await store.close();
	});

	it('knows nothing of a room that was never written to', async () => {
		const store = await open();
		expect(await read(store, 'w', 'a')).toEqual({ updates: [], span: emptySpan, unreadable: 0 });
		await store.close();
	});

	it('puts one update in the place of all, and goes on behind it', async () => {
		const store = await open();
		const before = await write(store, 'w', 'a', bytes(1), bytes(2), bytes(3));
		const span = replaced(before, 2);
		const update = bytes(8, 9);
		await store.commit([{ kind: 'replace', workspace: 'w', room: 'a', before, span, update }]);
		await write(store, 'w', 'a', bytes(4));
		expect(await read(store, 'w', 'a')).toEqual({
			updates: [[8, 9], [4]],
			span: { first: 3, next: 5, bytes: 3 },
			unreadable: 0,
		});
		await store.close();
	});

	it('keeps rooms apart, of one workspace and of others, whatever their names begin with', async () => {
		const store = await open();
		await write(store, 'w', 'a', bytes(1));
		await write(store, 'w', 'a-', bytes(2));
		await write(store, 'w', 'aa', bytes(3));
		await write(store, 'w2', 'a', bytes(4, 4));
		expect((await read(store, 'w', 'a')).updates).toEqual([[1]]);
		expect(await store.roomBytes('w')).toBe(3);
		expect(await store.roomBytes('w2')).toBe(2);
		expect(await store.roomBytes('x')).toBe(0);
		await store.close();
	});

	it('gives a roster by pages, at least one statement each', async () => {
		const store = await open();
		await store.commit([0, 1, 2].map((index) => statement('w', index, 10)));
		expect((await store.statements('w', 0, 25)).map(([n]) => n)).toEqual([0, 1]);
		expect((await store.statements('w', 2, 1)).map(([n]) => n)).toEqual([2]);
		expect(await store.statements('w', 3, 100)).toEqual([]);
		expect(await store.statements('x', 0, 100)).toEqual([]);
		await store.close();
	});

	it('knows the workspaces that were begun', async () => {
		const store = await open();
		expect(await store.workspaces()).toEqual([]);
		await store.commit([statement('w', 0), statement('v', 0), statement('w', 1)]);
		expect((await store.workspaces()).sort()).toEqual(['v', 'w']);
		await store.close();
	});
});

describe('[7.4] a folder', () => {
	it('is there again after closing', async () => {
		const folder = newFolder();
		const first = await openLevelStore(folder);
		await write(first, 'w', 'a', bytes(1), bytes(2));
		await first.close();
		const again = await openLevelStore(folder);
		expect((await read(again, 'w', 'a')).updates).toEqual([[1], [2]]);
		await again.close();
	});

	it('of a newer format is refused, and stays as it is', async () => {
		const folder = newFolder();
		mkdirSync(folder);
		writeFileSync(join(folder, 'format'), 'muster relay 2\n');
		await expect(openLevelStore(folder)).rejects.toThrow(/newer Muster.*Update Muster/);
		expect(readdirSync(folder)).toEqual(['format']);
	});

	it('whose format is not to be read is refused', async () => {
		const folder = newFolder();
		mkdirSync(folder);
		writeFileSync(join(folder, 'format'), '');
		await expect(openLevelStore(folder)).rejects.toThrow(/damaged.*backup/);
	});

	it('that holds something else is refused, and stays as it is', async () => {
		const folder = newFolder();
		mkdirSync(folder);
		writeFileSync(join(folder, 'thesis.txt'), 'x');
		await expect(openLevelStore(folder)).rejects.toThrow(/no relay's.*RELAY_DATA/);
		expect(readdirSync(folder)).toEqual(['thesis.txt']);
	});

	it('that can not be made is refused', async () => {
		const file = newFolder();
		writeFileSync(file, '');
		await expect(openLevelStore(join(file, 'relay'))).rejects.toThrow(
			/can not write to its folder/,
		);
	});

	it('in use by another process is refused', async () => {
		const folder = newFolder();
		const store = await openLevelStore(folder);
		const script = `import('${new URL('../../build-relay/main.js', import.meta.url)}')`;
		const env = { ...process.env, RELAY_DATA: folder, RELAY_PORT: '0' };
		const said = await new Promise<string>((done) =>
			execFile(process.execPath, ['-e', script], { env }, (_error, _out, err) => done(err)),
		);
		expect(said).toMatch(/in use by another process.*RELAY_DATA/);
		await store.close();
	});

	it.each([
		['its CURRENT is gone', (db: string) => rmSync(join(db, 'CURRENT'))],
		['its CURRENT is empty', (db: string) => truncateSync(join(db, 'CURRENT'))],
		[
			'its manifest is gone',
			(db: string) =>
				readdirSync(db)
					.filter((f) => f.startsWith('MANIFEST'))
					.forEach((f) => rmSync(join(db, f))),
		],
	])('is refused as damaged where %s, and what is in it stays', async (_, damage) => {
		const folder = newFolder();
		const store = await openLevelStore(folder);
		await write(store, 'w', 'a', bytes(1));
		await store.close();
		damage(join(folder, 'db'));
		const logs = () => readdirSync(join(folder, 'db')).filter((file) => /\.(log|ldb)$/.test(file));
		const before = logs();
		await expect(openLevelStore(folder)).rejects.toThrow(/damaged.*Nothing was changed/);
		expect(logs()).toEqual(before);
	});

	it('whose log was cut short opens, with all but what was cut', async () => {
		const folder = newFolder();
		const store = await openLevelStore(folder);
		await write(store, 'w', 'a', bytes(1), bytes(2), bytes(3));
		await store.close();
		const log = join(
			folder,
			'db',
			readdirSync(join(folder, 'db')).find((f) => f.endsWith('.log'))!,
		);
		truncateSync(log, readFileSync(log).length - 5);
		const again = await openLevelStore(folder);
		expect((await read(again, 'w', 'a')).updates).toEqual([[1], [2]]);
		await again.close();
	});

	it('with a damaged record gives the others, counts it, and writes over none of them', async () => {
		const folder = newFolder();
		const store = await openLevelStore(folder);
		const large = Array.from({ length: 6 }, (_, n) => new Uint8Array(20_000).fill(n + 1));
		await write(store, 'w', 'a', ...large);
		await store.close();
		// LevelDB drops the block of its log whose sum is wrong, and says nothing.
		const log = join(
			folder,
			'db',
			readdirSync(join(folder, 'db')).find((f) => f.endsWith('.log'))!,
		);
		const content = readFileSync(log);
		content[content.indexOf(Buffer.alloc(40, 2)) + 3] = 0;
		writeFileSync(log, content);
		const again = await openLevelStore(folder);
		const room = await again.room('w', 'a');
		expect(room.unreadable).toBeGreaterThan(0);
		expect(room.updates).toContainEqual(large[5]);
		const span = await write(again, 'w', 'a', bytes(5));
		expect((await read(again, 'w', 'a')).updates).toContainEqual([5]);
		expect(span.next).toBeGreaterThan(room.span.next);
		await again.close();
	});

	it('is an error with a sentence once it is closed', async () => {
		const store = await openLevelStore(newFolder());
		await store.close();
		await expect(store.room('w', 'a')).rejects.toThrow(StoreError);
	});
});
