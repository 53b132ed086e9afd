import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check, contents, fileOf, merge } from '../../../tests/support/workspace-file';
import { changesAnything } from '$lib/domain/import/tally';
import { MusterDb } from '$lib/store/db';
import { newId } from '$lib/store/ids';

const folder = join(process.cwd(), 'tests/fixtures/claude-code');
const empty = () => new MusterDb(`test-${newId()}`);

function recorded(lines = Infinity): File[] {
	return readdirSync(folder)
		.filter((name) => name.endsWith('.jsonl'))
		.map((name) => {
			const text = readFileSync(join(folder, name), 'utf8').split('\n').slice(0, lines);
			return fileOf(new TextEncoder().encode(text.join('\n')), name);
		});
}

test('many files of Claude Code come in as sessions that are over, once', async () => {
	const db = empty();
	const seen = await check(db, ...recorded());
	const merged = await merge(db, ...recorded());
	expect(merged).toEqual({ ...seen, is: 'merged' });
	if (merged.is !== 'merged') throw new Error('not merged');
	expect(merged.tally.sessions.new).toBeGreaterThan(1);
	expect(merged.tally.sessions.refused).toBe(0);
	expect(merged.tally.held).toBe(0);
	const before = await contents(db);
	const again = await merge(db, ...recorded());
	expect(again.is === 'merged' && changesAnything(again.tally)).toBe(false);
	expect(await contents(db)).toEqual(before);
});

test('files that have grown lengthen what they gave before', async () => {
	const [grown, straight] = [empty(), empty()];
	await merge(grown, ...recorded(12));
	await merge(grown, ...recorded());
	await merge(straight, ...recorded());
	const ids = async (db: MusterDb) => (await db.events.toArray()).map(({ id }) => id).sort();
	expect(await ids(grown)).toEqual(expect.arrayContaining(await ids(straight)));
	expect(await grown.sessions.count()).toBe(await straight.sessions.count());
});

test('a file that is none of Claude Code’s is named, and nothing comes of it', async () => {
	const step = await check(empty(), fileOf(new TextEncoder().encode('hello\n'), 'notes.jsonl'));
	expect(step).toMatchObject({ is: 'checked', tally: { sessions: { new: 0 } } });
	expect(step.is === 'checked' && step.tally.left.join()).toContain(
		'notes.jsonl: None of its lines',
	);
	const mixed = await check(
		empty(),
		fileOf(new Uint8Array(), 'a.jsonl'),
		fileOf(new Uint8Array(), 'b.muster'),
	);
	expect(mixed).toMatchObject({ is: 'failed', failure: { code: 'mixed' } });
});
