/**
 * An agent that was written elsewhere: checked, without the connection, which every device has of its own, and
 * without tools that this build does not have.
 */
import type { Agent } from '../agent';
import { isId, isTime, type Parsed } from '../log/parse-event';
import { flag, isRecord, listOf, mapOf, misfit, number, oneOf, orNull, text } from '../shape';
import { toolNamed } from '../tools/catalogue';
import { agentProblems } from './agent-problems';

const fields = {
	v: oneOf(1),
	id: isId,
	name: text,
	icon: text,
	description: text,
	systemPrompt: text,
	model: orNull(text),
	effort: orNull(text),
	thinking: flag,
	tools: mapOf(oneOf('allow', 'ask', 'deny')),
	permissionMode: text,
	inputSchema: orNull(isRecord),
	outputSchema: orNull(isRecord),
	maxTurns: number,
	budget: orNull(isRecord),
	labels: listOf(text),
	createdAt: isTime,
	updatedAt: isTime,
};

export function parseAgent(value: unknown): Parsed<Agent> {
	if (!isRecord(value)) return { problem: 'an agent is no object' };
	const wrong = misfit(value, fields);
	if (wrong !== null) return { problem: `an agent has no sound "${wrong}"` };
	const known = Object.entries(value['tools'] as Agent['tools']).filter(([name]) =>
		toolNamed(name),
	);
	const tools = Object.fromEntries(known);
	const agent = { ...value, tools, connectionId: null } as unknown as Agent;
	const [problem] = Object.values(agentProblems(agent));
	if (problem !== undefined) return { problem: `the agent ${agent.name.slice(0, 80)}: ${problem}` };
	return { value: agent };
}
