/** Fills the database of the page's origin with runs, as the engine would have left their rows. */
import { MAIN_DATABASE } from '../../../../src/lib/domain/workspace';
import { MusterDb } from '../../../../src/lib/store/db';
import { putRows, rowTables } from '../../../../src/lib/store/session-rows';
import { sessionRows } from '../../../fixtures/session-rows';

const AT_ONCE = 5000;
const resting = new Set(['completed', 'failed', 'cancelled']);

export async function seedRuns(count: number, now: number): Promise<void> {
	const db = new MusterDb(MAIN_DATABASE);
	// At rest: there are no logs the engine could go on with.
	const all = sessionRows(count, now).map((row) => ({
		...row,
		...(resting.has(row.status) ? {} : { status: 'completed' as const, needsYou: false }),
		runningSince: null,
		progress: '',
	}));
	for (let from = 0; from < count; from += AT_ONCE)
		await db.transaction('rw', rowTables(db), () => putRows(db, all.slice(from, from + AT_ONCE)));
	db.close();
}
