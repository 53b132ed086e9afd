import { rowsById } from '../store/session-windows';
import { app } from './app.svelte';

/** Rows looked at: with more sessions than that, what they are linked to is no one thing anyway. */
const MOST = 200;

/** Which tickets some sessions serve now. */
export class LinkedSessions {
	readonly #tickets;

	constructor(ids: readonly string[]) {
		const looked = ids.slice(0, MOST);
		this.#tickets = app.live(async (db) => [
			...new Set((await rowsById(db, looked)).map((row) => row?.ticketId ?? null)),
		]);
	}

	/** The one ticket all of them serve; null where there is none, or more than one. */
	get only(): string | null {
		const tickets = this.#tickets.current ?? [];
		return tickets.length === 1 ? (tickets[0] ?? null) : null;
	}

	get any(): boolean {
		return (this.#tickets.current ?? []).some((id) => id !== null);
	}
}
