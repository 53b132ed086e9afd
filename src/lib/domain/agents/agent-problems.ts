import type { Agent } from '../agent';
import { permissionModes } from '../rules/permission';
import { schemaProblems } from '../schema/schema-problems';
import { toolNamed } from '../tools/catalogue';

/** The fields of an agent that someone fills in. */
export type AgentField = Exclude<keyof Agent, 'v' | 'id' | 'createdAt' | 'updatedAt'>;
export type AgentProblems = Partial<Record<AgentField, string>>;

export const agentLimits = {
	nameChars: 80,
	descriptionChars: 500,
	promptChars: 200_000,
	turns: 500,
	labels: 20,
	labelChars: 40,
} as const;

/** What keeps an agent from being saved, a sentence by field; no fields when it is sound. */
export function agentProblems(
	agent: Omit<Agent, 'v' | 'id' | 'createdAt' | 'updatedAt'>,
): AgentProblems {
	const found: { [K in AgentField]?: string | null } = {
		name: nameProblem(agent.name),
		icon: /^[a-z][a-z0-9-]{0,30}$/.test(agent.icon) ? null : 'Choose an icon',
		description: tooLong(agent.description, agentLimits.descriptionChars),
		systemPrompt: tooLong(agent.systemPrompt, agentLimits.promptChars),
		tools: toolsProblem(agent.tools),
		permissionMode: permissionModes.some(({ mode }) => mode === agent.permissionMode)
			? null
			: 'Choose a permission mode',
		inputSchema: schemaProblem(agent.inputSchema),
		outputSchema: schemaProblem(agent.outputSchema),
		maxTurns: turnsProblem(agent.maxTurns),
		budget: budgetProblem(agent.budget),
		labels: labelsProblem(agent.labels),
	};
	return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem));
}

function nameProblem(name: string): string | null {
	if (name.trim() === '') return 'Give the agent a name';
	return tooLong(name, agentLimits.nameChars);
}

function tooLong(text: string, max: number): string | null {
	return text.length > max
		? `Keep it under ${count(max)} characters, it has ${count(text.length)}`
		: null;
}

function toolsProblem(tools: Agent['tools']): string | null {
	for (const [name, policy] of Object.entries(tools)) {
		if (!toolNamed(name)) return `There is no tool called ${name}`;
		if (!['allow', 'ask', 'deny'].includes(policy))
			return `${name} must be set to allow, ask or deny`;
	}
	return null;
}

function schemaProblem(schema: Agent['inputSchema']): string | null {
	const [problem] = schema === null ? [] : schemaProblems(schema);
	return problem ? `${problem.message}${problem.at ? ` (at ${problem.at})` : ''}` : null;
}

function turnsProblem(turns: number): string | null {
	const fits = Number.isInteger(turns) && turns >= 1 && turns <= agentLimits.turns;
	return fits ? null : `Must be a whole number from 1 to ${agentLimits.turns}`;
}

function budgetProblem(budget: Agent['budget']): string | null {
	if (budget === null) return null;
	const { tokens, usd } = budget;
	if (tokens !== undefined && !(Number.isInteger(tokens) && tokens > 0))
		return 'The token budget must be a whole number above 0';
	if (usd !== undefined && !(Number.isFinite(usd) && usd > 0))
		return 'The money budget must be a number above 0';
	return tokens === undefined && usd === undefined ? 'The budget sets no limit' : null;
}

function labelsProblem(labels: readonly string[]): string | null {
	if (labels.length > agentLimits.labels) return `At most ${agentLimits.labels} labels`;
	if (labels.some((label) => label.trim() === '')) return 'A label is empty';
	if (labels.some((label) => label.length > agentLimits.labelChars))
		return `A label has at most ${agentLimits.labelChars} characters`;
	return new Set(labels).size < labels.length ? 'A label is there twice' : null;
}

const count = (n: number) => n.toLocaleString('en-GB');
