/** A connection is a device's own, a session is not: what a device needs to go on with the session of another one. Pure. */
import type { Connection } from '../connection';
import { connectionFor } from '../connection-choice';
import type { EventDraft, Person } from '../log/event';
import { changesOf, type SessionSettings } from '../settings';
import type { Ruling } from './ruling';

/** What has to change for the settings to hold on a device, or why they can't. */
export type Fit = { changes: Partial<SessionSettings> } | { refused: string };

/**
 * Finds the model of a session on this device: over the same connection, or else over one that has it too.
 * `connections`: all of this device; the default one first.
 */
export function settingsHere(
	{ connectionId, model, effort }: Pick<SessionSettings, 'connectionId' | 'model' | 'effort'>,
	connections: readonly Connection[],
): Fit {
	const found = connectionFor(connectionId, model, connections);
	if (found?.id === connectionId) return { changes: {} };
	if (found) {
		const levels = found.models.find(({ id }) => id === model)?.efforts ?? [];
		const lacks = effort !== null && !levels.includes(effort);
		return { changes: { connectionId: found.id, ...(lacks && { effort: null }) } };
	}
	return {
		refused:
			connections.length === 0
				? 'No model is connected on this device. Connect one in Settings, then go on here.'
				: `No connection on this device has the model ${model}. Choose another model to go on.`,
	};
}

/** The same events, under settings that hold on this device; refused where there are none. */
export function fitted(
	events: readonly EventDraft[],
	before: SessionSettings,
	connections: readonly Connection[],
	by: Person,
): Ruling {
	const chosen: Partial<SessionSettings> = {};
	const others = events.filter((event) => {
		if (event.kind !== 'settings-changed') return true;
		Object.assign(chosen, event.changes);
		return false;
	});
	const fit = settingsHere({ ...before, ...chosen }, connections);
	if ('refused' in fit) return fit;
	const changes = changesOf(before, { ...chosen, ...fit.changes });
	const changed = Object.keys(changes).length > 0;
	return {
		events: changed ? [{ kind: 'settings-changed', by, changes }, ...others] : others,
	};
}
