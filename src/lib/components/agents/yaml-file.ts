import type { Agent } from '$lib/domain/agent';
import { connections } from '$lib/state/connections.svelte';
import { loadPart } from '$lib/state/load-part';
import { toasts } from '$lib/state/toasts.svelte';

export const yamlFileTypes = '.yaml,.yml,application/yaml,text/yaml';

export function isYamlFile({ name, type }: Pick<File, 'name' | 'type'>): boolean {
	return /\.ya?ml$/i.test(name) || /yaml/.test(type);
}

/** What is YAML among dropped files. What is not is named: nothing that is dropped goes without a word. */
export function yamlFilesOf(files: Iterable<File>): File[] {
	const all = [...files];
	const others = all.filter((file) => !isYamlFile(file));
	const [first] = others;
	if (first)
		toasts.show({
			text: `${others.length === 1 ? `“${first.name}” is` : `${others.length} files are`} no YAML. Drop files that end in .yaml or .yml.`,
			icon: 's-failed',
			tone: 'failed',
			key: 'agents-drop',
		});
	return all.filter(isYamlFile);
}

/** Hands the agents to the browser as one YAML file. Keys and connections are not in it. */
export async function exportAgents(agents: readonly Agent[]): Promise<void> {
	const yaml = await loadPart(() => import('$lib/domain/agents/agent-yaml'));
	if (!yaml) return;
	const text = yaml.agentsToYaml(agents, (id) => connections.byId(id)?.name ?? null);
	const name = fileName(agents);
	const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// The download has begun by the next task; the browser keeps what it needs.
	setTimeout(() => URL.revokeObjectURL(url));
	toasts.show({ text: `Exported as ${name}`, icon: 'export' });
}

/** "code-reviewer.agent.yaml", or "agents.yaml" for several. */
export function fileName(agents: readonly Pick<Agent, 'name'>[]): string {
	const [only] = agents;
	if (!only || agents.length > 1) return 'agents.yaml';
	const slug = only.name
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 60);
	return `${slug || 'agent'}.agent.yaml`;
}
