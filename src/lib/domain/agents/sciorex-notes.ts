import type { AgentDraft } from './agent-format';

/** What became of an agent's fields, for whoever imports it. */
export interface SciorexNotes {
	/** Fields that mean the same here. */
	taken: string[];
	/** What is otherwise here, a sentence each. */
	changed: string[];
	/** Fields without a counterpart. */
	left: string[];
	/** What it did there without asking; null: it asked. */
	approvals: SciorexApprovals | null;
}

export interface SciorexApprovals {
	/** Everything. */
	all: boolean;
	/** Else these tools, by their names here. */
	tools: string[];
	/** Tools it asked about all the same. */
	asks: string[];
}

/** Tools that ask here, and were used there without asking. */
export function approvedTools(agent: AgentDraft, approvals: SciorexApprovals): string[] {
	const free = approvals.all ? Object.keys(agent.tools) : approvals.tools;
	return free.filter((tool) => agent.tools[tool] === 'ask' && !approvals.asks.includes(tool));
}

/** The agent with these tools free, as only a person may have it. */
export function withApprovals(agent: AgentDraft, approvals: SciorexApprovals): AgentDraft {
	const allowed = approvedTools(agent, approvals).map((tool) => [tool, 'allow'] as const);
	return { ...agent, tools: { ...agent.tools, ...Object.fromEntries(allowed) } };
}
