import type { TicketChange } from '$lib/domain/command';
import { creationFrom, target, updateFrom } from '$lib/domain/tickets/agent-input';
import { ticketLine } from '$lib/domain/tickets/as-text';
import { changeTicket } from '$lib/domain/tickets/rules';
import { ticketName, type Ticket } from '$lib/domain/tickets/ticket';
import { commentTicket, createTicket, updateTicket } from '$lib/domain/tools/ticket-tools';
import { TicketRefused } from '../engine/ticket-desk';
import { textOf } from './input';
import type { TicketPort } from './ticket-port';
import type { Tool, ToolOutcome } from './tool-port';

export const createTicketTool: Tool = {
	definition: createTicket,
	run: async (input, { tickets }) => {
		const wanted = creationFrom(input, await tickets.all());
		if (!wanted.ok) return { content: wanted.problem, isError: true };
		return told(async () => {
			const made = await tickets.change(tickets.newId(), wanted.wish);
			return made ? `Created ${ticketLine(made)}.` : 'The ticket was not created.';
		});
	},
};

export const updateTicketTool: Tool = {
	definition: updateTicket,
	run: async (input, { tickets }) => {
		const all = await tickets.all();
		const wanted = updateFrom(input, all);
		if (!wanted.ok) return { content: wanted.problem, isError: true };
		const { ticket, changes } = wanted.wish;
		if (changes.length === 0)
			return { content: 'Say what to change: no field was given.', isError: true };
		// All of it or nothing: a move that is not allowed leaves the fields alone, too.
		const around = { number: 0, prefix: '', ticket: (id: string) => all.get(id) };
		for (const change of changes) {
			const outcome = changeTicket(ticket, change, around);
			if ('refused' in outcome) return { content: outcome.refused, isError: true };
		}
		return told(async () => {
			const after = await carryOutAll(tickets, ticket.id, changes);
			if (!after || after.seq === ticket.seq) return `${ticketName(ticket)} was so already.`;
			return `Changed ${ticketLine(after)}.`;
		});
	},
};

export const commentTicketTool: Tool = {
	definition: commentTicket,
	run: async (input, { tickets }) => {
		const found = target(input, await tickets.all());
		if (!found.ok) return { content: found.problem, isError: true };
		return told(async () => {
			await tickets.change(found.wish.id, { do: 'comment', text: textOf(input, 'text') });
			return `Commented on ${ticketName(found.wish)}.`;
		});
	},
};

async function carryOutAll(
	tickets: TicketPort,
	id: string,
	changes: readonly TicketChange[],
): Promise<Ticket | null> {
	let after: Ticket | null = null;
	for (const change of changes) after = await tickets.change(id, change);
	return after;
}

/** A refusal is a result, for the model to act on. */
async function told(act: () => Promise<string>): Promise<ToolOutcome> {
	try {
		return { content: await act() };
	} catch (error) {
		if (error instanceof TicketRefused) return { content: error.message, isError: true };
		throw error;
	}
}
