import type { SessionRow } from '../domain/session-row';
import { app } from './app.svelte';
import { toasts } from './toasts.svelte';

type Named = Pick<SessionRow, 'id' | 'title'>;

/** A run's title being changed in its row, and the new title until the engine has written it down. */
class Renaming {
	/** The session whose title is being typed. */
	id = $state<string | null>(null);
	text = $state('');

	#old = '';
	#sent = $state.raw<Named | null>(null);

	begin({ id, title }: Named): void {
		this.id = id;
		this.text = this.#old = title;
	}

	/** What to show as the title of a row. */
	titleOf({ id, title }: Named): string {
		return this.#sent?.id === id ? this.#sent.title : title;
	}

	cancel(): void {
		this.id = null;
	}

	/** Keeps what was typed; an empty title leaves the old one. */
	async commit(): Promise<void> {
		const { id } = this;
		const title = this.text.trim();
		this.id = null;
		if (!id || !title || title === this.#old) return;
		const sent = (this.#sent = { id, title });
		const { state, note } = await app.carryOut({ kind: 'rename', title }, id);
		if (this.#sent === sent) this.#sent = null;
		if (state === 'refused')
			toasts.show({ text: note ?? 'The run was not renamed.', tone: 'failed', icon: 's-failed' });
	}
}

export const renaming = new Renaming();
