import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import type { ExportNews, ExportWish, Manifest } from '$lib/domain/export/manifest';
import { BY_ENGINE } from '$lib/domain/deciders/step';
import { MAIN, type EventDraft, type StoredEvent } from '$lib/domain/log/event';
import { foldSession } from '$lib/domain/log/session-state';
import { sessionRowOf } from '$lib/domain/views/session-row';
import { MusterDb } from '$lib/store/db';
import { newId } from '$lib/store/ids';
import { writeLog } from '$lib/store/log';
import { someAgent, someSettings, you } from '../../../tests/fixtures/log-builder';
import { exportSessions } from './export-sessions';

const NOW = Date.UTC(2026, 6, 16, 12);
let dbs: MusterDb[] = [];
afterEach(async () => {
	for (const db of dbs) await db.delete();
	dbs = [];
});

let made = 0;
function workspace(): MusterDb {
	const db = new MusterDb(`export-${++made}`);
	dbs.push(db);
	return db;
}

async function add(db: MusterDb, title: string, ...drafts: EventDraft[]): Promise<string> {
	const id = newId();
	const created: EventDraft = {
		kind: 'created',
		by: you,
		mode: 'standard',
		agent: someAgent,
		settings: someSettings,
		title,
	};
	const events = [created, ...drafts].map(
		(draft, seq) => ({ ...draft, v: 1, id: newId(), sessionId: id, at: NOW, seq }) as StoredEvent,
	);
	const row = sessionRowOf(foldSession(id, events), events.length - 1);
	await writeLog(db, { sessionId: id, after: -1, events, replaces: [], row, commandId: null });
	return id;
}

/** A tool call that wrote files, and its answer. */
function wrote(files: Record<string, string | null>, n = 1): EventDraft[] {
	const turnId = `main.${n}`;
	return [
		{
			kind: 'turn-started',
			by: BY_ENGINE,
			turnId,
			actor: MAIN,
			purpose: 'answer',
			attempt: 1,
			model: 'm',
			connectionId: 'c',
			effort: null,
		},
		{
			kind: 'tool-call',
			by: BY_ENGINE,
			turnId,
			index: 0,
			callId: `t${n}`,
			tool: 'write_file',
			input: {},
		},
		{ kind: 'turn-ended', by: BY_ENGINE, turnId, stopReason: 'tool_use', usage: null, ms: 1 },
		{
			kind: 'tool-result',
			by: BY_ENGINE,
			callId: `t${n}`,
			content: 'ok',
			isError: false,
			ms: 1,
			files: Object.entries(files).map(([path, content]) => ({ path, content })),
		},
	];
}

function output(value: { [key: string]: string }): EventDraft {
	return { kind: 'output', by: BY_ENGINE, raw: JSON.stringify(value), value, problems: [] };
}

const everything: ExportWish = { outputs: true, json: true, markdown: true };
const outputs: ExportWish = { outputs: true, json: false, markdown: false };

async function exported(
	db: MusterDb,
	ids: string[],
	wish = outputs,
	most?: { entries: number; bytes: number },
) {
	const news: ExportNews[] = [];
	for await (const one of exportSessions(db, { ids, wish, name: 'out' }, NOW, most)) news.push(one);
	const archives = await Promise.all(
		news.flatMap((one) => (one.is === 'archive' ? [unpacked(one.blob)] : [])),
	);
	return { news, archives, end: news.at(-1) };
}

async function unpacked(blob: Blob) {
	const entries = unzipSync(new Uint8Array(await blob.arrayBuffer()));
	const manifest = JSON.parse(strFromU8(entries['manifest.json'] ?? new Uint8Array())) as Manifest;
	return { entries, manifest };
}

