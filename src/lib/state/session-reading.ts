import type { StoredEvent } from '../domain/log/event';
import type { SessionRow } from '../domain/session-row';
import { eventWindow } from '../store/event-windows';
import { countsUnder } from '../store/session-rows';
import { sessionRow } from '../store/sessions';
import { app } from './app.svelte';

/** The whole log of a session, without pieces of what still streams. */
export async function readLog(id: string): Promise<StoredEvent[]> {
	const events = await eventWindow(app.db, id, -1, Infinity);
	return events.filter(({ kind }) => kind !== 'part-delta');
}

export function readRow(id: string): Promise<SessionRow | undefined> {
	return sessionRow(app.db, id);
}

/** Labels that sessions have now, those of most sessions first. Read off the kept numbers. */
export async function knownLabels(): Promise<string[]> {
	const totals = new Map<string, number>();
	for (const place of ['run', 'chat', 'run-archived', 'chat-archived'])
		for (const { key, n } of await countsUnder(app.db, `${place}\tlabel:`)) {
			const label = key.slice(key.indexOf('label:') + 'label:'.length);
			totals.set(label, (totals.get(label) ?? 0) + n);
		}
	return [...totals].sort(([, one], [, other]) => other - one).map(([label]) => label);
}
