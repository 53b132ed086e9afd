import type { Agent } from '../agent';
import { defaultPolicies } from '../tools/catalogue';

/** An agent as the editor begins it: every tool, asked for where it changes something. `now` in epoch ms. */
export function newAgent(id: string, now: number): Agent {
	return {
		v: 1,
		id,
		name: '',
		icon: 'agent',
		description: '',
		systemPrompt: '',
		connectionId: null,
		model: null,
		effort: null,
		thinking: true,
		tools: { ...defaultPolicies },
		permissionMode: 'ask',
		inputSchema: null,
		outputSchema: null,
		maxTurns: 50,
		budget: null,
		labels: [],
		createdAt: now,
		updatedAt: now,
	};
}
