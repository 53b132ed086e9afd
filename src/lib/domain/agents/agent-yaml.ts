/**
 * Agents as YAML: a file of one or several documents, each with `muster: agent/1`. Holds what makes the agent; ids,
 * times and connections are of a workspace and a device and stay there (a connection is named, never contained).
 * Imports the YAML package: load this module lazily.
 */
import { parse, stringify, type ToStringOptions } from 'yaml';
import type { Agent } from '../agent';
import { AGENT_FORMAT } from './agent-format';

export {
	agentsFromYaml,
	type ImportedAgent,
	type ReadAgents,
	type YamlProblem,
} from './agent-yaml-read';

/** `connectionName`: what this device calls a connection, for the reader of the file. */
export function agentsToYaml(
	agents: readonly Agent[],
	connectionName: (id: string) => string | null = () => null,
): string {
	return agents.map((agent) => agentToYaml(agent, connectionName)).join('---\n');
}

function agentToYaml(agent: Agent, connectionName: (id: string) => string | null): string {
	const { name, icon, description, systemPrompt, model, effort, thinking, tools, permissionMode } =
		agent;
	const { inputSchema, outputSchema, maxTurns, budget, labels } = agent;
	const connection = agent.connectionId === null ? null : connectionName(agent.connectionId);
	const fields = {
		muster: AGENT_FORMAT,
		name,
		icon,
		description,
		systemPrompt,
		...(connection === null ? {} : { connection }),
		...(model === null ? {} : { model }),
		...(effort === null ? {} : { effort }),
		thinking,
		tools,
		permissionMode,
		...(inputSchema === null ? {} : { inputSchema }),
		...(outputSchema === null ? {} : { outputSchema }),
		maxTurns,
		...(budget === null ? {} : { budget }),
		labels,
		...(agent.imported === undefined ? {} : { imported: agent.imported }),
	};
	return faithful(fields);
}

const pretty: ToStringOptions = { lineWidth: 0, blockQuote: 'literal', nullStr: 'null' };

/** Block texts read best, but line breaks of other kinds don't survive them: then everything is quoted. */
function faithful(fields: object): string {
	const options = { aliasDuplicateObjects: false };
	const text = stringify(fields, { ...options, ...pretty });
	if (JSON.stringify(parse(text)) === JSON.stringify(fields)) return text;
	return stringify(fields, {
		...options,
		...pretty,
		defaultStringType: 'QUOTE_DOUBLE',
		defaultKeyType: 'QUOTE_DOUBLE',
	});
}
