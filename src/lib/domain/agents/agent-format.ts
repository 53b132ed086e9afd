import type { Agent } from '../agent';

/** Written first in every document. Raise the number only when an old reader would misread a new file. */
export const AGENT_FORMAT = 'agent/1';

/** What a file says of an agent: everything but what a workspace or a device adds. */
export type AgentDraft = Omit<Agent, 'v' | 'id' | 'connectionId' | 'createdAt' | 'updatedAt'>;
