import type { JsonSchema } from './json';
import type { Budget } from './settings';
import type { PermissionMode, ToolPolicy } from './rules/permission';

/** A saved definition. Runs keep a snapshot of it, so editing or deleting an agent changes no history. */
export interface Agent {
	v: 1;
	id: string;
	name: string;
	/** A name from the icon set. */
	icon: string;
	description: string;
	systemPrompt: string;
	/** Null: the device's default connection, and that connection's first model. */
	connectionId: string | null;
	model: string | null;
	effort: string | null;
	thinking: boolean;
	/** Tools the agent may see, by name. A tool that is not listed is not offered. */
	tools: Record<string, ToolPolicy>;
	permissionMode: PermissionMode;
	inputSchema: JsonSchema | null;
	outputSchema: JsonSchema | null;
	maxTurns: number;
	budget: Budget | null;
	labels: string[];
	/** The definition it was made from in another app, as it was: it may say more than an agent here can. */
	imported?: { from: 'sciorex'; text: string };
	/** Epoch ms. */
	createdAt: number;
	updatedAt: number;
}

/** The agent as it was when the run began: what the run needs, and nothing that changes on its own. */
export type AgentSnapshot = Pick<
	Agent,
	| 'id'
	| 'name'
	| 'icon'
	| 'description'
	| 'systemPrompt'
	| 'tools'
	| 'inputSchema'
	| 'outputSchema'
	| 'labels'
>;

export function snapshotOf(agent: Agent): AgentSnapshot {
	const { id, name, icon, description, systemPrompt, tools, inputSchema, outputSchema, labels } =
		agent;
	return { id, name, icon, description, systemPrompt, tools, inputSchema, outputSchema, labels };
}
