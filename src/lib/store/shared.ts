/** What devices of a workspace share beside sessions, as other devices told it. */
import { Dexie } from 'dexie';
import type { Agent } from '../domain/agent';
import type { SharedSetting } from '../domain/setting';
import type { DeviceCard } from '../domain/sync/membership';
import { numbered, sharedLog, type BornTicket } from '../domain/sync/shared-tickets';
import { foldTicket } from '../domain/tickets/fold';
import type { TicketEvent } from '../domain/tickets/ticket';
import type { MusterDb } from './db';
import { quotaAware } from './log';
import { ticketEvents } from './tickets';

/** Null: it was deleted. Those that were changed here and not told yet stay as they are. */
export function putSharedAgents(
	db: MusterDb,
	agents: ReadonlyMap<string, Agent | null>,
): Promise<void> {
	return quotaAware(() =>
		db.transaction('rw', [db.agents, db.syncTasks], async () => {
			for (const [id, agent] of agents) {
				if (await db.syncTasks.get(`agent ${id}`)) continue;
				if (agent) await db.agents.put(agent);
				else await db.agents.delete(id);
			}
		}),
	);
}

/** Adds events to the logs of tickets; where two tickets have one number, the later one gets another. */
export function putSharedTickets(
	db: MusterDb,
	tickets: ReadonlyMap<string, readonly TicketEvent[]>,
): Promise<void> {
	return quotaAware(() =>
		db.transaction('rw', [db.tickets, db.ticketEvents], async () => {
			for (const [id, theirs] of tickets) {
				const ours = await ticketEvents(db, id);
				const log = sharedLog(ours, theirs);
				if (!log) continue;
				await db.ticketEvents
					.where('[ticketId+seq]')
					.between([id, Dexie.minKey], [id, Dexie.maxKey])
					.delete();
				await db.ticketEvents.bulkAdd(log.map((event, seq) => ({ ...event, seq })));
				const ticket = foldTicket(log);
				if (ticket) await db.tickets.put(ticket);
			}
			await db.tickets.bulkPut(numbered(await bornTickets(db)));
		}),
	);
}

/** What was changed here and not told yet stays as it is. */
export function putSharedSettings(
	db: MusterDb,
	settings: ReadonlyMap<SharedSetting, string>,
): Promise<void> {
	return db.transaction('rw', [db.settings, db.syncTasks], async () => {
		for (const [key, value] of settings)
			if (!(await db.syncTasks.get(`setting ${key}`))) await db.settings.put({ key, value });
	});
}

/** Those of `keys` that somebody has set here. */
export async function setHere(
	db: MusterDb,
	keys: readonly SharedSetting[],
): Promise<SharedSetting[]> {
	const records = await db.settings.bulkGet([...keys]);
	return keys.filter((_, i) => records[i] !== undefined);
}

export function putSharedDevices(db: MusterDb, devices: readonly DeviceCard[]): Promise<void> {
	return db.transaction('rw', db.devices, async () => {
		await db.devices.clear();
		await db.devices.bulkPut([...devices]);
	});
}

async function bornTickets(db: MusterDb): Promise<BornTicket[]> {
	const tickets = await db.tickets.toArray();
	const firsts = await db.ticketEvents.bulkGet(tickets.map(({ id }): [string, number] => [id, 0]));
	return tickets.map((ticket, i) => {
		const first = firsts[i];
		const number = first?.kind === 'ticket-created' ? first.number : ticket.number;
		return { ticket, number };
	});
}
