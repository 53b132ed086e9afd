/** What may be done to a ticket, and what it means for its log. Pure; a refusal changes nothing. */
import type { TicketChange } from '../command';
import { clipEnd } from '../tools/clip';
import { plainTitle } from '../views/title';
import {
	statusLabel,
	ticketName,
	type Ticket,
	type TicketEventKind,
	type TicketEventKinds,
	type TicketFields,
	type TicketStatus,
} from './ticket';

/** Where a ticket may go from each status. */
export const allowedMoves: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
	backlog: ['planned', 'cancelled'],
	planned: ['backlog', 'in-progress', 'cancelled'],
	'in-progress': ['planned', 'in-review', 'done', 'cancelled'],
	'in-review': ['in-progress', 'done', 'cancelled'],
	done: ['in-progress'],
	cancelled: ['backlog'],
};

/** UTF-16 units of a title: what is longer belongs into the description. */
export const MAX_TICKET_TITLE = 300;

export type TicketDraft = {
	[K in TicketEventKind]: { kind: K } & TicketEventKinds[K];
}[TicketEventKind];
export type TicketOutcome = { event: TicketDraft | null } | { refused: string };

/** What of the rest of the workspace a change depends on. */
export interface TicketSurroundings {
	/** For a new ticket: the next free number, and the prefix of the workspace. */
	number: number;
	prefix: string;
	/** Any ticket of the workspace. */
	ticket(id: string): Ticket | undefined;
}

/** The event a change of `ticket` (null: none yet) comes to; null where it is so already. */
export function changeTicket(
	ticket: Ticket | null,
	change: TicketChange,
	around: TicketSurroundings,
): TicketOutcome {
	if (change.do === 'create') return createTicket(ticket, change, around);
	if (!ticket) return { refused: 'This ticket is not on this device.' };
	switch (change.do) {
		case 'change':
			return changeFields(ticket, change.changes, around);
		case 'move': {
			if (change.to === ticket.status) return { event: null };
			const way = change.back
				? ([change.to, ticket.status] as const)
				: ([ticket.status, change.to] as const);
			if (!allowedMoves[way[0]].includes(way[1]))
				return { refused: refusedMove(ticket, change.to) };
			return { event: { kind: 'ticket-moved', from: ticket.status, to: change.to } };
		}
		case 'comment': {
			const text = change.text.trim();
			return text
				? { event: { kind: 'ticket-commented', text } }
				: { refused: 'A comment needs some text.' };
		}
		case 'delete':
			return { event: ticket.deletedAt === null ? { kind: 'ticket-deleted' } : null };
		case 'restore':
			return { event: ticket.deletedAt === null ? null : { kind: 'ticket-restored' } };
	}
}

function createTicket(
	ticket: Ticket | null,
	{ fields, status }: Extract<TicketChange, { do: 'create' }>,
	around: TicketSurroundings,
): TicketOutcome {
	if (ticket) return { event: null };
	const title = ticketTitle(fields.title);
	if (!title) return { refused: 'A ticket needs a title.' };
	const problem = linkProblem(null, fields, around);
	if (problem) return { refused: problem };
	const { number, prefix } = around;
	return {
		event: { kind: 'ticket-created', number, prefix, fields: { ...fields, title }, status },
	};
}

/** One line, without what hides or turns text; a long one is cut. */
function ticketTitle(written: string): string {
	return clipEnd(plainTitle(written.slice(0, 4 * MAX_TICKET_TITLE)), MAX_TICKET_TITLE);
}

function changeFields(
	ticket: Ticket,
	wanted: Partial<TicketFields>,
	around: TicketSurroundings,
): TicketOutcome {
	const changes = Object.fromEntries(
		Object.entries(wanted).filter(
			([key, value]) => JSON.stringify(value) !== JSON.stringify(ticket[key as keyof TicketFields]),
		),
	) as Partial<TicketFields>;
	if (changes.title !== undefined) {
		changes.title = ticketTitle(changes.title);
		if (!changes.title) return { refused: 'A ticket needs a title.' };
	}
	const problem = linkProblem(ticket, changes, around);
	if (problem) return { refused: problem };
	return { event: Object.keys(changes).length > 0 ? { kind: 'ticket-changed', changes } : null };
}

/** Tickets that contain, or wait for, themselves would never end. */
function linkProblem(
	ticket: Ticket | null,
	changes: Partial<TicketFields>,
	around: TicketSurroundings,
): string | null {
	const { epicId, parentId, blockedBy = [] } = changes;
	if (epicId && around.ticket(epicId)?.type !== 'epic')
		return 'Only an epic can have tickets under it.';
	if (!ticket) return null;
	if (
		parentId &&
		isAbove(ticket.id, parentId, around, ({ parentId }) => (parentId ? [parentId] : []))
	)
		return `${ticketName(ticket)} cannot be a part of itself.`;
	const waits = blockedBy.find((id) =>
		isAbove(ticket.id, id, around, ({ blockedBy }) => blockedBy),
	);
	return waits === undefined ? null : `${ticketName(ticket)} cannot wait for itself.`;
}

/** Whether `id` is reached from `from` by following `next`. */
function isAbove(
	id: string,
	from: string,
	around: TicketSurroundings,
	next: (ticket: Ticket) => readonly string[],
): boolean {
	const seen = new Set<string>();
	const queue = [from];
	for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
		if (at === id) return true;
		if (seen.has(at)) continue;
		seen.add(at);
		const ticket = around.ticket(at);
		if (ticket) queue.push(...next(ticket));
	}
	return false;
}

function refusedMove(ticket: Ticket, to: TicketStatus): string {
	const may = allowedMoves[ticket.status].map((status) => statusLabel[status]).join(', ');
	return `${ticketName(ticket)} is in ${statusLabel[ticket.status]}, from where it cannot go to ${statusLabel[to]}, only to ${may}.`;
}
