import { settingsHere } from '../domain/rules/settings-here';
import type { SessionSettings } from '../domain/settings';
import { connections } from './connections.svelte';
import { MessageDraft, type TurnChoice } from './session-draft.svelte';
import type { SessionLog } from './session-log.svelte';

/** What the next turn of a session would be made with on this device. */
export class NextTurn {
	/** What a person has begun to say to it, and the model chosen for that. */
	readonly draft: MessageDraft;
	#log: SessionLog;

	constructor(log: SessionLog, draft = new MessageDraft(log.id)) {
		this.#log = log;
		this.draft = draft;
	}

	/** What the session's own settings come to on this device; null until the log has been read. */
	readonly settings: SessionSettings | null = $derived.by(() => {
		const { state } = this.#log;
		if (!state) return null;
		const fit = settingsHere(state.settings, connections.ordered);
		return 'refused' in fit ? state.settings : { ...state.settings, ...fit.changes };
	});

	/** The connection it would go over, with what has been chosen since; null where this device has none for it. */
	get connectionId(): string | null {
		const wanted = this.draft.choice.connectionId ?? this.settings?.connectionId ?? null;
		return connections.byId(wanted)?.id ?? null;
	}

	/** No connection of this device has its model, and no other model has been chosen. */
	get lacksModel(): boolean {
		return connections.all !== null && this.settings !== null && this.connectionId === null;
	}

	/** What goes along with what is asked for. */
	get chosen(): { overrides?: TurnChoice } {
		const { choice } = this.draft;
		return Object.keys(choice).length > 0 ? { overrides: { ...choice } } : {};
	}
}
