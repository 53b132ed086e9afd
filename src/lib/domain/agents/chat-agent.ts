import type { AgentSnapshot } from '../agent';
import type { SessionState } from '../log/state';

/** Who answers in a chat: the model itself, without instructions, with the tools of every session. */
export const chatAgent: AgentSnapshot = {
	id: '',
	name: 'Chat',
	icon: 'chat',
	description: '',
	systemPrompt: '',
	tools: {
		list_files: 'allow',
		read_file: 'allow',
		search_files: 'allow',
		write_file: 'ask',
		edit_file: 'ask',
		ask_user: 'allow',
		update_plan: 'allow',
		list_tickets: 'allow',
		get_ticket: 'allow',
		create_ticket: 'ask',
		update_ticket: 'ask',
		comment_ticket: 'ask',
	},
	inputSchema: null,
	outputSchema: null,
	labels: [],
};

/** The agent that acts in a session; a chat has none of its own. */
export function actingAgent({ agent }: Pick<SessionState, 'agent'>): AgentSnapshot {
	return agent ?? chatAgent;
}
