/** What an agent wrote into a call of a ticket tool, as changes of tickets. Names become ids here. */
import type { TicketChange } from '../command';
import type { JsonObject, JsonValue } from '../json';
import { isThere, type TicketsById } from './relations';
import {
	blankFields,
	ticketName,
	ticketPriorities,
	ticketStatuses,
	ticketTypes,
	type Ticket,
	type TicketFields,
} from './ticket';

/** The ticket a name speaks of, in whatever case; a deleted one is nobody's. */
export function ticketNamed(name: string, tickets: TicketsById): Ticket | undefined {
	const wanted = name.trim().toLowerCase();
	return [...tickets.values()].find(
		(ticket) =>
			isThere(ticket) && (ticketName(ticket).toLowerCase() === wanted || ticket.id === name),
	);
}

export type Wish<T> = { ok: true; wish: T } | { ok: false; problem: string };

export function creationFrom(
	input: JsonObject,
	tickets: TicketsById,
): Wish<Extract<TicketChange, { do: 'create' }>> {
	const fields = fieldsFrom(input, tickets);
	if (!fields.ok) return fields;
	const status = input['status'] === 'planned' ? 'planned' : 'backlog';
	return { ok: true, wish: { do: 'create', fields: { ...blankFields, ...fields.wish }, status } };
}

export interface TicketUpdate {
	ticket: Ticket;
	/** In the order they are to be made. */
	changes: TicketChange[];
}

export function updateFrom(input: JsonObject, tickets: TicketsById): Wish<TicketUpdate> {
	const found = target(input, tickets);
	if (!found.ok) return found;
	const fields = fieldsFrom(input, tickets);
	if (!fields.ok) return fields;
	const to = ticketStatuses.find((status) => status === input['status']);
	const changes: TicketChange[] = [];
	if (Object.keys(fields.wish).length > 0) changes.push({ do: 'change', changes: fields.wish });
	if (to) changes.push({ do: 'move', to });
	return { ok: true, wish: { ticket: found.wish, changes } };
}

/** The ticket a call is about, by the field `ticket`. */
export function target(input: JsonObject, tickets: TicketsById): Wish<Ticket> {
	const name = String(input['ticket'] ?? '');
	const ticket = ticketNamed(name, tickets);
	return ticket ? { ok: true, wish: ticket } : { ok: false, problem: unknownTicket(name) };
}

function fieldsFrom(input: JsonObject, tickets: TicketsById): Wish<Partial<TicketFields>> {
	const fields: Partial<TicketFields> = {};
	const problems: string[] = [];
	const idOf = (name: string): string[] => {
		const ticket = ticketNamed(name, tickets);
		if (!ticket) problems.push(unknownTicket(name));
		return ticket ? [ticket.id] : [];
	};
	const { title, description, epic, parent } = input;
	if (typeof title === 'string') fields.title = title;
	if (typeof description === 'string') fields.description = description;
	const type = ticketTypes.find((one) => one === input['type']);
	if (type) fields.type = type;
	const priority = ticketPriorities.find((one) => one === input['priority']);
	if (priority) fields.priority = priority;
	if (input['labels'] !== undefined) fields.labels = [...new Set(textsIn(input['labels']))];
	if (typeof epic === 'string') fields.epicId = epic === '' ? null : (idOf(epic)[0] ?? null);
	if (typeof parent === 'string')
		fields.parentId = parent === '' ? null : (idOf(parent)[0] ?? null);
	if (input['blocked_by'] !== undefined)
		fields.blockedBy = textsIn(input['blocked_by']).flatMap(idOf);
	if (input['related'] !== undefined) fields.related = textsIn(input['related']).flatMap(idOf);
	return problems.length > 0
		? { ok: false, problem: problems.join(' ') }
		: { ok: true, wish: fields };
}

function textsIn(value: JsonValue): string[] {
	return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function unknownTicket(name: string): string {
	return `There is no ticket ${JSON.stringify(name)}. list_tickets shows those there are.`;
}