describe('an archive of sessions', () => {
	it('holds outputs and files as they are now, each as its list of contents says', async () => {
		const db = workspace();
		const id = await add(
			db,
			'Tides',
			...wrote({ 'src/a.txt': 'one', 'gone.txt': 'x' }),
			...wrote({ 'src/a.txt': 'zwei ü', 'gone.txt': null }, 2),
			output({ high: '06:12' }),
		);
		const { archives, end } = await exported(db, [id]);
		const [archive] = archives;
		expect(Object.keys(archive?.entries ?? {})).toEqual([
			'2026-07-16 Tides/output.json',
			'2026-07-16 Tides/files/src/a.txt',
			'manifest.json',
		]);
		const [session] = archive?.manifest.sessions ?? [];
		expect(session).toMatchObject({
			id,
			title: 'Tides',
			agent: someAgent.name,
			started: '2026-07-16T12:00:00.000Z',
		});
		for (const { path, size, sha256 } of session?.files ?? []) {
			const bytes = archive?.entries[path] ?? new Uint8Array();
			expect(bytes.length).toBe(size);
			expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
		}
		expect(session?.files.map(({ kind, version }) => [kind, version])).toEqual([
			['output', 1],
			['file', 2],
		]);
		expect(
			strFromU8(archive?.entries['2026-07-16 Tides/files/src/a.txt'] ?? new Uint8Array()),
		).toBe('zwei ü');
		expect(end).toEqual({ is: 'done', exported: 1, leftOut: [] });
	});

	it('holds whole sessions where these are wanted, the log without losing an event', async () => {
		const db = workspace();
		const id = await add(db, 'Whole', output({ a: 'b' }));
		const [archive] = (await exported(db, [id], everything)).archives;
		const text = strFromU8(
			archive?.entries['2026-07-16 Whole/session.muster.json'] ?? new Uint8Array(),
		);
		expect(JSON.parse(text)).toMatchObject({
			format: 'muster-session',
			v: 1,
			session: id,
			events: [{ kind: 'created' }, { kind: 'output' }],
		});
		expect(
			strFromU8(archive?.entries['2026-07-16 Whole/session.md'] ?? new Uint8Array()),
		).toContain('# Whole');
	});

	it('says what was left out, and why', async () => {
		const db = workspace();
		const empty = await add(db, 'Nothing yet');
		const good = await add(db, 'Good', output({ a: 'b' }));
		const { archives, end } = await exported(db, ['gone', empty, good]);
		const leftOut = [
			{ id: 'gone', title: '', why: 'It is no longer on this device.' },
			{ id: empty, title: 'Nothing yet', why: 'It has no output and no files.' },
		];
		expect(end).toEqual({ is: 'done', exported: 1, leftOut });
		expect(archives[0]?.manifest.leftOut).toEqual(leftOut);
	});

	it('is not made where there is nothing to put in', async () => {
		const db = workspace();
		const { archives, end } = await exported(db, [await add(db, 'Nothing yet')]);
		expect(archives).toEqual([]);
		expect(end).toMatchObject({ is: 'done', exported: 0 });
	});

	it('takes no harm from titles, and keeps what a file was called', async () => {
		const db = workspace();
		const hostile = '../\u202E\u0000con';
		const ids = [
			await add(db, hostile, ...wrote({ 'NUL.txt': '1', 'what?.txt': '2' })),
			await add(db, hostile, ...wrote({ x: '3' })),
			await add(db, 'x'.repeat(1_000_000), output({ a: 'b' })),
		];
		const { archives } = await exported(db, ids);
		const files = archives[0]?.manifest.sessions.flatMap(({ files }) => files) ?? [];
		expect(files.map(({ path, name }) => [path, name]).slice(0, 3)).toEqual([
			['2026-07-16 ..-con/files/_NUL.txt', 'files/NUL.txt'],
			['2026-07-16 ..-con/files/what-.txt', 'files/what?.txt'],
			['2026-07-16 ..-con (2)/files/x', undefined],
		]);
		expect(files[3]?.path.length).toBeLessThan(200);
	});

	it('becomes several where one would hold too much, each with its own list', async () => {
		const db = workspace();
		const ids = [];
		for (let n = 0; n < 5; n++) ids.push(await add(db, 'Run', output({ n: String(n) })));
		const { archives, news } = await exported(db, ids, outputs, { entries: 2, bytes: Infinity });
		expect(archives.map(({ manifest }) => [manifest.part, manifest.sessions.length])).toEqual([
			[1, 2],
			[2, 2],
			[3, 1],
		]);
		expect(news.flatMap((one) => (one.is === 'archive' ? [one.name] : []))).toEqual([
			'out.zip',
			'out-2.zip',
			'out-3.zip',
		]);
	});

	it('packs long texts in pieces, and characters whole', async () => {
		const db = workspace();
		const text = `x${'🎉'.repeat(400_000)}`;
		const { archives } = await exported(db, [await add(db, 'Long', ...wrote({ 'big.txt': text }))]);
		expect(
			strFromU8(archives[0]?.entries['2026-07-16 Long/files/big.txt'] ?? new Uint8Array()),
		).toBe(text);
	});
});
