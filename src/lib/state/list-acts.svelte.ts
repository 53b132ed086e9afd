import { filing } from './filing.svelte';
import { sessionDoor } from './session-door.svelte';
import { sessionList as list } from './session-list.svelte';
import { selection } from './session-selection.svelte';
import { ticketPicker } from './ticket-picker-door.svelte';

/** What can be done to rows of the runs list: to those that are selected, or to one. */
class ListActs {
	/** Raised after each act: rows may have gone, and with them the focus. */
	done = $state(0);

	/** Puts away, or takes back in the archive. */
	archive(ids: string[]): Promise<void> {
		if (list.query.view === 'archived') return this.around(ids, () => filing.unarchive(ids));
		return this.around(ids, () => filing.archive(ids));
	}

	restore(ids: string[]): Promise<void> {
		return this.around(ids, () => filing.restore(ids));
	}

	/** Asks for labels. */
	label(ids: string[]): void {
		sessionDoor.open({
			ask: 'labels',
			ids,
			one: 'run',
			save: (add, remove) => void this.around(ids, () => filing.label(ids, add, remove)),
		});
	}

	/** Asks for a ticket. */
	link(ids: string[]): void {
		ticketPicker.open(ids, { around: (act) => this.around(ids, act) });
	}

	/** Asks what to put in. Nothing changes, so what is selected stays so. */
	export(ids: string[]): void {
		const title = ids.length === 1 ? list.row(ids[0] ?? '')?.title : undefined;
		sessionDoor.open({ ask: 'export', ids, one: 'run', ...(title !== undefined && { title }) });
	}

	/** Asks first. In Deleted it is for good. */
	remove(ids: string[]): void {
		const purges = list.query.view === 'deleted';
		sessionDoor.open({
			ask: purges ? 'purge' : 'delete',
			ids,
			one: 'run',
			confirm: () => void this.around(ids, () => (purges ? filing.purge(ids) : filing.remove(ids))),
		});
	}

	/** Does something to rows, which may go; the list and the keyboard go on from there. */
	async around(ids: string[], act: () => Promise<void>): Promise<void> {
		if (ids.length === 0) return;
		list.letGo(ids);
		this.#stepAside(new Set(ids));
		await act();
		selection.clear();
		this.done++;
	}

	/** The keyboard goes on at the next row that stays, or at the one before. */
	#stepAside(going: ReadonlySet<string>): void {
		const at = list.indexOf(list.activeId);
		if (at < 0 || !going.has(list.activeId ?? '')) return;
		const near = (step: 1 | -1) => {
			for (let i = at + step; ; i += step) {
				const key = list.key(i);
				if (!key || !going.has(key.id)) return key?.id;
			}
		};
		list.activeId = near(1) ?? near(-1) ?? list.activeId;
	}
}

export const acts = new ListActs();
