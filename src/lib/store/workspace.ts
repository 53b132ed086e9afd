import type { Agent } from '../domain/agent';
import type { MusterDb } from './db';
import { taskOf } from './sync-task';

/** Saves an agent and marks the command that asked for it as applied, together. */
export async function applySaveAgent(db: MusterDb, agent: Agent, commandId: string): Promise<void> {
	await db.transaction('rw', [db.agents, db.commands, db.syncTasks], async () => {
		await db.agents.put(agent);
		await db.syncTasks.put(taskOf('agent', agent.id, agent.updatedAt));
		await db.commands.where('id').equals(commandId).modify({ state: 'applied' });
	});
}

/** Deletes an agent; its runs keep their snapshot. */
export async function applyDeleteAgent(
	db: MusterDb,
	agentId: string,
	commandId: string,
): Promise<void> {
	await db.transaction('rw', [db.agents, db.commands, db.syncTasks], async () => {
		await db.agents.delete(agentId);
		await db.syncTasks.put(taskOf('agent', agentId, Date.now()));
		await db.commands.where('id').equals(commandId).modify({ state: 'applied' });
	});
}

const STARTERS_SAVED = 'startersSaved';

/** Puts the starter agents in, once per workspace: deleted ones stay deleted. */
export async function saveStartersOnce(db: MusterDb, starters: readonly Agent[]): Promise<void> {
	await db.transaction('rw', [db.agents, db.settings, db.syncTasks], async () => {
		if (await db.settings.get(STARTERS_SAVED)) return;
		await db.agents.bulkPut([...starters]);
		await db.syncTasks.bulkPut(starters.map(({ id, updatedAt }) => taskOf('agent', id, updatedAt)));
		await db.settings.put({ key: STARTERS_SAVED, value: true });
	});
}
