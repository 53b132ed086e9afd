import type { Agent } from '../agent';
import type { Connection } from '../connection';
import type { AgentDraft } from './agent-format';

/**
 * An imported agent as one of this device. Its model is kept where a connection here has it, the one of the same
 * name first; otherwise it falls back to the defaults and `note` says so. `now`: epoch ms.
 */
export function adoptAgent(
	imported: { agent: AgentDraft; connection: string | null },
	here: { id: string; now: number; connections: readonly Connection[] },
): { agent: Agent; note: string | null } {
	const { agent: draft, connection: name } = imported;
	const having = here.connections.filter(({ models }) =>
		models.some(({ id }) => id === draft.model),
	);
	const connection = having.find((one) => one.name === name) ?? having[0] ?? null;
	const agent: Agent = {
		...draft,
		v: 1,
		id: here.id,
		connectionId: connection?.id ?? null,
		model: connection ? draft.model : null,
		createdAt: here.now,
		updatedAt: here.now,
	};
	const note =
		draft.model !== null && !connection
			? `No connection on this device has the model ${draft.model}. ${draft.name} uses the default one.`
			: null;
	return { agent, note };
}
