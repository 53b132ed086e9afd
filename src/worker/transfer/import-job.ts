import type { Agent } from '$lib/domain/agent';
import type { ImportItem, ImportSource } from '$lib/domain/import/source';
import { emptyTally, sessionsIn, type Tally } from '$lib/domain/import/tally';
import type { TransferProgress } from '$lib/domain/import/transfer';
import type { MusterDb } from '$lib/store/db';
import {
	importAgents,
	importSettings,
	importTickets,
	type TicketItem,
} from '$lib/store/import-rest';
import {
	importSessions,
	planSessions,
	type Mark,
	type SessionItem,
} from '$lib/store/import-sessions';

/** Written in one transaction: enough to be quick, and few enough that whatever else writes need not wait long. */
const SESSIONS_AT_ONCE = 300;
const EVENTS_AT_ONCE = 4000;
const TICKETS_AT_ONCE = 200;
/** Of the files, bytes: events may be large. */
const BYTES_AT_ONCE = 4 * 1024 * 1024;

export interface ImportParts {
	db: MusterDb;
	mark: Mark;
	/** Looks, and changes nothing. */
	dry: boolean;
}

/**
 * Puts everything of a source beside what is here, batch by batch, and says after each how far it is. Each batch is
 * whole; who stops in between keeps what was written. Returns when all is done; throws what the source and the store
 * throw. `tally` is what was done so far.
 */
export async function* importJob(
	source: ImportSource,
	{ db, mark, dry }: ImportParts,
	tally: Tally = emptyTally(),
): AsyncGenerator<TransferProgress, Tally> {
	let sessions: SessionItem[] = [];
	let tickets: TicketItem[] = [];
	let agents: Agent[] = [];
	let events = 0;
	let readBefore = 0;

	async function writeRest(): Promise<void> {
		if (agents.length > 0) add(tally.agents, await importAgents(db, agents, dry));
		if (tickets.length > 0) add(tally.tickets, await importTickets(db, tickets, dry));
		[agents, tickets] = [[], []];
	}

	async function writeSessions(): Promise<void> {
		const write = dry ? planSessions : importSessions;
		for (const { outcome, held } of await write(db, sessions, mark)) {
			tally.sessions[outcome]++;
			if (held) tally.held++;
		}
		sessions = [];
		events = 0;
		readBefore = source.read;
	}

	for await (const item of source.items()) {
		await take(item);
		if (
			sessions.length >= SESSIONS_AT_ONCE ||
			events >= EVENTS_AT_ONCE ||
			source.read - readBefore > BYTES_AT_ONCE
		)
			await writeSessions();
		else if (tickets.length + agents.length >= TICKETS_AT_ONCE) await writeRest();
		else continue;
		yield progress();
	}
	await writeRest();
	if (sessions.length > 0) await writeSessions();
	tally.left = [...source.left];
	return tally;

	async function take(item: ImportItem): Promise<void> {
		switch (item.kind) {
			case 'session':
				// Sessions are linked to tickets, and begun with agents: those are there first.
				await writeRest();
				sessions.push(item);
				events += item.events.length;
				return;
			case 'ticket':
				tickets.push(item);
				return;
			case 'agent':
				agents.push(item.agent);
				return;
			case 'settings':
				tally.settings.push(...(await importSettings(db, item.settings, dry)));
		}
	}

	function progress(): TransferProgress {
		return { done: source.read, total: source.size, sessions: sessionsIn(tally) };
	}
}

function add<K extends string>(sums: Record<K, number>, more: Record<K, number>): void {
	for (const key in more) sums[key] += more[key];
}
