import type { SessionRow } from '../domain/session-row';
import type { MusterDb } from './db';

/** The newest session of each of these agents; agents that never ran are absent. One index step an agent. */
export async function lastRuns(db: MusterDb, agentIds: string[]): Promise<Map<string, SessionRow>> {
	const rows = await Promise.all(
		agentIds.map((id) =>
			db.sessions
				.where('[agentId+startedAt]')
				.between([id, -Infinity], [id, Infinity], true, true)
				.last(),
		),
	);
	return new Map(rows.flatMap((row) => (row?.agentId ? [[row.agentId, row] as const] : [])));
}
