import type { CommandRecord, SessionCommand } from '$lib/domain/command';
import type { Connection } from '$lib/domain/connection';
import { BY_ENGINE } from '$lib/domain/deciders/step';
import type { EventDraft } from '$lib/domain/log/event';
import { carryOut, type Outcome } from '$lib/domain/rules/carry-out';
import { startSession } from '$lib/domain/rules/start-session';
import { agentById } from '$lib/store/agents';
import { markCommand } from '$lib/store/commands';
import { allConnections } from '$lib/store/connections';
import { loadSetting } from '$lib/store/settings';
import { applyDeleteAgent, applySaveAgent } from '$lib/store/workspace';
import type { Journal, SessionLog } from '../journal/journal';

/**
 * Turns one command into what it means, once: its events and its being applied are one write, so a command that
 * was cut off before is simply carried out again. Resolves with the session to look at, or null.
 */
export async function handleCommand(
	record: CommandRecord,
	journal: Journal,
): Promise<string | null> {
	const { db } = journal.parts;
	const { command, sessionId } = record;
	switch (command.kind) {
		case 'save-agent':
			await applySaveAgent(db, command.agent, record.id);
			return null;
		case 'delete-agent':
			await applyDeleteAgent(db, command.agentId, record.id);
			return null;
		default:
			if (sessionId === null) {
				await markCommand(db, record.id, 'refused', 'This command names no session.');
				return null;
			}
			await markCommand(db, record.id, 'received');
			return handleSessionCommand(record, command, await journal.open(sessionId), journal);
	}
}

async function handleSessionCommand(
	record: CommandRecord,
	command: SessionCommand,
	log: SessionLog,
	journal: Journal,
): Promise<string | null> {
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
	if (refused === null) return log.sessionId;
	await markCommand(db, record.id, 'refused', refused);
	return null;
}

/** Reads what the command needs beside the log, and leaves the decision for the moment of the append. */
async function preparation(
	record: CommandRecord,
	command: SessionCommand,
	journal: Journal,
): Promise<(log: SessionLog) => Outcome> {
	const { db, device } = journal.parts;
	if (command.kind !== 'start')
		return (log) =>
			log.isEmpty
				? { refused: 'This run is not on this device.' }
				: carryOut(log.state, command, record.by);
	const agent = await agentById(db, command.agentId);
	const connections = await connectionsDefaultFirst(journal);
	return (log) => {
		if (!log.isEmpty) return { refused: 'This run has been started already.' };
		const outcome = startSession(command, agent, connections, record.by);
		return 'refused' in outcome ? outcome : { events: [...outcome.events, firstLease(device)] };
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
