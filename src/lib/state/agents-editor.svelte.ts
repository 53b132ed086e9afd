import type { Agent } from '../domain/agent';
import { newAgent } from '../domain/agents/new-agent';
import type { AgentDraft } from './agent-draft.svelte';
import { agentOf, type AgentFields, type ReadSchemas } from './agent-draft-fields';
import { saveAgent } from './agents.svelte';

export type SaveState = 'idle' | 'saving' | 'saved';

/** Saves a draft and says how far it is; `saved` only once it is in the store. */
export class AgentSaving {
	#state = $state.raw<SaveState>('idle');

	get state(): SaveState {
		return this.#state;
	}

	/** Resolves with what was saved. Throws `AgentRefused` when the engine says no; the draft then stays. */
	async save(draft: AgentDraft, schemas: ReadSchemas): Promise<Agent> {
		const sent = draft.snapshot();
		const agent = withTimes(sent, schemas, draft.isNew);
		this.#state = 'saving';
		try {
			await saveAgent(agent);
		} catch (error) {
			this.#state = 'idle';
			throw error;
		}
		draft.settle(agent, sent);
		this.#state = 'saved';
		return agent;
	}

	/** Something was changed since. */
	stale(): void {
		if (this.#state === 'saved') this.#state = 'idle';
	}
}

function withTimes(fields: AgentFields, schemas: ReadSchemas, isNew: boolean): Agent {
	const now = Date.now();
	const agent = agentOf(fields, schemas, newAgent('', 0).maxTurns);
	return { ...agent, createdAt: isNew ? now : agent.createdAt, updatedAt: now };
}
