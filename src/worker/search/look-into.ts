import type { SessionEvent } from '$lib/domain/log/event';
import { searchedText } from '$lib/domain/search/event-text';
import { findIn, type Found } from '$lib/domain/search/find';
import { passageOf } from '$lib/domain/search/passage';
import type { SearchQuery } from '$lib/domain/search/query';
import { hitPlace, type HitRow, type SearchHit } from '$lib/domain/search/results';
import type { SessionRow } from '$lib/domain/session-row';
import type { MusterDb } from '$lib/store/db';
import { eventWindow } from '$lib/store/event-windows';

/** Events of the first read: most of what is found is near the beginning. */
const FIRST_BITE = 40;
const BITE = 250;
/** Marks that a passage can choose from. */
const MARKS = 60;
/** UTF-16 code units of a title that are shown. */
const TITLE_CHARS = 160;

interface Best {
	event: SessionEvent;
	text: string;
	found: Found;
}

/**
 * Reads a session's log until all of the query has been found; null: the session does not hold it. The passage is
 * of the event that holds most of it, the first one of several; a title that holds all is enough where no event
 * near the beginning does.
 */
export async function lookInto(
	db: MusterDb,
	row: SessionRow,
	query: SearchQuery,
): Promise<SearchHit | null> {
	const wanted = query.terms.length;
	const title = findIn(row.title, query, MARKS);
	const all = new Set(title.terms);
	let best: Best | null = null;
	for (let seq = -1, bite = FIRST_BITE; ; bite = BITE) {
		const events = await eventWindow(db, row.id, seq, bite);
		for (const event of events) {
			const text = searchedText(event);
			if (text === '') continue;
			const found = findIn(text, query, MARKS);
			for (const term of found.terms) all.add(term);
			if (found.terms.size > (best?.found.terms.size ?? 0)) best = { event, text, found };
			if (found.terms.size === wanted) break;
		}
		const last = events.at(-1);
		if (!last || events.length < bite) break;
		if (Math.max(title.terms.size, best?.found.terms.size ?? 0) === wanted) break;
		seq = last.seq;
	}
	return all.size === wanted ? hitOf(row, title, best, wanted) : null;
}

function hitOf(row: SessionRow, title: Found, best: Best | null, wanted: number): SearchHit {
	const inTitle = !best || (title.terms.size === wanted && best.found.terms.size < wanted);
	return {
		row: rowOf(row),
		title: passageOf(row.title, title.marks, TITLE_CHARS),
		place: inTitle ? 'title' : hitPlace(best.event),
		eventId: inTitle ? null : best.event.id,
		at: inTitle ? row.startedAt : best.event.at,
		passage: inTitle ? null : passageOf(best.text, best.found.marks),
	};
}

function rowOf(row: SessionRow): HitRow {
	const { id, place, agentName, agentIcon, mode, status, archivedAt, startedAt, ticketId } = row;
	return { id, place, agentName, agentIcon, mode, status, archivedAt, startedAt, ticketId };
}
