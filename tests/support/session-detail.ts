import { stored } from '../../src/lib/store/stored-row';
import { render } from 'vitest-browser-svelte';
import SessionDetail from '$lib/components/session/SessionDetail.svelte';
import { app } from '$lib/state/app.svelte';
import type { LogBuilder } from '../fixtures/log-builder';
import { sampleSession } from '../fixtures/sample-sessions';

/** Puts a session on this device and shows its page. No engine runs: what a person does ends in the commands table. */
export async function showSession(log: LogBuilder): Promise<void> {
	const { events, row } = sampleSession(log);
	await app.db.events.bulkAdd(events);
	await app.db.sessions.put(stored(row));
	await render(SessionDetail, { id: log.sessionId });
}

export async function clearSessions(): Promise<void> {
	sessionStorage.clear();
	await Promise.all(app.db.tables.map((table) => table.clear()));
}
