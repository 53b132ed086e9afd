/** Fills the database of the page's origin with the sessions of the seed, logs and all, as an import writes them. */
import { seedLines } from '../../../../scripts/seed/workspace.mjs';
import type { SessionEvent } from '../../../../src/lib/domain/log/event';
import { MAIN_DATABASE } from '../../../../src/lib/domain/workspace';
import { MusterDb } from '../../../../src/lib/store/db';
import { newId } from '../../../../src/lib/store/ids';
import { importSessions, type SessionItem } from '../../../../src/lib/store/import-sessions';

const AT_ONCE = 500;

/** `until`: epoch ms of the newest, about. `indexed`: as after the words of all of them were taken into the index. */
export async function seedRuns(count: number, until: number, indexed: boolean): Promise<void> {
	const db = new MusterDb(MAIN_DATABASE, 'relaxed');
	const mark = { device: 'bench', newId, now: () => until };
	let batch: SessionItem[] = [];
	for (const session of sessionsOf(seedLines({ sessions: count, until }))) {
		batch.push(session);
		if (batch.length < AT_ONCE) continue;
		await importSessions(db, batch, mark);
		batch = [];
	}
	await importSessions(db, batch, mark);
	if (indexed) await db.searchTasks.clear();
	db.close();
}

function* sessionsOf(lines: Iterable<{ event?: SessionEvent }>): Iterable<SessionItem> {
	let events: SessionEvent[] = [];
	for (const { event } of lines) {
		if (!event) continue;
		const [first] = events;
		if (first && first.sessionId !== event.sessionId) {
			yield { sessionId: first.sessionId, events };
			events = [];
		}
		events.push(event);
	}
	const [first] = events;
	if (first) yield { sessionId: first.sessionId, events };
}
