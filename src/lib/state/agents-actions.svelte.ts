import type { Agent } from '../domain/agent';
import { dropDraft } from './agent-draft.svelte';
import { AgentRefused, deleteAgent, saveAgent } from './agents.svelte';
import { app } from './app.svelte';
import { toasts } from './toasts.svelte';

/** Saves a copy under a name of its own. Resolves with its id, or null when it was not saved. */
export async function duplicateAgent(
	agent: Agent,
	names: ReadonlySet<string>,
): Promise<string | null> {
	const now = Date.now();
	const name = copyName(agent.name, names);
	const copy: Agent = { ...agent, id: app.newId(), name, createdAt: now, updatedAt: now };
	if (!(await told(saveAgent(copy)))) return null;
	toasts.show({ text: `${name} is saved`, icon: 'copy' });
	return copy.id;
}

/** Deletes agents at once; the toast brings them back as they were. */
export async function deleteAgents(agents: readonly Agent[]): Promise<boolean> {
	for (const agent of agents) if (!(await told(deleteAgent(agent.id)))) return false;
	for (const { id } of agents) dropDraft(id);
	const [first] = agents;
	const what =
		agents.length === 1
			? `${first?.name} is deleted. Its runs keep it as it was.`
			: `${agents.length} agents are deleted. Their runs keep them as they were.`;
	toasts.show({
		text: what,
		icon: 'trash',
		action: { label: 'Undo', kbd: 'z', run: () => void restore(agents) },
	});
	return true;
}

/** Saves agents that were read from a file. `replaced`: those whose place they take, as they were. */
export async function importAgents(result: {
	agents: readonly Agent[];
	replaced: readonly Agent[];
}): Promise<boolean> {
	const { agents, replaced } = result;
	for (const agent of agents) if (!(await told(saveAgent(agent)))) return false;
	const added = agents.filter(({ id }) => !replaced.some((old) => old.id === id));
	toasts.show({
		text: importedText(added.length, replaced.length),
		icon: 'check',
		action: { label: 'Undo', kbd: 'z', run: () => void takeBack(added, replaced) },
	});
	return true;
}

function importedText(added: number, replaced: number): string {
	const parts = [added > 0 && `${added} added`, replaced > 0 && `${replaced} replaced`];
	return `${added + replaced === 1 ? 'Agent' : 'Agents'} imported: ${parts.filter(Boolean).join(', ')}`;
}

async function takeBack(added: readonly Agent[], replaced: readonly Agent[]): Promise<void> {
	for (const { id } of added) if (!(await told(deleteAgent(id)))) return;
	for (const agent of replaced) if (!(await told(saveAgent(agent)))) return;
	toasts.show({ text: 'The import is undone', icon: 'undo' });
}

async function restore(agents: readonly Agent[]): Promise<void> {
	for (const agent of agents) if (!(await told(saveAgent(agent)))) return;
	toasts.show({
		text: agents.length === 1 ? `${agents[0]?.name} is back` : `${agents.length} agents are back`,
		icon: 'undo',
	});
}

/** Resolves with whether it worked; a refusal is shown. */
export async function told(work: Promise<void>): Promise<boolean> {
	try {
		await work;
		return true;
	} catch (error) {
		if (!(error instanceof AgentRefused)) throw error;
		toasts.show({ text: error.message, icon: 's-failed', tone: 'failed' });
		return false;
	}
}

/** "Critic copy", "Critic copy 2", … */
export function copyName(name: string, taken: ReadonlySet<string>): string {
	const base = `${name.replace(/ copy(?: \d+)?$/, '')} copy`;
	let found = base;
	for (let n = 2; taken.has(found); n++) found = `${base} ${n}`;
	return found;
}
