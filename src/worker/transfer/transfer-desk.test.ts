import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { seedLines } from '../../../tests/support/seed';
import {
	check,
	contents,
	exported,
	fileOf,
	merge,
	NOW,
} from '../../../tests/support/workspace-file';
import { unzipped, zipped } from '../../../tests/support/zip';
import { changesAnything, emptyTally, type Tally } from '$lib/domain/import/tally';
import type { StoredEvent } from '$lib/domain/log/event';
import { countKeysOf } from '$lib/domain/views/facets';
import { spentSince } from '$lib/domain/views/spend';
import { MusterDb } from '$lib/store/db';
import { newId } from '$lib/store/ids';
import { importJob } from './import-job';
import { TransferDesk } from './transfer-desk';
import { WorkspaceSource } from './workspace-source';

// Whole workspaces, several times each, in a database that is made of scripts.
vi.setConfig({ testTimeout: 60_000 });

const empty = () => new MusterDb(`test-${newId()}`);
const someSeed = fc.integer({ min: 1, max: 1_000_000 });

function seeded(sessions: number, seed = 1) {
	return zipped(whole([...seedLines({ sessions, until: NOW, seed, long: false })]));
}

/** A file's text around these lines. */
function whole(lines: readonly object[], header: object = {}): string {
	const head = { format: 'muster-workspace', version: 1, writtenAt: NOW, workspace: 'Seed' };
	const text = [{ ...head, ...header }, ...lines]
		.map((line) => `${JSON.stringify(line)}\n`)
		.join('');
	const all = (kind: string, id: string): string[] =>
		lines.flatMap((line) => (kind in line ? [Reflect.get(Reflect.get(line, kind), id)] : []));
	const end = {
		sessions: new Set(all('event', 'sessionId')).size,
		events: all('event', 'id').length,
		tickets: new Set(all('ticket', 'ticketId')).size,
		ticketEvents: all('ticket', 'id').length,
		agents: all('agent', 'id').length,
		sha256: createHash('sha256').update(text).digest('hex'),
	};
	return `${text}${JSON.stringify({ end })}\n`;
}

async function tallyOf(step: Promise<unknown>): Promise<Tally> {
	return ((await step) as { tally: Tally }).tally;
}

/** What an import may not touch where it was refused. */
async function untouched(file: Uint8Array<ArrayBuffer>, name?: string): Promise<string> {
	const db = empty();
	await merge(db, fileOf(seeded(3)));
	const before = await contents(db);
	const step = await check(db, fileOf(file, name));
	expect(step.is).toBe('failed');
	expect(await contents(db)).toEqual(before);
	return step.is === 'failed' ? step.failure.message : '';
}

describe('export and import', () => {
	test('what is exported comes into an empty workspace as it was', () =>
		fc.assert(
			fc.asyncProperty(someSeed, async (seed) => {
				const [one, other] = [empty(), empty()];
				await merge(one, fileOf(seeded(12, seed)));
				await merge(other, fileOf(await exported(one)));
				const [before, after] = [await contents(one), await contents(other)];
				const rest = (all: typeof before) => ({ ...all, settings: null });
				expect(rest(after)).toEqual(rest(before));
			}),
			{ numRuns: 6 },
		));

	test('the same file once more changes nothing', () =>
		fc.assert(
			fc.asyncProperty(someSeed, async (seed) => {
				const db = empty();
				const file = fileOf(seeded(12, seed));
				await merge(db, file);
				const before = await contents(db);
				expect(changesAnything(await tallyOf(check(db, file)))).toBe(false);
				expect(changesAnything(await tallyOf(merge(db, file)))).toBe(false);
				expect(await contents(db)).toEqual(before);
			}),
			{ numRuns: 6 },
		));

	test('a file is seen through first, and merged as it was seen', async () => {
		const db = empty();
		const file = fileOf(seeded(15));
		const seen = await check(db, file);
		expect(seen).toMatchObject({ is: 'checked', tally: { sessions: { new: 15 } } });
		expect(await db.sessions.count()).toBe(0);
		expect(await merge(db, file)).toEqual({ ...seen, is: 'merged' });
		expect(await db.sessions.count()).toBe(15);
	});

	test('keys, connections and places in logs are in no export', async () => {
		const db = empty();
		await merge(db, fileOf(seeded(5)));
		await db.secrets.put({
			connectionId: 'c',
			v: 1,
			iv: new Uint8Array(12),
			sealed: new ArrayBuffer(8),
		});
		await db.settings.bulkPut([
			{ key: 'defaultConnectionId', value: 'canary' },
			{ key: 'deviceName', value: 'canary' },
		]);
		await db.agents.toCollection().modify({ connectionId: 'canary' });
		const text = unzipped(await exported(db));
		expect(text).not.toContain('canary');
		expect(text).not.toMatch(/"(seq|feedAt|sealed)":/);
	});

	test('numbers that are kept, and tasks of the index, are as after any write', async () => {
		const db = empty();
		await merge(db, fileOf(seeded(12)));
		const counted = new Map<string, number>();
		const add = (key: string, n: number) => counted.set(key, (counted.get(key) ?? 0) + n);
		for (const row of await db.sessions.orderBy('id').toArray()) {
			for (const key of countKeysOf(row)) add(key, 1);
			for (const { key, n } of spentSince(undefined, row)) add(key, n);
		}
		const kept = new Map((await db.counts.toArray()).map(({ key, n }) => [key, n]));
		expect([...kept.keys()].sort()).toEqual([...counted.keys()].sort());
		for (const [key, n] of counted) expect(kept.get(key), key).toBeCloseTo(n, 9);
		expect(await db.searchTasks.count()).toBe(12);
	});

	test('what is unfinished stands still, whatever it was doing', async () => {
		const db = empty();
		const tally = await tallyOf(merge(db, fileOf(seeded(12))));
		const rows = (await db.sessions.toArray()).filter(({ status }) => status.startsWith('waiting'));
		expect(rows).toHaveLength(tally.held);
		expect(tally.held).toBeGreaterThan(0);
		expect(await db.sessions.where('status').equals('running').count()).toBe(0);
		expect(rows.every(({ needsYou, runningSince }) => needsYou && runningSince === null)).toBe(
			true,
		);
	});
});

