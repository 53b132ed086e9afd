import type { WorkspaceSettings } from './source';

/** What an import comes to, or would come to: what a person is shown before and after. */

/** `at-work`: it is being run here, and left alone. `refused`: something of it is here as another session's. */
export type SessionOutcome =
	'new' | 'longer' | 'refiled' | 'same' | 'copied' | 'at-work' | 'refused';

export interface Tally {
	sessions: Record<SessionOutcome, number>;
	/** Sessions that were in the middle of something, and stand still until a person has them go on. */
	held: number;
	/** `renumbered`: of the new ones, those whose number was taken. */
	tickets: { new: number; changed: number; same: number; renumbered: number };
	agents: { new: number; copied: number; same: number };
	/** Settings that change. */
	settings: (keyof WorkspaceSettings)[];
	/** What the source left out, each in a sentence. */
	left: string[];
}

export function emptyTally(): Tally {
	return {
		sessions: { new: 0, longer: 0, refiled: 0, same: 0, copied: 0, 'at-work': 0, refused: 0 },
		held: 0,
		tickets: { new: 0, changed: 0, same: 0, renumbered: 0 },
		agents: { new: 0, copied: 0, same: 0 },
		settings: [],
		left: [],
	};
}

/** How many sessions were looked at. */
export function sessionsIn({ sessions }: Tally): number {
	return Object.values(sessions).reduce((sum, n) => sum + n, 0);
}

/** Whether importing would change anything. */
export function changesAnything({ sessions, tickets, agents, settings }: Tally): boolean {
	return (
		sessions.new + sessions.longer + sessions.refiled + sessions.copied > 0 ||
		tickets.new + tickets.changed + agents.new + agents.copied + settings.length > 0
	);
}
