import type { TicketChange } from '../domain/command';
import { standing } from '../domain/tickets/relations';
import {
	statusLabel,
	blankFields,
	ticketName,
	type Ticket,
	type TicketFields,
	type TicketStatus,
} from '../domain/tickets/ticket';
import { allTickets, ticketById } from '../store/tickets';
import { app } from './app.svelte';
import { toasts } from './toasts.svelte';

const none: ReadonlyMap<string, Ticket> = new Map();

/** All tickets of the workspace, by id. */
class Tickets {
	#all = app.live(async (db) => new Map((await allTickets(db)).map((one) => [one.id, one])));
	readonly #there = $derived(standing(this.byId));

	get loaded(): boolean {
		return this.#all.current !== undefined;
	}

	/** Deleted ones included. */
	get byId(): ReadonlyMap<string, Ticket> {
		return this.#all.current ?? none;
	}

	/** Those that are not deleted, by number. */
	get all(): readonly Ticket[] {
		return this.#there;
	}

	/** What a ticket is called: "T-042"; empty while it is not known. */
	nameOf(id: string | null): string {
		const ticket = id === null ? undefined : this.byId.get(id);
		return ticket ? ticketName(ticket) : '';
	}

	/** False, and said on the screen, where it was refused. */
	async change(ticketId: string, change: TicketChange): Promise<boolean> {
		const record = await app.carryOut({ kind: 'ticket', ticketId, change });
		if (record.state === 'applied') return true;
		toasts.show({ text: record.note ?? 'Not done.', tone: 'failed', key: 'ticket' });
		return false;
	}

	/** Resolves with the new ticket; null, and said on the screen, where it was refused. */
	async create(
		fields: Partial<TicketFields>,
		status: TicketStatus = 'backlog',
	): Promise<Ticket | null> {
		const id = app.newId();
		const made = await this.change(id, {
			do: 'create',
			fields: { ...blankFields, ...fields },
			status,
		});
		return made ? ((await ticketById(app.db, id)) ?? null) : null;
	}

	/** Says where it went, or why it stays; can be taken back. */
	async move(ticket: Ticket, to: TicketStatus): Promise<void> {
		if (ticket.status === to || !(await this.change(ticket.id, { do: 'move', to }))) return;
		const { status: from } = ticket;
		toasts.show({
			text: `${ticketName(ticket)} moved to ${statusLabel[to]}`,
			icon: 'ticket',
			key: 'ticket',
			action: {
				label: 'Undo',
				kbd: 'z',
				run: () => void this.change(ticket.id, { do: 'move', to: from, back: true }),
			},
		});
	}

	/** Can be taken back from the toast, and later from the deleted tickets. */
	async remove(ticket: Ticket): Promise<void> {
		if (!(await this.change(ticket.id, { do: 'delete' }))) return;
		toasts.show({
			text: `Deleted ${ticketName(ticket)}`,
			icon: 'trash',
			key: 'ticket',
			action: { label: 'Undo', kbd: 'z', run: () => void this.restore(ticket) },
		});
	}

	async restore(ticket: Ticket): Promise<void> {
		if (await this.change(ticket.id, { do: 'restore' }))
			toasts.show({ text: `Restored ${ticketName(ticket)}`, icon: 'undo', key: 'ticket' });
	}
}

export const tickets = new Tickets();
