import type { Agent } from '../agent';
import { canonicalJson, type JsonValue } from '../json';
import { stableId } from './stable-id';

/**
 * The agent to save for one from elsewhere; null where it is here already. One that was changed here or there is
 * kept beside ours, under an id that follows from what it is, so that it comes once.
 */
export function mergeAgent(
	theirs: Agent,
	agents: ReadonlyMap<string, Agent>,
): { agent: Agent; copy: boolean } | null {
	const ours = agents.get(theirs.id);
	if (!ours) return { agent: theirs, copy: false };
	if (contentOf(ours) === contentOf(theirs)) return null;
	const id = stableId(theirs.id, contentOf(theirs));
	if (agents.has(id)) return null;
	return { agent: { ...theirs, id, name: `${theirs.name.slice(0, 69)} (imported)` }, copy: true };
}

/** What makes it the same agent: neither when it was saved, nor a connection, which is of one device. */
function contentOf(agent: Agent): string {
	const content = { ...agent, connectionId: null, createdAt: 0, updatedAt: 0 };
	return canonicalJson(content as unknown as JsonValue);
}
