import { BY_ENGINE } from '$lib/domain/deciders/step';
import type { EventDraft } from '$lib/domain/log/event';
import type { SessionState } from '$lib/domain/log/state';
import type { DeviceIdentity } from '../journal/journal';

/**
 * What an engine that has just started must write before it runs a session: nothing when the session is its
 * device's own and nothing was under way; otherwise a lease with a higher epoch, which marks whatever the
 * earlier runner left unfinished as interrupted.
 */
export function leaseToTake(state: SessionState, device: DeviceIdentity): EventDraft[] {
	const { lease } = state;
	if (lease && lease.device === device.id && !hasWorkUnderWay(state)) return [];
	return [nextLease(state, device)];
}

/** With it a device runs a session from there on, whoever did before. */
export function nextLease({ lease }: SessionState, { id, name }: DeviceIdentity): EventDraft {
	const epoch = (lease?.epoch ?? 0) + 1;
	return { kind: 'lease-taken', by: BY_ENGINE, device: id, deviceName: name, epoch };
}

function hasWorkUnderWay(state: SessionState): boolean {
	for (const actor of state.actors.values()) if (actor.open) return true;
	for (const id of state.openCalls) if (state.calls.get(id)?.started) return true;
	return false;
}
