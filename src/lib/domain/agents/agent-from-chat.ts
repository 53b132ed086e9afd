import type { Agent } from '../agent';
import type { SessionSettings } from '../settings';
import { chatAgent } from './chat-agent';
import { newAgent } from './new-agent';

export interface ChatSoFar {
	title: string;
	/** What it began with. */
	firstPrompt: string;
	settings: SessionSettings;
}

/** Well inside what an agent's fields may hold, UTF-16 units. */
const NAME_CHARS = 40;
const TASK_CHARS = 20_000;

/** An agent that goes on as a chat went: its settings and tools, and its first message as the task. `now`: epoch ms. */
export function agentOfChat(
	{ title, firstPrompt, settings }: ChatSoFar,
	id: string,
	now: number,
): Agent {
	return {
		...newAgent(id, now),
		...settings,
		name: [...title].slice(0, NAME_CHARS).join(''),
		icon: chatAgent.icon,
		systemPrompt: `You help with tasks like this one:\n\n${firstPrompt.trim().slice(0, TASK_CHARS)}`,
		tools: { ...chatAgent.tools },
	};
}
