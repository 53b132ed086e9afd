/** A ticket's log as lines of its Activity tab. */
import type { By } from '../log/event';
import { statusLabel, ticketName, type TicketEvent, type TicketFields } from './ticket';
import type { TicketsById } from './relations';
import { priorityLabel, typeLabel } from './words';

export interface HistoryLine {
	/** Of the event. */
	id: string;
	at: number;
	by: By;
	/** The session whose agent did it. */
	sessionId?: string;
	/** What was done, after the name of who did it: "moved it from Planned to In Progress". */
	what: string;
	/** Text of a comment, as written. */
	quote?: string;
}

/** Newest first. */
export function historyOf(events: readonly TicketEvent[], tickets: TicketsById): HistoryLine[] {
	return events
		.map(({ id, at, by, sessionId, ...event }) => ({
			id,
			at,
			by,
			...(sessionId !== undefined && { sessionId }),
			what: wordsFor(event, tickets),
			...(event.kind === 'ticket-commented' && { quote: event.text }),
		}))
		.reverse();
}

type What = TicketEvent extends infer E
	? E extends TicketEvent
		? Omit<E, 'id' | 'at' | 'by' | 'sessionId'>
		: never
	: never;

function wordsFor(event: What, tickets: TicketsById): string {
	switch (event.kind) {
		case 'ticket-created':
			return `created it in ${statusLabel[event.status]}`;
		case 'ticket-changed':
			return changeWords(event.changes, tickets).join(', ') || 'changed nothing';
		case 'ticket-moved':
			return `moved it from ${statusLabel[event.from]} to ${statusLabel[event.to]}`;
		case 'ticket-commented':
			return 'commented';
		case 'ticket-deleted':
			return 'deleted it';
		case 'ticket-restored':
			return 'restored it';
		default:
			event satisfies never;
			return 'did something that this version does not know';
	}
}

/** What a change of fields comes to, one phrase a field. */
export function changeWords(changes: Partial<TicketFields>, tickets: TicketsById): string[] {
	const name = (id: string) => {
		const ticket = tickets.get(id);
		return ticket ? ticketName(ticket) : 'a ticket that is not here';
	};
	const names = (ids: readonly string[]) => ids.map(name).join(', ') || 'none';
	const { title, description, type, priority, labels, epicId, parentId, blockedBy, related } =
		changes;
	return [
		title !== undefined && `renamed it to “${title}”`,
		description !== undefined &&
			(description ? 'changed the description' : 'emptied the description'),
		type !== undefined && `set the type to ${typeLabel[type]}`,
		priority !== undefined && `set the priority to ${priorityLabel[priority]}`,
		labels !== undefined && `set the labels to ${labels.join(', ') || 'none'}`,
		epicId !== undefined &&
			(epicId === null ? 'took it out of its epic' : `put it into ${name(epicId)}`),
		parentId !== undefined &&
			(parentId === null ? 'made it stand alone' : `made it a part of ${name(parentId)}`),
		blockedBy !== undefined && `set blocked by to ${names(blockedBy)}`,
		related !== undefined && `set related to ${names(related)}`,
	].filter((phrase) => phrase !== false);
}
