import type { Agent } from '../agent';

/** What a starter agent says of itself; the rest is as in any new agent. */
export type Starter = Pick<
	Agent,
	| 'name'
	| 'icon'
	| 'description'
	| 'systemPrompt'
	| 'tools'
	| 'permissionMode'
	| 'maxTurns'
	| 'labels'
> &
	Partial<Pick<Agent, 'inputSchema' | 'outputSchema'>>;
