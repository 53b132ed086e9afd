import { filing } from './filing.svelte';
import { sessionList as list } from './session-list.svelte';
import { selection } from './session-selection.svelte';

/** What has to be asked before it is done. */
export type Question = 'delete' | 'purge' | 'label';

/** What can be done to rows of the runs list: to those that are selected, or to one. */
class ListActs {
	/** The question that is open. */
	asking = $state.raw<{ what: Question; ids: string[] } | null>(null);
	/** Raised after each act: rows may have gone, and with them the focus. */
	done = $state(0);

	/** Puts away, or takes back in the archive. */
	archive(ids: string[]): Promise<void> {
		if (list.query.view === 'archived') return this.#act(ids, () => filing.unarchive(ids));
		return this.#act(ids, () => filing.archive(ids));
	}

	restore(ids: string[]): Promise<void> {
		return this.#act(ids, () => filing.restore(ids));
	}

	label(ids: string[], add: string[], remove: string[]): Promise<void> {
		return this.#act(ids, () => filing.label(ids, add, remove));
	}

	/** In Deleted it is for good. */
	remove(ids: string[]): void {
		this.ask(list.query.view === 'deleted' ? 'purge' : 'delete', ids);
	}

	ask(what: Question, ids: string[]): void {
		if (ids.length > 0) this.asking = { what, ids };
	}

	/** The answer to {@link remove}. */
	confirm(): Promise<void> {
		const { asking } = this;
		this.asking = null;
		if (!asking) return Promise.resolve();
		const { what, ids } = asking;
		return this.#act(ids, () => (what === 'purge' ? filing.purge(ids) : filing.remove(ids)));
	}

	async #act(ids: string[], act: () => Promise<void>): Promise<void> {
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
