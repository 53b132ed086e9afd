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

/** What stops working when a connection is removed; one sentence each. */
export function removalNotes(
	connection: Connection,
	agents: readonly string[],
	nextDefault: Connection | null | undefined,
): string[] {
	const many =
		agents.length > 4
			? `${agents.slice(0, 3).join(', ')} and ${agents.length - 3} more`
			: agents.join(', ');
	return [
		...(connection.keyHint ? ['Its key is deleted from this device.'] : []),
		...(agents.length === 1
			? [`${many} uses it, and cannot run until you give it another connection.`]
			: agents.length > 1
				? [`${agents.length} agents use it, and cannot run until you give them another: ${many}.`]
				: []),
		...(nextDefault === undefined
			? []
			: nextDefault
				? [`Agents on the device default go on with ${nextDefault.name}.`]
				: ['It is the only one: nothing can run until you connect a model again.']),
		'Runs that used it stay readable. To go on, they need another connection.',
	];
}
