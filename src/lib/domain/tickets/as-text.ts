/** A ticket as a text: what a run that serves it reads first, and what the tools of agents answer. */
import type { ContextPiece } from '../attachment';
import { clipEnd, clipForModel } from '../tools/clip';
import { blockersOf, isThere, relatedTo, subtasksOf, type TicketsById } from './relations';
import { statusLabel, ticketName, type Ticket } from './ticket';
import { priorityLabel, typeLabel } from './words';

/** UTF-16 units of one ticket, and of its newest comments together. */
const MOST_OF_A_TICKET = 60_000;
const MOST_COMMENTS = 30;

export const fullName = (ticket: Ticket): string => `${ticketName(ticket)} ${ticket.title}`;

/** What this work serves, for the model to read before the prompt; marked off, so that it is not taken for it. */
export function ticketContext(ticket: Ticket, tickets: TicketsById): ContextPiece {
	return {
		title: fullName(ticket),
		text: `<ticket name="${ticketName(ticket)}">\n\n${closed(ticketText(ticket, tickets))}\n\n</ticket>`,
	};
}

/** What is written in a ticket cannot end it. */
function closed(text: string): string {
	return text.replaceAll(/<\/ticket/gi, '&lt;/ticket');
}

/** Markdown. */
export function ticketText(ticket: Ticket, tickets: TicketsById): string {
	const named = (id: string | null) => {
		const other = id === null ? undefined : tickets.get(id);
		return other && isThere(other) ? [other] : [];
	};
	const facts: [string, string][] = [
		['Type', typeLabel[ticket.type]],
		['Status', statusLabel[ticket.status]],
		['Priority', priorityLabel[ticket.priority]],
		['Labels', ticket.labels.join(', ')],
		['Epic', named(ticket.epicId).map(fullName).join()],
		['Part of', named(ticket.parentId).map(fullName).join()],
		['Blocked by', blockersOf(ticket, tickets).map(fullName).join('; ')],
		['Subtasks', subtasksOf(ticket.id, tickets).map(withStatus).join('; ')],
		['Related', relatedTo(ticket, tickets).map(fullName).join('; ')],
	];
	const comments = ticket.comments.slice(-MOST_COMMENTS).map(({ at, by, text }) => {
		const who = by.kind === 'person' ? by.name : 'An agent';
		return `**${who}, ${new Date(at).toISOString().slice(0, 10)}:** ${text}`;
	});
	const parts = [
		`# ${fullName(ticket)}`,
		facts
			.filter(([, value]) => value)
			.map(([name, value]) => `- ${name}: ${value}`)
			.join('\n'),
		ticket.description.trim(),
		comments.length > 0 ? `## Comments\n\n${comments.join('\n\n')}` : '',
	];
	return clipForModel(parts.filter(Boolean).join('\n\n'), MOST_OF_A_TICKET);
}

/** One line of a listing. */
export function ticketLine(ticket: Ticket): string {
	const { type, status, priority } = ticket;
	const facts = [typeLabel[type], statusLabel[status], priorityLabel[priority]].join(', ');
	return `${ticketName(ticket)} ${clipEnd(ticket.title, 200)} (${facts})`;
}

function withStatus(ticket: Ticket): string {
	return `${fullName(ticket)} (${statusLabel[ticket.status]})`;
}
