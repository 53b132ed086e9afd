import { ticketLine, ticketText } from '$lib/domain/tickets/as-text';
import { target, ticketNamed } from '$lib/domain/tickets/agent-input';
import { openFilter, passes, sorted } from '$lib/domain/tickets/filter';
import { isThere } from '$lib/domain/tickets/relations';
import {
	ticketPriorities,
	ticketStatuses,
	ticketTypes,
	type Ticket,
} from '$lib/domain/tickets/ticket';
import { getTicket, listTickets } from '$lib/domain/tools/ticket-tools';
import { numberOf, textOf } from './input';
import type { Tool } from './tool-port';

export const listTicketsTool: Tool = {
	definition: listTickets,
	run: async (input, { tickets }) => {
		const all = await tickets.all();
		const epicName = textOf(input, 'epic');
		const epic = epicName ? ticketNamed(epicName, all) : undefined;
		if (epicName && !epic)
			return { content: `There is no epic ${JSON.stringify(epicName)}.`, isError: true };
		const filter = {
			...openFilter,
			words: textOf(input, 'query'),
			epicId: epic?.id ?? null,
			type: ticketTypes.find((one) => one === input['type']) ?? null,
			priority: ticketPriorities.find((one) => one === input['priority']) ?? null,
			status: ticketStatuses.find((one) => one === input['status']) ?? null,
		};
		const found = [...all.values()].filter((ticket) => isThere(ticket) && passes(ticket, filter));
		return { content: listing(found, numberOf(input, 'limit', 50)) };
	},
};

export const getTicketTool: Tool = {
	definition: getTicket,
	run: async (input, { tickets }) => {
		const all = await tickets.all();
		const found = target(input, all);
		return found.ok
			? { content: ticketText(found.wish, all) }
			: { content: found.problem, isError: true };
	},
};

function listing(found: Ticket[], limit: number): string {
	if (found.length === 0) return 'No ticket matches.';
	const lines = sorted(found, { by: 'updated', descending: true }, () => '')
		.slice(0, limit)
		.map(ticketLine);
	const more = found.length - lines.length;
	return [
		...lines,
		...(more > 0 ? [`… and ${more} more. Narrow the search to see them.`] : []),
	].join('\n');
}
