import type { CommandRecord, SessionCommand, WorkspaceCommand } from '$lib/domain/command';
import type { Connection } from '$lib/domain/connection';
import { defaultFirst } from '$lib/domain/connection-choice';
import type { EventDraft } from '$lib/domain/log/event';
import { carryOut } from '$lib/domain/rules/carry-out';
import { forkSession } from '$lib/domain/rules/fork-session';
import { fitted } from '$lib/domain/rules/settings-here';
import { startSession } from '$lib/domain/rules/start-session';
import { agentById } from '$lib/store/agents';
import { markCommand } from '$lib/store/commands';
import { allConnections } from '$lib/store/connections';
import { loadSetting } from '$lib/store/settings';
import { applyDeleteAgent, applySaveAgent } from '$lib/store/workspace';
import { eventsAfter } from '$lib/store/sessions';
import type { Appended, Journal, SessionLog } from '../journal/journal';
import { whoDoes, type Doer, type Elsewhere } from './elsewhere';
import { nextLease } from './lease';
import { organise } from './organise';
import { carryOutTicket, TicketRefused } from './ticket-desk';

/**
 * Turns one command into what it means, once: its events and its being applied are one write, so a command that
 * was cut off before is simply carried out again. Resolves with the sessions to look at; or the command was passed on to
 * the device that runs its session.
 */
export async function handleCommand(
	record: CommandRecord,
	journal: Journal,
	elsewhere: Elsewhere,
): Promise<string[] | 'passed-on'> {
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
			return handleSessionCommand(record, command, { sessionId, journal, elsewhere });
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
	{ sessionId, journal, elsewhere }: { sessionId: string; journal: Journal; elsewhere: Elsewhere },
): Promise<string[] | 'passed-on'> {
	const { db, device } = journal.parts;
	const isHeld = journal.holds(sessionId);
	const log = await journal.open(sessionId);
	const doer = whoDoes(log.state, command, elsewhere);
	if (doer === 'its-runner') {
		if (!isHeld) journal.close(sessionId);
		await elsewhere.pass(record);
		return 'passed-on';
	}
	await markCommand(db, record.id, 'received');
	let refused: string | null = null;
	const prepare = await preparation(record, command, journal, doer);
	await log.append(
		() => {
			const outcome = prepare(log);
			if ('refused' in outcome) {
				refused = outcome.refused;
				return [];
			}
			const lease = doer === 'here-taking-over' ? [nextLease(log.state, device)] : [];
			return answering(record, [...lease, ...outcome.events]);
		},
		{ command: record, unless: () => refused !== null },
	);
	if (refused === null) return [log.sessionId];
	await markCommand(db, record.id, 'refused', refused);
	return [];
}

/** What another device asked for is done once, whoever does it: its events name what they answer. */
function answering({ id, from }: CommandRecord, events: readonly Appended[]): readonly Appended[] {
	return from === undefined ? events : events.map((event) => ({ cause: id, ...event }));
}

type Prepared = { events: Appended[] } | { refused: string };

/** Reads what the command needs beside the log, and leaves the decision for the moment of the append. */
async function preparation(
	record: CommandRecord,
	command: SessionCommand,
	journal: Journal,
	doer: Doer,
): Promise<(log: SessionLog) => Prepared> {
	if (command.kind === 'fork') return forkPreparation(record, command, journal);
	if (command.kind === 'start') return startPreparation(record, command, journal);
	const connections = await connectionsDefaultFirst(journal);
	return (log) => {
		if (log.isEmpty) return { refused: 'This run is not on this device.' };
		const ruling = carryOut(log.state, command, record.by);
		if ('refused' in ruling || !choosesConnection(command, ruling.events, doer)) return ruling;
		return fitted(ruling.events, log.state.settings, connections, record.by);
	};
}

/** Whether this device is to go on over a connection that it may not have: another device's, or its choice. */
function choosesConnection(
	{ kind }: SessionCommand,
	events: readonly EventDraft[],
	doer: Doer,
): boolean {
	if (doer === 'here-taking-over') return kind !== 'cancel' && kind !== 'pause';
	return events.some(
		(event) => event.kind === 'settings-changed' && event.changes.connectionId !== undefined,
	);
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
		return 'refused' in outcome
			? outcome
			: { events: [...outcome.events, nextLease(log.state, device)] };
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
	return defaultFirst(await allConnections(db), await loadSetting(db, 'defaultConnectionId'));
}
