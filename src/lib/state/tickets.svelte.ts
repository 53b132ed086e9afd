import type { TicketChange } from '../domain/command';
import { ticketName, type Ticket } from '../domain/tickets/ticket';
import { allTickets } from '../store/tickets';
import { app } from './app.svelte';
import { toasts } from './toasts.svelte';

/** All tickets of the workspace, by id. */
class Tickets {
	#all = app.live(async (db) => new Map((await allTickets(db)).map((one) => [one.id, one])));

	get loaded(): boolean {
		return this.#all.current !== undefined;
	}

	/** Deleted ones included. */
	get byId(): ReadonlyMap<string, Ticket> {
		return this.#all.current ?? new Map<string, Ticket>();
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
		toasts.show({ text: record.note ?? 'Not done.', tone: 'failed' });
		return false;
	}
}

export const tickets = new Tickets();
