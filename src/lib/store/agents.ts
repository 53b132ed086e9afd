import type { Agent } from '../domain/agent';
import type { MusterDb } from './db';

export function allAgents(db: MusterDb): Promise<Agent[]> {
	return db.agents.toArray();
}

export function agentById(db: MusterDb, id: string): Promise<Agent | undefined> {
	return db.agents.get(id);
}
