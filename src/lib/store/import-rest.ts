/** Tickets, agents and settings that were written elsewhere, put beside what is here. */
import { mergeAgent } from '../domain/import/merge-agent';
import { mergeSettings } from '../domain/import/merge-settings';
import { mergeTicket } from '../domain/import/merge-ticket';
import { workspaceSettings, type WorkspaceSettings } from '../domain/import/source';
import type { Tally } from '../domain/import/tally';
import type { Agent } from '../domain/agent';
import { foldTicket } from '../domain/tickets/fold';
import type { TicketEvent } from '../domain/tickets/ticket';
import { Dexie } from 'dexie';
import type { MusterDb } from './db';
import { quotaAware } from './log';
import { taskOf } from './sync-task';
import { ticketEvents } from './tickets';

export interface TicketItem {
	ticketId: string;
	events: readonly TicketEvent[];
}

/** All of them or none; with `dry`, none, and what would have been. Throws `StorageFullError`. */
export function importTickets(
	db: MusterDb,
	items: readonly TicketItem[],
	dry: boolean,
): Promise<Tally['tickets']> {
	return quotaAware(() =>
		db.transaction(dry ? 'r' : 'rw', [db.tickets, db.ticketEvents, db.syncTasks], async () => {
			const tally = { new: 0, changed: 0, same: 0, renumbered: 0 };
			const known = await db.tickets.toArray();
			const names = new Set(known.map(({ prefix, number }) => `${prefix}-${number}`));
			let last = Math.max(0, ...known.map(({ number }) => number));
			for (const { ticketId, events } of items) {
				const ours = await ticketEvents(db, ticketId);
				const merged = mergeTicket(ours, events);
				if (!merged) {
					tally.same++;
					continue;
				}
				const [first, ...rest] = merged;
				if (ours.length > 0) tally.changed++;
				else tally.new++;
				let log = merged;
				if (ours.length === 0 && first?.kind === 'ticket-created') {
					const isTaken = names.has(`${first.prefix}-${first.number}`);
					const number = isTaken ? last + 1 : first.number;
					if (isTaken) tally.renumbered++;
					names.add(`${first.prefix}-${number}`);
					last = Math.max(last, number);
					log = [{ ...first, number }, ...rest];
				}
				if (!dry) await putTicket(db, ticketId, log);
			}
			return tally;
		}),
	);
}

/** Within a transaction over tickets and their events. */
async function putTicket(
	db: MusterDb,
	ticketId: string,
	log: readonly TicketEvent[],
): Promise<void> {
	const ticket = foldTicket(log);
	await db.ticketEvents
		.where('[ticketId+seq]')
		.between([ticketId, Dexie.minKey], [ticketId, Dexie.maxKey])
		.delete();
	await db.ticketEvents.bulkAdd(log.map((event, seq) => ({ ...event, seq })));
	if (ticket) await db.tickets.put(ticket);
	await db.syncTasks.put(taskOf('ticket', ticketId, ticket?.updatedAt ?? 0));
}

export function importAgents(
	db: MusterDb,
	agents: readonly Agent[],
	dry: boolean,
): Promise<Tally['agents']> {
	return quotaAware(() =>
		db.transaction(dry ? 'r' : 'rw', [db.agents, db.syncTasks], async () => {
			const tally = { new: 0, copied: 0, same: 0 };
			const known = new Map((await db.agents.toArray()).map((agent) => [agent.id, agent]));
			for (const theirs of agents) {
				const merged = mergeAgent(theirs, known);
				tally[merged ? (merged.copy ? 'copied' : 'new') : 'same']++;
				if (!merged) continue;
				known.set(merged.agent.id, merged.agent);
				if (dry) continue;
				await db.agents.put(merged.agent);
				await db.syncTasks.put(taskOf('agent', merged.agent.id, merged.agent.updatedAt));
			}
			return tally;
		}),
	);
}

/** Resolves with how many settings change. */
export function importSettings(
	db: MusterDb,
	theirs: Partial<WorkspaceSettings>,
	dry: boolean,
): Promise<(keyof WorkspaceSettings)[]> {
	return quotaAware(() =>
		db.transaction(dry ? 'r' : 'rw', db.settings, async () => {
			const changes = mergeSettings(await setSettings(db), theirs);
			const records = Object.entries(changes).map(([key, value]) => ({ key, value }));
			if (!dry) await db.settings.bulkPut(records);
			return Object.keys(changes) as (keyof WorkspaceSettings)[];
		}),
	);
}

/** Settings of the workspace that somebody has set. */
export async function setSettings(db: MusterDb): Promise<Partial<WorkspaceSettings>> {
	const records = await db.settings.bulkGet([...workspaceSettings]);
	return Object.fromEntries(
		records.flatMap((record) => (record ? [[record.key, record.value]] : [])),
	);
}

/** A strict write after everything else: what was brought in before it is on the disk, too. */
export async function confirmImport(db: MusterDb, at: number): Promise<void> {
	await quotaAware(() => db.settings.put({ key: 'lastImportAt', value: at }));
}
