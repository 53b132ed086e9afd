import { afterEach, expect, test } from 'vitest';
import { DELETED_KEPT_MS as KEPT_MS } from '$lib/domain/views/gone-in';
import { MusterDb } from '$lib/store/db';
import { countsOf, putRows, rowTables } from '$lib/store/session-rows';
import { sessionRows } from '../../../tests/fixtures/session-rows';
import type { Journal } from '../journal/journal';
import { purgeDeleted } from './purge-deleted';

const db = new MusterDb('purge-deleted-test');
afterEach(() => db.delete());

test('what has been in Deleted for 30 days goes for good, with its log; what has not stays', async () => {
	const now = 100 * KEPT_MS;
	const rows = sessionRows(120, now).map((row, i) => {
		const deletedAt = i % 2 ? null : now - KEPT_MS + (i < 100 ? -1 : 1);
		return { ...row, deletedAt, place: deletedAt === null ? row.place : ('run-deleted' as const) };
	});
	await db.transaction('rw', rowTables(db), () => putRows(db, rows));
	const closed: string[] = [];
	const journal = {
		parts: { db, now: () => now } as Journal['parts'],
		close: (id: string) => void closed.push(id),
	};
	expect(await purgeDeleted(journal)).toBe(50);
	expect(closed).toHaveLength(50);
	expect(await db.sessions.count()).toBe(70);
	expect(await countsOf(db, ['run-deleted\tall', 'run\tall'])).toEqual([10, 60]);
	expect(await purgeDeleted(journal)).toBe(0);
});
