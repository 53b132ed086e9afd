import type { CommandRecord, SessionCommand, WorkspaceCommand } from '$lib/domain/command';
import type { Connection } from '$lib/domain/connection';
import { BY_ENGINE } from '$lib/domain/deciders/step';
import type { EventDraft } from '$lib/domain/log/event';
import { carryOut } from '$lib/domain/rules/carry-out';
import { forkSession } from '$lib/domain/rules/fork-session';
import { startSession } from '$lib/domain/rules/start-session';
import { agentById } from '$lib/store/agents';
import { markCommand } from '$lib/store/commands';
import { allConnections } from '$lib/store/connections';
import { loadSetting } from '$lib/store/settings';
import { applyDeleteAgent, applySaveAgent } from '$lib/store/workspace';
import { eventsAfter } from '$lib/store/sessions';
import type { Appended, Journal, SessionLog } from '../journal/journal';
import { organise } from './organise';
import { carryOutTicket, TicketRefused } from './ticket-desk';

/**
 * Turns one command into what it means, once: its events and its being applied are one write, so a command that
 * was cut off before is simply carried out again. Resolves with the sessions to look at.
 */
export async function handleCommand(record: CommandRecord, journal: Journal): Promise<string[]> {
	const { db } = journal.parts;
	const { command, sessionId } = record;
	switch (command.kind) {
		case 'save-agent':
			await applySaveAgent(db, command.agent, record.id);
			return [];
		case 'delete-agent':
			await applyDeleteAgent(db, command.agentId, record.id);
			return [];
		case 'ticket':
			await ticketCommand(journal, record, command);
			return [];
		case 'organise':
			return organise(journal, record, command);
		default:
			if (sessionId === null) {
				await markCommand(db, record.id, 'refused', 'This command names no session.');
				return [];
			}
			await markCommand(db, record.id, 'received');
			return handleSessionCommand(record, command, await journal.open(sessionId), journal);
	}
}

async function ticketCommand(
	{ parts }: Journal,
	{ id: commandId, by }: CommandRecord,
	{ ticketId, change }: Extract<WorkspaceCommand, { kind: 'ticket' }>,
): Promise<void> {
	try {
		await carryOutTicket(parts, ticketId, change, { by, commandId });
	} catch (error) {
		if (!(error instanceof TicketRefused)) throw error;
		await markCommand(parts.db, commandId, 'refused', error.message);
	}
}

async function handleSessionCommand(
	record: CommandRecord,
	command: SessionCommand,
	log: SessionLog,
	journal: Journal,
): Promise<string[]> {
	const { db } = journal.parts;
	let refused: string | null = null;
	const prepare = await preparation(record, command, journal);
	await log.append(
		() => {
			const outcome = prepare(log);
			if ('refused' in outcome) {
				refused = outcome.refused;
				return [];
			}
			return outcome.events;
		},
		{ command: record, unless: () => refused !== null },
	);
	if (refused === null) return [log.sessionId];
	await markCommand(db, record.id, 'refused', refused);
	return [];
}

type Prepared = { events: Appended[] } | { refused: string };

/** Reads what the command needs beside the log, and leaves the decision for the moment of the append. */
async function preparation(
	record: CommandRecord,
	command: SessionCommand,
	journal: Journal,
): Promise<(log: SessionLog) => Prepared> {
	if (command.kind === 'fork') return forkPreparation(record, command, journal);
	if (command.kind === 'start') return startPreparation(record, command, journal);
	return (log) =>
		log.isEmpty
			? { refused: 'This run is not on this device.' }
			: carryOut(log.state, command, record.by);
}

async function startPreparation(
	record: CommandRecord,
	command: Extract<SessionCommand, { kind: 'start' }>,
	journal: Journal,
): Promise<(log: SessionLog) => Prepared> {
	const { db, device } = journal.parts;
	const agent = command.agentId === null ? undefined : await agentById(db, command.agentId);
	const connections = await connectionsDefaultFirst(journal);
	return (log) => {
		if (!log.isEmpty) return { refused: 'This run has been started already.' };
		const outcome = startSession(command, agent, connections, record.by);
		return 'refused' in outcome ? outcome : { events: [...outcome.events, firstLease(device)] };
	};
}

async function forkPreparation(
	record: CommandRecord,
	command: Extract<SessionCommand, { kind: 'fork' }>,
	journal: Journal,
): Promise<(log: SessionLog) => Prepared> {
	const { db, newId } = journal.parts;
	const parent = await eventsAfter(db, command.parentId, -1);
	const connections = await connectionsDefaultFirst(journal);
	return (log) => {
		if (!log.isEmpty) return { refused: 'This run has been started already.' };
		return forkSession(command, log.sessionId, parent, connections, record.by, newId);
	};
}

async function connectionsDefaultFirst({ parts: { db } }: Journal): Promise<Connection[]> {
	const all = await allConnections(db);
	const preferred = await loadSetting(db, 'defaultConnectionId');
	return all.sort(
		(a, b) => Number(b.id === preferred) - Number(a.id === preferred) || a.createdAt - b.createdAt,
	);
}

function firstLease(device: { id: string; name: string }): EventDraft {
	return {
		kind: 'lease-taken',
		by: BY_ENGINE,
		device: device.id,
		deviceName: device.name,
		epoch: 1,
	};
}
