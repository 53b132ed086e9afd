import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { SessionRow } from '../domain/session-row';
import { produceOf, type Produce } from '../domain/tickets/sessions';
import { eventsAfter } from '../store/sessions';
import { sessionsOfTicket, ticketEvents } from '../store/tickets';
import { app } from './app.svelte';
import type { LiveQuery } from './live-query.svelte';
import type { TicketEvent } from '../domain/tickets/ticket';

/** Logs that are read for what came out of them, the newest first: a ticket can have more sessions than anyone reads. */
const LOGS_READ = 40;

export interface SessionProduce {
	row: SessionRow;
	produce: readonly Produce[];
}

/** What serves one ticket, and what was done to it. */
export class TicketView {
	readonly #rows: LiveQuery<SessionRow[]>;
	readonly #events: LiveQuery<TicketEvent[]>;
	/** By session, with the number of turns it had when it was read. */
	readonly #produce = new SvelteMap<string, { stamp: string; produce: readonly Produce[] }>();

	constructor(readonly ticketId: string) {
		this.#rows = app.live((db) => sessionsOfTicket(db, ticketId));
		this.#events = app.live((db) => ticketEvents(db, ticketId));
	}

	/** Newest first; null before the first answer. */
	get rows(): readonly SessionRow[] | null {
		return this.#rows.current ?? null;
	}

	get events(): readonly TicketEvent[] | null {
		return this.#events.current ?? null;
	}

	produceOf(id: string): readonly Produce[] {
		return this.#produce.get(id)?.produce ?? [];
	}

	/** Sessions with something to show for themselves, newest first. */
	get withProduce(): SessionProduce[] {
		return (this.rows ?? [])
			.map((row) => ({ row, produce: this.produceOf(row.id) }))
			.filter(({ produce }) => produce.length > 0);
	}

	/** Call it in an effect: reads what came out of the newest sessions, again after each of their turns. */
	readProduce(): void {
		const rows = (this.rows ?? []).slice(0, LOGS_READ);
		untrack(() => rows.forEach((row) => void this.#read(row)));
	}

	async #read({ id, turns, status }: SessionRow): Promise<void> {
		const stamp = `${turns} ${status}`;
		const known = this.#produce.get(id);
		if (known?.stamp === stamp) return;
		this.#produce.set(id, { stamp, produce: known?.produce ?? [] });
		const produce = produceOf(await eventsAfter(app.db, id, -1));
		if (this.#produce.get(id)?.stamp === stamp) this.#produce.set(id, { stamp, produce });
	}
}
