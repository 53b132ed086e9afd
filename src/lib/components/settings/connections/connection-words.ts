import type { Connection, ModelInfo } from '$lib/domain/connection';
import { formatTokens } from '$lib/domain/format';
import { endpointProfiles } from '$lib/domain/quirks';
import type { IconName } from '../../shared/icon-paths';

export const connectionIcon: Record<Connection['kind'], IconName> = {
	anthropic: 'key',
	compatible: 'server',
	practice: 'play',
};

/** Where it leads and with which key, e.g. "Ollama · http://localhost:11434 · key …7Qx9". */
export function connectionFacts(connection: Connection): string[] {
	if (connection.kind === 'practice') return ['Built in', 'scripted replies', 'no network'];
	const kind = endpointProfiles.find(({ id }) => id === connection.profile)?.label;
	return [
		...(kind && kind !== connection.name ? [kind] : []),
		connection.baseUrl,
		connection.keyHint ? `key …${connection.keyHint}` : 'no key',
	];
}

export function countModels(count: number): string {
	return count === 1 ? '1 model' : `${count} models`;
}

/** What a model can do, in a few words each; empty when its endpoint says nothing. */
export function capabilities(model: ModelInfo): string[] {
	return [
		...(model.maxInput === null ? [] : [`${formatTokens(model.maxInput)} context`]),
		...(model.maxOutput === null ? [] : [`${formatTokens(model.maxOutput)} output`]),
		...(model.thinking.length > 0 ? ['Thinking'] : []),
		...(model.structuredOutput ? ['Structured output'] : []),
		...(model.images ? ['Images'] : []),
		...(model.pdf ? ['PDF'] : []),
	];
}

/**
 * What stops working when a connection is removed; one sentence each. `next` is the default afterwards: null when
 * none is left; `wasDefault` when that is another one than before.
 */
export function removalNotes(
	connection: Connection,
	agents: readonly string[],
	next: Connection | null,
	wasDefault: boolean,
): string[] {
	const key = connection.keyHint === null ? [] : ['Its key is deleted from this device.'];
	const stays = 'Runs that used it stay readable. To go on, they need another connection.';
	if (!next)
		return [...key, 'It is the only one: nothing can run until you connect a model again.', stays];
	const promoted = wasDefault ? [`${next.name} becomes the default.`] : [];
	if (agents.length === 0) return [...key, ...promoted, stays];
	const shown = agents.length > 4 ? agents.slice(0, 3) : agents;
	const rest = agents.length - shown.length;
	const names = rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
	const use = agents.length === 1 ? 'uses it, and goes' : 'use it, and go';
	return [
		...key,
		...promoted,
		`${names} ${use} on with the default, ${next.name}, and its first model.`,
		stays,
	];
}
