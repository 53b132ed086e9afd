import type { CommandRecord, CommandState } from '../domain/command';
import type { MusterDb } from './db';

/** Writes a command down. From here on it survives the tab; the active worker takes it up. */
export async function sendCommand(db: MusterDb, record: CommandRecord): Promise<void> {
	await db.commands.add(record);
}

export function commandById(db: MusterDb, id: string): Promise<CommandRecord | undefined> {
	return db.commands.where('id').equals(id).first();
}

/** Commands that this device has not finished with, in the order they were given. */
export async function openCommands(db: MusterDb): Promise<CommandRecord[]> {
	const open: CommandState[] = ['sent', 'received'];
	const records = await db.commands.where('state').anyOf(open).toArray();
	return records.filter(({ asked }) => !asked).sort((a, b) => (a.n ?? 0) - (b.n ?? 0));
}

/** Commands that were passed on to other devices, and not answered yet. */
export function askedCommands(db: MusterDb): Promise<CommandRecord[]> {
	const open: CommandState[] = ['sent', 'received'];
	return db.commands
		.where('state')
		.anyOf(open)
		.filter(({ asked }) => asked === true)
		.toArray();
}

/** From here on another device has it to do. */
export async function passCommandOn(db: MusterDb, id: string): Promise<void> {
	await db.commands.where('id').equals(id).modify({ asked: true });
}

/** It is this device's to do after all. */
export async function takeBack(db: MusterDb, id: string): Promise<void> {
	await db.commands
		.where('id')
		.equals(id)
		.modify((record) => {
			delete record.asked;
			record.state = 'sent';
		});
}

/** Commands of other devices that this one has not finished with. */
export async function openForOthers(db: MusterDb): Promise<CommandRecord[]> {
	return (await openCommands(db)).filter(({ from }) => from !== undefined);
}

/** Puts down what another device asks for, once. */
export async function takeCommand(db: MusterDb, record: CommandRecord): Promise<void> {
	await db.transaction('rw', db.commands, async () => {
		if (!(await commandById(db, record.id))) await db.commands.add(record);
	});
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
