import type { Organising } from '../domain/command';
import type { SessionRow } from '../domain/session-row';
import { rowsById } from '../store/session-windows';
import { app } from './app.svelte';
import { toasts } from './toasts.svelte';

/** One command of an undo: what it does, and to which sessions. */
interface Filing {
	ids: string[];
	change: Organising;
}

type Undo = () => Promise<void>;

/**
 * What is done to sessions as a whole, from wherever: a row, a selection, a menu. Whatever can be taken back offers
 * it, and `undo` takes the last act back that has not been yet.
 */
class SessionFiling {
	/** Of the last act, from the moment it begins; null where it has been taken back, or was refused. */
	#undo = $state.raw<Promise<Undo | null> | null>(null);

	get canUndo(): boolean {
		return this.#undo !== null;
	}

	/** Takes the last act back, as soon as it is done. */
	async undo(): Promise<void> {
		const last = this.#undo;
		this.#undo = null;
		await (
			await last
		)?.();
	}

	archive(ids: string[], ticketId?: string): Promise<void> {
		const change: Organising = { do: 'archive', ...(ticketId !== undefined && { ticketId }) };
		return this.#file(ids, change, counted('Archived', ids), 'archive');
	}

	unarchive(ids: string[]): Promise<void> {
		return this.#file(ids, { do: 'unarchive' }, counted('Back from the archive:', ids), 'archive');
	}

	/** Into Deleted; whoever asks first, asks with the count. */
	remove(ids: string[]): Promise<void> {
		return this.#file(ids, { do: 'delete' }, counted('Deleted', ids), 'trash');
	}

	restore(ids: string[]): Promise<void> {
		return this.#file(ids, { do: 'restore' }, counted('Restored', ids), 'undo');
	}

	/** `name` is what the ticket is called, for the toast. */
	link(ids: string[], ticketId: string | null, name = ''): Promise<void> {
		const text =
			ticketId === null ? counted('Unlinked', ids) : `${counted('Linked', ids)} to ${name}`;
		return this.#file(ids, { do: 'link', ticketId }, text, 'ticket');
	}

	label(ids: string[], add: string[], remove: string[]): Promise<void> {
		return this.#file(ids, { do: 'label', add, remove }, 'Labels changed', 'tag');
	}

	/** Nothing is said of it, and there is nothing to take back. */
	async seen(id: string): Promise<void> {
		await app.send({ kind: 'organise', sessionIds: [id], change: { do: 'mark-seen' } });
	}

	/** For good; asked before. */
	async purge(ids: string[]): Promise<void> {
		const done = await this.#send({ ids, change: { do: 'purge' } });
		if (done) toasts.show({ text: `${counted('Deleted', ids)} for good`, icon: 'trash' });
	}

	async #file(ids: string[], change: Organising, text: string, icon: string): Promise<void> {
		const before = this.#undo;
		const act = this.#act({ ids, change });
		this.#undo = act;
		const undo = await act;
		if (!undo) {
			if (this.#undo === act) this.#undo = before;
			return;
		}
		toasts.show({
			text,
			icon,
			key: 'filing',
			action: {
				label: 'Undo',
				kbd: 'z',
				run: () => void (this.#undo === act ? this.undo() : undo()),
			},
		});
	}

	/** Null where the engine refused. */
	async #act({ ids, change }: Filing): Promise<Undo | null> {
		const before = (await rowsById(app.db, ids)).filter((row) => row !== undefined);
		if (!(await this.#send({ ids, change }))) return null;
		return async () => {
			for (const back of backTo(before, change)) await this.#send(back);
		};
	}

	/** False, and said on the screen, where the engine refused. */
	async #send({ ids, change }: Filing): Promise<boolean> {
		const record = await app.carryOut({ kind: 'organise', sessionIds: ids, change });
		if (record.state === 'applied') return true;
		toasts.show({ text: record.note ?? 'Not done.', tone: 'failed' });
		return false;
	}
}

/**
 * What brings these sessions back to how they were filed. Who puts sessions away saw them where they were, so all
 * come back, also those that another tab or device had put away a moment before.
 */
function backTo(before: readonly SessionRow[], change: Organising): Filing[] {
	const ids = before.map(({ id }) => id);
	switch (change.do) {
		case 'archive':
			return [
				{ ids, change: { do: 'unarchive' } },
				...(change.ticketId === undefined ? [] : linksOf(before)),
			];
		case 'unarchive':
			return [{ ids, change: { do: 'archive' } }];
		case 'delete':
			return [{ ids, change: { do: 'restore' } }];
		case 'restore':
			return [{ ids, change: { do: 'delete' } }];
		case 'link':
			return linksOf(before);
		case 'label':
			return before.map(({ id, labels }) => ({
				ids: [id],
				change: {
					do: 'label',
					add: change.remove.filter((label) => labels.includes(label)),
					remove: change.add.filter((label) => !labels.includes(label)),
				},
			}));
		case 'mark-seen':
		case 'purge':
			return [];
	}
}

/** One act for each ticket there was. */
function linksOf(before: readonly SessionRow[]): Filing[] {
	const tickets = [...new Set(before.map(({ ticketId }) => ticketId))];
	return tickets.map((ticketId) => ({
		ids: before.filter((row) => row.ticketId === ticketId).map(({ id }) => id),
		change: { do: 'link', ticketId },
	}));
}

function counted(verb: string, ids: readonly string[]): string {
	return ids.length === 1 ? `${verb} 1 session` : `${verb} ${ids.length.toLocaleString()} sessions`;
}

export const filing = new SessionFiling();
