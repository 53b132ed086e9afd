/** What a call of a tool would do to a ticket, shown before anyone allows it. */
import type { JsonObject } from '../json';
import { creationFrom, target, updateFrom } from './agent-input';
import { fullName } from './as-text';
import type { TicketsById } from './relations';
import { changeTicket } from './rules';
import {
	statusLabel,
	ticketName,
	type Ticket,
	type TicketFields,
	type TicketStatus,
} from './ticket';
import { priorityLabel, typeLabel } from './words';

export interface TicketPreview {
	/** "T-042 Avatar upload fails"; "New ticket". */
	name: string;
	/** Fields that would be otherwise; `before` is empty for a new ticket. */
	lines: { field: string; before: string; after: string }[];
	/** A text of more than one line. `before` null: there is none to compare with. */
	text: { field: string; before: string | null; after: string } | null;
	/** Why it would not work; empty: it would. */
	problem: string;
}

export function ticketPreview(
	tool: string,
	input: JsonObject,
	tickets: TicketsById,
): TicketPreview {
	switch (tool) {
		case 'create_ticket':
			return creation(input, tickets);
		case 'update_ticket':
			return update(input, tickets);
		default:
			return comment(input, tickets);
	}
}

function creation(input: JsonObject, tickets: TicketsById): TicketPreview {
	const read = creationFrom(input, tickets);
	if (!read.ok) return failing('New ticket', read.problem);
	const { fields, status } = read.wish;
	const lines = linesFor({ ...fields, status }, tickets).map(({ field, value }) => ({
		field,
		before: '',
		after: value,
	}));
	const { description } = fields;
	const text = description ? { field: 'Description', before: null, after: description } : null;
	const outcome = changeTicket(null, read.wish, around(tickets));
	return { name: 'New ticket', lines, text, problem: 'refused' in outcome ? outcome.refused : '' };
}

function update(input: JsonObject, tickets: TicketsById): TicketPreview {
	const read = updateFrom(input, tickets);
	if (!read.ok) return failing(String(input['ticket'] ?? ''), read.problem);
	const { ticket, changes } = read.wish;
	const wanted: Partial<Shown> = {};
	let problem = changes.length === 0 ? 'It names nothing to change.' : '';
	for (const change of changes) {
		if (change.do === 'change') Object.assign(wanted, change.changes);
		if (change.do === 'move') wanted.status = change.to;
		const outcome = changeTicket(ticket, change, around(tickets));
		if ('refused' in outcome) problem ||= outcome.refused;
	}
	const now = new Map(linesFor(ticket, tickets).map(({ field, value }) => [field, value]));
	const lines = linesFor(wanted, tickets)
		.map(({ field, value }) => ({
			field,
			before: now.get(field) || 'None',
			after: value || 'None',
		}))
		.filter(({ before, after }) => before !== after);
	const { description } = wanted;
	const text =
		description === undefined || description === ticket.description
			? null
			: { field: 'Description', before: ticket.description, after: description };
	return { name: fullName(ticket), lines, text, problem };
}

function comment(input: JsonObject, tickets: TicketsById): TicketPreview {
	const found = target(input, tickets);
	if (!found.ok) return failing(String(input['ticket'] ?? ''), found.problem);
	const after = String(input['text'] ?? '');
	const text = { field: 'Comment', before: null, after };
	return { name: fullName(found.wish), lines: [], text, problem: '' };
}

type Shown = TicketFields & { status: TicketStatus };

function linesFor(
	fields: Partial<Shown>,
	tickets: TicketsById,
): { field: string; value: string }[] {
	const named = (id: string) => {
		const ticket = tickets.get(id);
		return ticket ? ticketName(ticket) : 'a ticket that is not here';
	};
	const { title, type, priority, status, labels, epicId, parentId, blockedBy, related } = fields;
	const lines: [string, string | undefined][] = [
		['Title', title],
		['Status', status && statusLabel[status]],
		['Type', type && typeLabel[type]],
		['Priority', priority && priorityLabel[priority]],
		['Labels', labels?.join(', ')],
		['Epic', epicId === undefined ? undefined : epicId === null ? '' : named(epicId)],
		['Part of', parentId === undefined ? undefined : parentId === null ? '' : named(parentId)],
		['Blocked by', blockedBy?.map(named).join(', ')],
		['Related', related?.map(named).join(', ')],
	];
	return lines.flatMap(([field, value]) => (value === undefined ? [] : [{ field, value }]));
}

function failing(name: string, problem: string): TicketPreview {
	return { name, lines: [], text: null, problem };
}

function around(tickets: TicketsById) {
	return { number: 0, prefix: '', ticket: (id: string): Ticket | undefined => tickets.get(id) };
}
