/** What a search of all sessions asks and answers. */
import type { SessionEvent } from '../log/event';
import type { SessionRow } from '../session-row';
import type { Passage } from './passage';

export interface SearchAsk {
	/** As typed. */
	query: string;
	/** Where an earlier answer to the same query stopped; null: from the newest session. */
	after: SearchPlace | null;
	/** Hits of one answer, at most. */
	limit: number;
}

/** Where a search has come to: all sessions are settled that are newer than this one, and so is this one. */
export interface SearchPlace {
	/** Epoch ms. */
	startedAt: number;
	/** Of the session. */
	id: string;
	/** By which the worker knows what it has read for this search. It can go on without. */
	walk: number;
}

export interface SearchAnswer {
	/** Newest sessions first, from answer to answer; one hit for a session. */
	hits: SearchHit[];
	/** Ask again from here; null: that was all. An answer may be empty and yet not the last. */
	next: SearchPlace | null;
	/** Sessions whose latest words may be missing: they were not in the index when the search began, or are not now. */
	indexing: number;
}

/** Where in a session something was found. */
export type HitPlace =
	'title' | 'prompt' | 'answer' | 'thinking' | 'tool' | 'result' | 'question' | 'output';

export interface SearchHit {
	row: HitRow;
	title: Passage;
	place: HitPlace;
	/** The event that holds most of it; null: the title holds all. */
	eventId: string | null;
	/** Epoch ms: when that was said, or the session began. */
	at: number;
	/** Null where the title says it. */
	passage: Passage | null;
}
export type HitRow = Pick<
	SessionRow,
	| 'id'
	| 'place'
	| 'agentName'
	| 'agentIcon'
	| 'mode'
	| 'status'
	| 'archivedAt'
	| 'startedAt'
	| 'ticketId'
>;

export function hitPlace({ kind }: SessionEvent): HitPlace {
	switch (kind) {
		case 'prompt':
			return 'prompt';
		case 'thinking':
			return 'thinking';
		case 'tool-call':
		case 'permission-decided':
			return 'tool';
		case 'tool-result':
			return 'result';
		case 'question-asked':
		case 'question-answered':
			return 'question';
		case 'output':
			return 'output';
		default:
			return 'answer';
	}
}
