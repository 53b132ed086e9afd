import type { CommandRecord, SessionCommand } from '$lib/domain/command';
import type { SessionState } from '$lib/domain/log/state';

/** Other devices of the workspace, as the engine sees them. */
export interface Elsewhere {
	/** Whether a device, as logs name it, is another one. */
	isOther(device: string): boolean;
	/** Whether anything can be asked of others: this device shares its workspace. */
	readonly isShared: boolean;
	/** Passes a command on to whoever runs its session. */
	pass(record: CommandRecord): Promise<void>;
}

/** Of a device that shares its workspace with nobody. */
export const nowhere: Elsewhere = {
	isOther: () => false,
	isShared: false,
	pass: () => Promise.reject(new Error('There is no other device')),
};

/** Another device has the session, at work or at rest. */
export function isOthers({ lease }: SessionState, elsewhere: Elsewhere): boolean {
	return lease !== null && elsewhere.isOther(lease.device);
}

export type Doer = 'here' | 'here-taking-over' | 'its-runner';

/**
 * Who carries a command out. A session has one writer, its runner: what another device runs it is asked for. One that
 * is over, or came out of a file, nobody runs: whoever has it go on takes it over. Filing needs no runner.
 */
export function whoDoes(state: SessionState, { kind }: SessionCommand, elsewhere: Elsewhere): Doer {
	if (kind === 'take-over') return 'here-taking-over';
	if (kind === 'rename' || !isOthers(state, elsewhere)) return 'here';
	if (!state.ended && !state.imported && elsewhere.isShared) return 'its-runner';
	return kind === 'change-settings' ? 'here' : 'here-taking-over';
}
