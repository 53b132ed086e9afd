import type { Usage } from './log/event';
import type { Filed } from './log/filing';
import type { Status } from './status';

/** A chat is a session without an agent; its branches stand behind the chat they branched from. */
export type SessionKind = 'run' | 'chat' | 'branch';
/** Lists are of one kind, and of what is there, put away, or in Deleted. */
export type Place = `${SessionKind}${'' | '-archived' | '-deleted'}`;

/** What a list shows of a session: a projection of its log, rebuilt from it whenever in doubt. */
export interface SessionRow {
	v: 2;
	id: string;
	/** Where lists have it. */
	place: Place;
	/** Null for a chat. */
	agentId: string | null;
	agentName: string;
	agentIcon: string;
	title: string;
	mode: 'standard' | 'council' | 'team';
	status: Status;
	/** Why it waits, or what failed, in a few words; empty when there is nothing to say. */
	reason: string;
	/** When it goes on by itself (a retry), epoch ms. */
	until: number | null;
	/** Whether a person has to do something for it to go on. */
	needsYou: boolean;
	/** Progress in a count, e.g. "Step 14"; empty when at rest. */
	progress: string;
	model: string;
	effort: string | null;
	ticketId: string | null;
	labels: string[];
	/** Epoch ms, as all of these; null: it was not put away. */
	archivedAt: number | null;
	deletedAt: number | null;
	/** Something that no person has looked at yet. */
	unread: boolean;
	/** As in `Filed`; absent in rows of before there were turns. */
	stamps?: Filed['stamps'];
	seenUpTo?: number;
	/** What came out, in one line; empty while nothing has. */
	summary: string;
	/** The session it was forked from; of a branch, the chat whose conversation it belongs to. */
	parentId: string | null;
	startedAt: number;
	updatedAt: number;
	/** Time spent running, without waits, up to `runningSince` or to the end. Milliseconds. */
	activeMs: number;
	/** Set while it runs: the moment its present stretch of running began, epoch ms. */
	runningSince: number | null;
	usage: Usage;
	turns: number;
	/** USD; null when the price of any turn is unknown. */
	cost: number | null;
	/** Seq of the last event the projection has seen. */
	seq: number;
	/** Which device runs it, or did last; absent where nobody has yet. */
	runner?: { device: string; name: string };
	/** Its log is not on this device: the row came from another one. */
	away?: true;
}
