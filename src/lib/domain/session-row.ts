import type { Usage } from './log/event';
import type { Status } from './status';

/** What a list shows of a session: a projection of its log, rebuilt from it whenever in doubt. */
export interface SessionRow {
	v: 1;
	id: string;
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
	/** Epoch ms. */
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
}
