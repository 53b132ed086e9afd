import type { Agent } from '$lib/domain/agent';
import { adoptAgent } from '$lib/domain/agents/adopt-agent';
import type { AgentDraft } from '$lib/domain/agents/agent-format';
import type { ImportedAgent } from '$lib/domain/agents/agent-yaml-read';
import { withApprovals } from '$lib/domain/agents/sciorex-notes';
import type { Connection } from '$lib/domain/connection';
import { canonicalJson, type JsonValue } from '$lib/domain/json';

export type ImportChoice = 'add' | 'replace' | 'skip';

/** One agent of a file, and what would become of it. */
export interface ImportEntry {
	imported: ImportedAgent;
	/** The agent here of the same name, when there is one. */
	same: Agent | null;
	/** It is here already, word for word. */
	unchanged: boolean;
	/** What is suggested. */
	choice: ImportChoice;
	/** It may go on approving its own tools, as it did in Sciorex. Only a person says so. */
	approves: boolean;
}

/** The agent as it would be saved. */
export function chosenAgent({ imported, approves }: ImportEntry): AgentDraft {
	const { agent, sciorex } = imported;
	return approves && sciorex?.approvals ? withApprovals(agent, sciorex.approvals) : agent;
}

/** Replaces agents of the same name, adds the others, and leaves alone what is here already. */
export function planImport(
	read: readonly ImportedAgent[],
	here: readonly Agent[],
	connections: readonly Connection[],
): ImportEntry[] {
	const taken = new Set<string>();
	return read.map((imported) => {
		const same =
			here.find(({ id, name }) => name === imported.agent.name && !taken.has(id)) ?? null;
		const unchanged = same !== null && isSame(same, imported, connections);
		if (same && !unchanged) taken.add(same.id);
		const choice = unchanged ? 'skip' : same ? 'replace' : 'add';
		return { imported, same, unchanged, choice, approves: false };
	});
}

export interface ImportResult {
	agents: Agent[];
	/** The agents they take the place of, as they were. */
	replaced: Agent[];
	/** What could not be kept, e.g. a model that no connection here has. */
	notes: string[];
}

/** The agents to save. `now` in epoch ms. */
export function importedAgents(
	entries: readonly ImportEntry[],
	from: { now: number; connections: readonly Connection[]; newId: () => string },
): ImportResult {
	const result: ImportResult = { agents: [], replaced: [], notes: [] };
	for (const entry of entries) {
		const { same, choice } = entry;
		if (choice === 'skip') continue;
		const imported = { ...entry.imported, agent: chosenAgent(entry) };
		const old = choice === 'replace' ? same : null;
		const id = old?.id ?? from.newId();
		const { agent, note } = adoptAgent(imported, { ...from, id });
		result.agents.push({ ...agent, createdAt: old?.createdAt ?? agent.createdAt });
		if (old) result.replaced.push(old);
		if (note) result.notes.push(note);
	}
	return result;
}

function isSame(same: Agent, imported: ImportedAgent, connections: readonly Connection[]): boolean {
	const { agent } = adoptAgent(imported, { id: same.id, now: 0, connections });
	const text = ({ createdAt: _c, updatedAt: _u, ...rest }: Agent) =>
		canonicalJson(JSON.parse(JSON.stringify(rest)) as JsonValue);
	return text(agent) === text(same);
}
