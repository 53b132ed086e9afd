/** The versions of a message: a conversation parts where one is said otherwise, and each branch begins with its own. */
import type { Parent } from '../log/event';
import type { PromptItem } from './transcript-items';

/** A branch of a conversation, with where it parts from the others. */
export interface Branch {
	sessionId: string;
	startedAt: number;
	parent: Parent;
}

export interface Versions {
	/** Sessions that say it each their own way, in the order they began; the one that was there first leads. */
	sessions: string[];
	/** Place of the one that is shown. */
	at: number;
}

/** What the message of a session is a version of, and which session's version it is. */
interface Said {
	/** Event where it was first said. */
	message: string;
	/** The branch that begins with it; null: it is the first version. */
	branch: string | null;
}

/**
 * The versions of a prompt of the session `sessionId`; null where there is one. `own` is the event of the first
 * prompt that the session did not inherit, `parent` where it parts from what it branched from.
 */
export function versionsOf(
	prompt: Pick<PromptItem, 'id' | 'origin'>,
	session: { sessionId: string; parent: Parent | null; own: string | null },
	branches: readonly Branch[],
): Versions | null {
	const { message, branch } = saidBy(prompt, session);
	const others = branches
		.filter(({ parent }) => parent.instead === message)
		.sort((a, b) => a.startedAt - b.startedAt || (a.sessionId < b.sessionId ? -1 : 1));
	const [first] = others;
	if (!first) return null;
	const sessions = [first.parent.sessionId, ...others.map(({ sessionId }) => sessionId)];
	const at = branch === null ? 0 : sessions.indexOf(branch);
	return { sessions, at: Math.max(0, at) };
}

function saidBy(
	{ id, origin }: Pick<PromptItem, 'id' | 'origin'>,
	{ sessionId, parent, own }: { sessionId: string; parent: Parent | null; own: string | null },
): Said {
	if (origin)
		return {
			message: origin.instead ?? origin.eventId,
			branch: origin.instead === undefined ? null : origin.sessionId,
		};
	if (id === own && parent?.instead !== undefined)
		return { message: parent.instead, branch: sessionId };
	return { message: id, branch: null };
}
