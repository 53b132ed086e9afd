import type { Agent } from '../domain/agent';
import type { SessionRow } from '../domain/session-row';
import { lastRuns } from '../store/agent-runs';
import { agentById, allAgents } from '../store/agents';
import { app } from './app.svelte';

/** An agent as its list shows it. */
export interface AgentEntry {
	agent: Agent;
	lastRun: SessionRow | null;
}

/** Agents by name, each with its newest run; null until the store has answered. */
export class AgentList {
	search = $state('');

	#all = app.live(async (db) => {
		const agents = (await allAgents(db)).sort(byName);
		const runs = await lastRuns(
			db,
			agents.map((agent) => agent.id),
		);
		return agents.map((agent): AgentEntry => ({ agent, lastRun: runs.get(agent.id) ?? null }));
	});
	#found = $derived(this.#all.current?.filter(({ agent }) => matches(agent, this.search)) ?? null);

	get all(): AgentEntry[] | null {
		return this.#all.current ?? null;
	}

	/** Those with every word of `search` in name, description, model and labels, or all of it in the prompt. */
	get found(): AgentEntry[] | null {
		return this.#found;
	}

	get error(): unknown {
		return this.#all.error;
	}
}

/** One agent, live. `undefined`: not yet read. `null`: there is none. */
export class OneAgent {
	#query;

	constructor(id: string) {
		this.#query = app.live(async (db) => (await agentById(db, id)) ?? null);
	}

	get current(): Agent | null | undefined {
		return this.#query.current;
	}
}

/** @throws AgentRefused when the engine says no */
export async function saveAgent(agent: Agent): Promise<void> {
	const { state, note } = await app.carryOut({ kind: 'save-agent', agent });
	if (state === 'refused') throw new AgentRefused(note ?? 'The agent was not saved.');
}

/** @throws AgentRefused when the engine says no */
export async function deleteAgent(agentId: string): Promise<void> {
	const { state, note } = await app.carryOut({ kind: 'delete-agent', agentId });
	if (state === 'refused') throw new AgentRefused(note ?? 'The agent was not deleted.');
}

/** What the engine said instead of doing it; fit to be shown. */
export class AgentRefused extends Error {
	override name = 'AgentRefused';
}

/** Prompts are long and hold nearly every word: in them the words have to stand together. */
function matches(agent: Agent, search: string): boolean {
	const wanted = search.trim().toLocaleLowerCase();
	const short = [agent.name, agent.description, agent.model, ...agent.labels].join('\n');
	const words = wanted.split(/\s+/);
	return (
		words.every((word) => short.toLocaleLowerCase().includes(word)) ||
		agent.systemPrompt.toLocaleLowerCase().includes(wanted)
	);
}

function byName(one: Agent, other: Agent): number {
	return one.name.localeCompare(other.name) || one.id.localeCompare(other.id);
}
