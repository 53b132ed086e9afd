import type { Agent } from '../agent';
import { defaultPolicies } from '../tools/catalogue';

/** A blank agent: every tool, asking before it changes a file. `now`: epoch ms. */
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
		maxTurns: 30,
		budget: null,
		labels: [],
		createdAt: now,
		updatedAt: now,
	};
}
