import { createContext } from 'svelte';
import { allowedMoves } from '$lib/domain/tickets/rules';
import { ticketStatuses, ticketName, type Ticket } from '$lib/domain/tickets/ticket';
import { tickets } from '$lib/state/tickets.svelte';
import { toasts } from '$lib/state/toasts.svelte';
import { TicketDrag } from './drag.svelte';

/** What a person does on the board: carries tickets, or moves the one that has the focus. */
export class BoardState {
	readonly drag = new TicketDrag((ticket, to) => void this.move(ticket, to));
	/** The card that Tab leads to; null: the first one. */
	current = $state.raw<string | null>(null);
	/** A card that is to take the focus where it appears again. */
	#refocus: string | null = null;

	/** Refusals are said by the engine, with where the ticket could go instead. */
	async move(ticket: Ticket, to: Ticket['status']): Promise<void> {
		if (document.activeElement?.closest(`[data-ticket="${ticket.id}"]`)) this.#refocus = ticket.id;
		await tickets.move(ticket, to);
	}

	/** To the nearest column on that side that takes it. */
	async step(ticket: Ticket, by: 1 | -1): Promise<void> {
		const at = ticketStatuses.indexOf(ticket.status);
		const side = by === 1 ? ticketStatuses.slice(at + 1) : ticketStatuses.slice(0, at).reverse();
		// Cancelling is no step forward.
		const to = side.find(
			(status) => status !== 'cancelled' && allowedMoves[ticket.status].includes(status),
		);
		if (to) return this.move(ticket, to);
		toasts.show({
			text: `${ticketName(ticket)} cannot go further ${by === 1 ? 'right' : 'left'} from here. Its menu shows where it can go.`,
			key: 'ticket',
			icon: 's-cancelled',
		});
	}

	/** Whether the card of this ticket has just been moved by the keyboard. Asked once. */
	takesFocus(id: string): boolean {
		if (this.#refocus !== id) return false;
		this.#refocus = null;
		return true;
	}
}

export const [getBoard, setBoard] = createContext<BoardState>();
