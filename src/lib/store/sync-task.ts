import { newId } from './ids';

/**
 * A session, agent, ticket or setting that was written here: what is shared with other devices has yet to hear of it. Written with
 * it, whether there are other devices or not, so that the first one finds all there is.
 */
export interface SyncTask {
	/** `session <id>`, `agent <id>`, `ticket <id>`, `setting <name>`. */
	what: string;
	/** Newest first: when the session began, epoch ms; for the others, when it was written. */
	at: number;
	/** Another one for each write: done is what has not been written again meanwhile. */
	mark: string;
}

export type TaskKind = 'session' | 'agent' | 'ticket' | 'setting';

/** @param at epoch ms, by which the newest come first */
export const taskOf = (kind: TaskKind, id: string, at: number): SyncTask => ({
	what: `${kind} ${id}`,
	at,
	mark: newId(),
});
