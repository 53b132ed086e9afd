import type { CommandRecord, CommandState } from '../domain/command';
import type { MusterDb } from './db';

/** Writes a command down. From here on it survives the tab; the active worker takes it up. */
export async function sendCommand(db: MusterDb, record: CommandRecord): Promise<void> {
	await db.commands.add(record);
}

export function commandById(db: MusterDb, id: string): Promise<CommandRecord | undefined> {
	return db.commands.where('id').equals(id).first();
}

/** Commands nobody has finished with, in the order they were given. */
export async function openCommands(db: MusterDb): Promise<CommandRecord[]> {
	const open: CommandState[] = ['sent', 'received'];
	return (await db.commands.where('state').anyOf(open).toArray()).sort(
		(a, b) => (a.n ?? 0) - (b.n ?? 0),
	);
}

/** Commands of one session that have not been applied: what the page shows as on its way, or refused. */
export function pendingCommands(db: MusterDb, sessionId: string): Promise<CommandRecord[]> {
	return db.commands
		.where('sessionId')
		.equals(sessionId)
		.filter((record) => record.state !== 'applied')
		.toArray();
}

/** Within a transaction over the commands. Files that came along are in the log now, and need not be kept twice. */
export async function markApplied(db: MusterDb, id: string): Promise<void> {
	await db.commands
		.where('id')
		.equals(id)
		.modify((record) => {
			record.state = 'applied';
			if ('attachments' in record.command) delete record.command.attachments;
		});
}

/** The active worker has the command, or will not carry it out (`note` says why). */
export async function markCommand(
	db: MusterDb,
	id: string,
	state: CommandState,
	note?: string,
): Promise<void> {
	await db.commands.where('id').equals(id).modify({ state, note });
}
