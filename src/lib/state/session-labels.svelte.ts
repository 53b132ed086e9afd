import { rowsById } from '../store/session-windows';
import { app } from './app.svelte';
import { knownLabels } from './session-reading';

/** Of how many sessions the labels are read; of more, nobody looks at each. */
const READ_AT_MOST = 1000;

/** Labels of some sessions while they are being changed. */
export class LabelDraft {
	readonly ids: readonly string[];
	/** Labels to be on all of them (true) or on none (false); others stay as they are. */
	#wanted = $state.raw<ReadonlyMap<string, boolean>>(new Map());
	#rows: { readonly current: readonly (readonly string[])[] | undefined };
	/** Used anywhere. */
	#known = $state.raw<readonly string[]>([]);

	constructor(ids: readonly string[]) {
		this.ids = ids;
		void knownLabels().then((labels) => (this.#known = labels));
		const some = ids.slice(0, READ_AT_MOST);
		this.#rows = app.live(async (db) =>
			(await rowsById(db, some)).flatMap((row) => (row ? [row.labels] : [])),
		);
	}

	/** Every label there is, those of the sessions first. */
	readonly labels: { label: string; on: boolean; some: boolean }[] = $derived.by(() => {
		const rows = this.#rows.current ?? [];
		const all = [...rows.flat(), ...this.#wanted.keys(), ...this.#known];
		return [...new Set(all)].map((label) => {
			const has = rows.filter((labels) => labels.includes(label)).length;
			const wanted = this.#wanted.get(label);
			const on = wanted ?? (has > 0 && has === rows.length);
			return { label, on, some: wanted === undefined && has > 0 && has < rows.length };
		});
	});

	get changed(): boolean {
		return this.#wanted.size > 0;
	}

	get add(): string[] {
		return [...this.#wanted].filter(([, on]) => on).map(([label]) => label);
	}

	get remove(): string[] {
		return [...this.#wanted].filter(([, on]) => !on).map(([label]) => label);
	}

	set(label: string, on: boolean): void {
		const name = label.trim();
		if (name) this.#wanted = new Map(this.#wanted).set(name, on);
	}
}
