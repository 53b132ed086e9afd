import type { SessionRow } from '../domain/session-row';
import type { MusterDb } from './db';

/** These rows, in the order of the ids; undefined for those that are gone. */
export function rowsById(
	db: MusterDb,
	ids: readonly string[],
): Promise<(SessionRow | undefined)[]> {
	return db.sessions.bulkGet([...ids]);
}
