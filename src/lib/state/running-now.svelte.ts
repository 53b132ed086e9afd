import { formatRough } from '../domain/format';
import type { SessionRow } from '../domain/session-row';
import { compareKeys, runningMs } from '../domain/views/list';
import { sessionAddress } from '../domain/views/session-address';
import { sessionsWithStatus } from '../store/sessions';
import { app } from './app.svelte';
import { clock } from './clock.svelte';

/** What goes on now: the sessions that run, and those that wait for a person. Few, whatever the history. */
class RunningNow {
	// Two queries: steps of what runs must not read again what waits.
	#running = app.live(async (db) => (await sessionsWithStatus(db, 'running')).sort(compareKeys));
	#needsYou = app.live(async (db) =>
		(await sessionsWithStatus(db, 'waiting', 'waiting-permission'))
			.filter(({ needsYou }) => needsYou)
			.sort(compareKeys),
	);

	/** Newest first; empty before the first answer. */
	get running(): readonly SessionRow[] {
		return this.#running.current ?? [];
	}

	get needsYou(): readonly SessionRow[] {
		return this.#needsYou.current ?? [];
	}

	/** Lines of the sidebar. */
	get lines(): { id: string; href: string; name: string; elapsed: string }[] {
		return this.running.map((row) => ({
			id: row.id,
			href: sessionAddress(row),
			name: row.agentName || row.title,
			elapsed: formatRough(runningMs(row, clock.now)),
		}));
	}
}

export const runningNow = new RunningNow();
