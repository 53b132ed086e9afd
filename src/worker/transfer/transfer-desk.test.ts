import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { seedLines } from '../../../scripts/seed/workspace.mjs';
import {
	check,
	contents,
	exported,
	fileOf,
	merge,
	NOW,
	unzipped,
	zipped,
} from '../../../tests/support/workspace-file';
import { MusterDb } from '$lib/store/db';
import { newId } from '$lib/store/ids';

const empty = () => new MusterDb(`test-${newId()}`);

/** A file as the seed writes it, with every line between the first and the last. */
function seeded(sessions: number, lines: Iterable<object> = seedLines({ sessions, until: NOW })) {
	return zipped(whole([...lines]));
}

function whole(lines: readonly object[], header: object = {}): string {
	const head = { format: 'muster-workspace', version: 1, writtenAt: NOW, workspace: 'Seed' };
	const text = [{ ...head, ...header }, ...lines]
		.map((line) => `${JSON.stringify(line)}\n`)
		.join('');
	const ids = (kind: string, id: string) =>
		lines.flatMap((line) => (kind in line ? [Reflect.get(Reflect.get(line, kind), id)] : []));
	const end = {
		sessions: new Set(ids('event', 'sessionId')).size,
		events: ids('event', 'id').length,
		tickets: new Set(ids('ticket', 'ticketId')).size,
		ticketEvents: ids('ticket', 'id').length,
		agents: ids('agent', 'id').length,
		sha256: createHash('sha256').update(text).digest('hex'),
	};
	return `${text}${JSON.stringify({ end })}\n`;
}

describe('import', () => {
	test('a file is seen through first, and merged as it was seen', async () => {
		const db = empty();
		const file = fileOf(seeded(15));
		const seen = await check(db, file);
		expect(seen).toMatchObject({ is: 'checked', tally: { sessions: { new: 15 } } });
		expect(await db.sessions.count()).toBe(0);
		const merged = await merge(db, file);
		expect(merged).toEqual({ ...seen, is: 'merged' });
		expect(await db.sessions.count()).toBe(15);
	});
});
