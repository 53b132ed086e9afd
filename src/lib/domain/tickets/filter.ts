/** Which tickets a view shows, in which order, and how that is written in an address. */
import {
	statusLabel,
	ticketName,
	ticketPriorities,
	ticketStatuses,
	ticketTypes,
	type Ticket,
	type TicketPriority,
	type TicketStatus,
	type TicketType,
} from './ticket';
import { priorityLabel, typeLabel } from './words';

/** Null and '' leave the field open. */
export interface TicketFilter {
	words: string;
	epicId: string | null;
	type: TicketType | null;
	priority: TicketPriority | null;
	status: TicketStatus | null;
}

export const sortKeys = ['id', 'title', 'type', 'priority', 'status', 'epic', 'updated'] as const;
export type SortKey = (typeof sortKeys)[number];
export interface TicketSort {
	by: SortKey;
	descending: boolean;
}

export const openFilter: TicketFilter = {
	words: '',
	epicId: null,
	type: null,
	priority: null,
	status: null,
};
export const firstSort: TicketSort = { by: 'updated', descending: true };

export function readFilter(address: URLSearchParams): TicketFilter {
	return {
		words: address.get('q') ?? '',
		epicId: address.get('epic'),
		type: oneOf(ticketTypes, address.get('type')),
		priority: oneOf(ticketPriorities, address.get('priority')),
		status: oneOf(ticketStatuses, address.get('status')),
	};
}

export function readSort(address: URLSearchParams): TicketSort {
	const written = address.get('sort') ?? '';
	const by = oneOf(sortKeys, written.replace(/^-/, ''));
	return by ? { by, descending: written.startsWith('-') } : firstSort;
}

/** The address with these values; null: without it. */
export function addressWith(
	address: URLSearchParams,
	values: Record<string, string | null>,
): URLSearchParams {
	const next = new URLSearchParams(address);
	for (const [name, value] of Object.entries(values))
		if (value === null) next.delete(name);
		else next.set(name, value);
	return next;
}

/** `address` with these instead of what it said of them; what is as it is at first is left out. */
export function written(
	address: URLSearchParams,
	filter: TicketFilter,
	sort: TicketSort,
): URLSearchParams {
	const { words, epicId, type, priority, status } = filter;
	const standard = sort.by === firstSort.by && sort.descending === firstSort.descending;
	return addressWith(address, {
		q: words || null,
		epic: epicId || null,
		type: type || null,
		priority: priority || null,
		status: status || null,
		sort: standard ? null : `${sort.descending ? '-' : ''}${sort.by}`,
	});
}

/** Every word has to be in the ticket's name, title, labels or description. */
export function passes(ticket: Ticket, filter: TicketFilter): boolean {
	const { words, epicId, type, priority, status } = filter;
	if (epicId && ticket.epicId !== epicId && ticket.id !== epicId) return false;
	if (type && ticket.type !== type) return false;
	if (priority && ticket.priority !== priority) return false;
	if (status && ticket.status !== status) return false;
	if (!words.trim()) return true;
	const text = [ticketName(ticket), ticket.title, ...ticket.labels, ticket.description]
		.join('\n')
		.toLocaleLowerCase();
	return words
		.toLocaleLowerCase()
		.split(/\s+/)
		.every((word) => text.includes(word));
}

/** What is filtered by, in words; `epicName` of the epic that is chosen. */
export function filterWords(filter: TicketFilter, epicName: string): string[] {
	return [
		filter.words.trim() && `“${filter.words.trim()}”`,
		filter.epicId && `Epic: ${epicName || 'not here'}`,
		filter.type && `Type: ${typeLabel[filter.type]}`,
		filter.priority && `Priority: ${priorityLabel[filter.priority]}`,
		filter.status && `Status: ${statusLabel[filter.status]}`,
	].filter((word): word is string => Boolean(word));
}

/** A new array in this order. `epicName` gives what an epic is called. */
export function sorted(
	tickets: readonly Ticket[],
	{ by, descending }: TicketSort,
	epicName: (id: string | null) => string,
): Ticket[] {
	const compare = comparisons(epicName)[by];
	const sign = descending ? -1 : 1;
	return tickets.toSorted((one, other) => sign * compare(one, other) || one.number - other.number);
}

function comparisons(
	epicName: (id: string | null) => string,
): Record<SortKey, (one: Ticket, other: Ticket) => number> {
	return {
		id: (one, other) => one.number - other.number,
		title: (one, other) => one.title.localeCompare(other.title),
		type: (one, other) => typeLabel[one.type].localeCompare(typeLabel[other.type]),
		priority: (one, other) =>
			ticketPriorities.indexOf(one.priority) - ticketPriorities.indexOf(other.priority),
		status: (one, other) =>
			ticketStatuses.indexOf(one.status) - ticketStatuses.indexOf(other.status),
		epic: (one, other) => epicName(one.epicId).localeCompare(epicName(other.epicId)),
		updated: (one, other) => one.updatedAt - other.updatedAt,
	};
}

function oneOf<T extends string>(values: readonly T[], value: string | null): T | null {
	return values.find((one) => one === value) ?? null;
}
