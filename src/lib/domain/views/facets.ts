/**
 * What lists are narrowed by, as keys of one index: `<place> <facet> <start>`. Rows of a place with a facet stand
 * in one stretch of the index, in the order they started, however many rows there are; and the number of rows
 * behind each `<place> <facet>` can be kept, so that nobody has to count them.
 *
 * The parts are separated by a tab, which no part may hold. Starts are epoch ms in base 36, nine digits.
 */
import type { Place, SessionRow } from '../session-row';

/** One property a row can have: `agent`, `status`, … with its value. */
export type Facet =
	| 'all'
	| 'needs-you'
	| 'unread'
	| `${'agent' | 'status' | 'ticket' | 'mode' | 'effort' | 'label'}:${string}`;

const TAB = '\t';
const START_DIGITS = 9;

export function facet(
	name: 'agent' | 'status' | 'ticket' | 'mode' | 'effort' | 'label',
	value: string,
): Facet {
	return `${name}:${value.replaceAll(TAB, ' ')}`;
}

export function facetsOf(row: SessionRow): Facet[] {
	const { agentId, status, ticketId, mode, effort, labels, needsYou, unread } = row;
	return [
		'all',
		facet('status', status),
		facet('mode', mode),
		...(needsYou ? (['needs-you'] as const) : []),
		...(unread ? (['unread'] as const) : []),
		...(agentId === null ? [] : [facet('agent', agentId)]),
		...(ticketId === null ? [] : [facet('ticket', ticketId)]),
		...(effort === null ? [] : [facet('effort', effort)]),
		...[...new Set(labels)].map((label) => facet('label', label)),
	];
}

/** What the number of rows is kept under. */
export function countKey(place: Place, facet: Facet): string {
	return place + TAB + facet;
}

export function countKeysOf(row: SessionRow): string[] {
	return [
		...facetsOf(row).map((facet) => countKey(row.place, facet)),
		...(isInInbox(row) ? [INBOX_COUNT] : []),
	];
}

/** The keys of a row in the index of facets. */
export function facetKeysOf(row: SessionRow): string[] {
	const end = TAB + sortable(row.startedAt) + row.id;
	return [
		...facetsOf(row).map((facet) => countKey(row.place, facet) + end),
		...(isInInbox(row) ? [INBOX_COUNT + TAB + sortable(row.updatedAt) + row.id] : []),
	];
}

/** What waits for a person, runs and chats alike, is counted under this key, and stands in the order it came to wait. */
export const INBOX_COUNT = `inbox${TAB}needs-you`;

/** What was put away asks nobody. */
export function isInInbox({ needsYou, place }: Pick<SessionRow, 'needsYou' | 'place'>): boolean {
	return needsYou && !place.includes('-');
}

/** The stretch of the index with everything in the inbox. */
export const inboxRange: KeyRange = { from: INBOX_COUNT + TAB, before: `${INBOX_COUNT}${TAB}~` };

export interface KeyRange {
	/** With it. */
	from: string;
	/** Without it. */
	before: string;
}

/** The stretch of the index with the rows that started in [from, before), epoch ms. */
export function facetRange(
	place: Place,
	facet: Facet,
	{ from = -Infinity, before = Infinity }: { from?: number; before?: number } = {},
): KeyRange {
	const stretch = countKey(place, facet) + TAB;
	return {
		from: stretch + (from === -Infinity ? '' : sortable(from)),
		// After every digit and letter.
		before: stretch + (before === Infinity ? '~' : sortable(before)),
	};
}

/** A row's key behind a facet; without an id, the lowest key of rows that started then. */
export function facetKeyAt(place: Place, facet: Facet, startedAt: number, id = ''): string {
	return countKey(place, facet) + TAB + sortable(startedAt) + id;
}

/** When the row of a key of {@link facetKeyAt} started, epoch ms. */
export function startOfKey(place: Place, facet: Facet, key: string): number {
	const from = countKey(place, facet).length + 1;
	return Number.parseInt(key.slice(from, from + START_DIGITS), 36);
}

/** The value a facet is about: "agent:01J…" → "01J…"; of a key it is counted under, with its place. */
export function valueOf(place: Place, name: string, key: string): string {
	return key.slice(countKey(place, `${name}:` as Facet).length);
}

function sortable(ms: number): string {
	return Math.max(0, Math.floor(ms)).toString(36).padStart(START_DIGITS, '0');
}