describe('a file that is not whole', () => {
	test('cut at any byte it is refused, and nothing has changed', async () => {
		const db = empty();
		const file = seeded(4);
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 0, max: file.length - 1 }), async (length) => {
				expect((await check(db, fileOf(file.slice(0, length)))).is).toBe('failed');
			}),
			{ numRuns: 40 },
		);
		expect(await db.sessions.count()).toBe(0);
	});

	test('with any byte of its text changed it is refused', async () => {
		const db = empty();
		const text = unzipped(seeded(3));
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 0, max: text.length - 2 }), async (at) => {
				const other = text[at] === 'a' ? 'b' : 'a';
				const changed = text.slice(0, at) + other + text.slice(at + 1);
				expect((await check(db, fileOf(zipped(changed)))).is).toBe('failed');
			}),
			{ numRuns: 40 },
		);
	});

	test('says why: cut off, changed, newer, none of ours', async () => {
		const text = unzipped(seeded(3));
		const lines = text.split('\n');
		expect(await untouched(seeded(3).slice(0, -20))).toMatch(/damaged: it is cut off/);
		expect(await untouched(zipped(lines.slice(0, -2).join('\n')))).toMatch(/its end is missing/);
		expect(await untouched(zipped(text.replace('Seeded', 'Sedeed')))).toMatch(/checksum/);
		expect(await untouched(zipped(whole([], { version: 2 })))).toMatch(/newer version of Muster/);
		expect(await untouched(zipped('{"hello":1}\n'))).toMatch(/no file that Muster can import/);
		expect(await untouched(new TextEncoder().encode('hello'))).toMatch(/no file that Muster/);
		expect(await untouched(new Uint8Array([0x89, 0x50]), 'photo.png')).toMatch(
			/no file that Muster/,
		);
	});

	test('an event that is not what it claims to be is found before anything is written', async () => {
		const lines = [...seedLines({ sessions: 2, until: NOW })] as { event?: { kind: string } }[];
		const of = (kind: string, changes: object) =>
			zipped(
				whole(
					lines.map((line) =>
						line.event?.kind === kind ? { event: { ...line.event, ...changes } } : line,
					),
				),
			);
		expect(await untouched(of('prompt', { text: 7 }))).toMatch(/"prompt" has no sound "text"/);
		expect(await untouched(of('created', { at: -1 }))).toMatch(/no sound "at"/);
		expect(await untouched(of('created', { sessionId: '<img>' }))).toMatch(/"sessionId"/);
		expect(await untouched(of('prompt', { v: 2 }))).toMatch(/newer version of Muster/);
		let deep: unknown = 'deep';
		for (let i = 0; i < 300; i++) deep = [deep];
		expect(await untouched(of('prompt', { input: deep }))).toMatch(/cannot be read/);
	});
});

describe('stopping', () => {
	test('what was merged stays whole, is told, and comes to the same once the rest was merged', async () => {
		const [stopped, straight] = [empty(), empty()];
		const file = fileOf(seeded(650));
		await merge(straight, file);
		const parts = { db: stopped, mark: { device: 'd', newId, now: () => NOW }, dry: false };
		const tally = emptyTally();
		const job = importJob(new WorkspaceSource([file]), parts, tally);
		// Tickets and agents, then three hundred sessions.
		for (let i = 0; i < 2; i++) await job.next();
		await job.return(tally);
		const rows = await stopped.sessions.count();
		expect(rows).toBeGreaterThan(0);
		expect(rows).toBeLessThan(650);
		expect(tally.sessions.new).toBe(rows);
		await merge(stopped, file);
		const ids = async (db: MusterDb) =>
			(await db.events.toArray()).map(({ kind, sessionId }) => sessionId + kind);
		expect(await ids(stopped)).toEqual(await ids(straight));
	});

	test('a transfer that was stopped is over', async () => {
		const desk = new TransferDesk(empty());
		const { job } = await desk.begin({ do: 'merge', files: [fileOf(seeded(3))] });
		expect(await desk.stop({ job })).toEqual({ tally: emptyTally() });
		await expect(desk.step({ job })).rejects.toThrow('stopped');
	});
});

describe('files of every version', () => {
	test('version 1 opens, and kinds of a later version are kept and handed on', async () => {
		const db = empty();
		const path = join(process.cwd(), 'tests/fixtures/workspace/v1.muster');
		const file = fileOf(new Uint8Array(readFileSync(path)));
		const tally = await tallyOf(merge(db, file));
		expect(tally.sessions).toMatchObject({ new: 14, refused: 0 });
		expect(tally.agents.new).toBe(9);
		const kept = (await db.events.toArray()).find(({ id }) => id === 'LATER-KIND-1');
		expect(kept as StoredEvent | { what: unknown }).toMatchObject({
			kind: 'of-a-later-version',
			what: { nested: ['kept', 1, null] },
		});
		expect(unzipped(await exported(db))).toContain('"what":{"nested":["kept",1,null]}');
	});
});
