import { firstWords } from '../domain/log/fork';
import type { Parent, StoredEvent } from '../domain/log/event';
import type { SessionRow } from '../domain/session-row';
import { chatIdOf } from '../domain/views/conversations';
import type { PromptItem } from '../domain/views/transcript-items';
import { versionsOf, type Branch, type Versions } from '../domain/views/versions';
import { branchTree, forksOf, type Fork } from '../store/relations';

export type { Fork };
import { sessionRow } from '../store/sessions';
import { app } from './app.svelte';
import type { SessionLog } from './session-log.svelte';

/** Where a session came from, and what came of it. Reads only what is shown. */
export class SessionRelations {
	#log: Pick<SessionLog, 'id' | 'row' | 'state' | 'events'>;
	#forks;

	readonly parent: Parent | null = $derived.by(() => this.#log.state?.parent ?? null);
	/** The chat a conversation began as: this session, unless it is a branch. */
	readonly chatId: string = $derived.by(() => {
		const { row, id } = this.#log;
		return this.parent?.branch ? (this.parent.chatId ?? id) : row ? chatIdOf(row) : id;
	});
	#parentRow = $derived.by(() => {
		const id = this.parent?.sessionId;
		return id === undefined
			? null
			: app.live(async (db) => ({ row: (await sessionRow(db, id)) ?? null }));
	});
	#chatRow = $derived.by(() => {
		const id = this.chatId;
		return app.live(async (db) => ({ row: (await sessionRow(db, id)) ?? null }));
	});
	#branches = $derived.by(() => {
		const id = this.chatId;
		return app.live((db) => branchTree(db, id));
	});
	#own = $derived.by(() => firstWords(this.#log.events)?.id ?? null);

	constructor(log: Pick<SessionLog, 'id' | 'row' | 'state' | 'events'>) {
		this.#log = log;
		this.#forks = app.live((db) => forksOf(db, log.id));
	}

	/** Undefined while it is being read, null when it is gone. */
	get parentRow(): SessionRow | null | undefined {
		return this.#parentRow?.current?.row;
	}

	/** The row the conversation goes by; null when it is gone. */
	get chat(): SessionRow | null {
		return this.#chatRow.current?.row ?? null;
	}

	get branches(): readonly Branch[] {
		return this.#branches.current ?? [];
	}

	/** Oldest first. */
	get forks(): readonly Fork[] {
		return (this.#forks.current ?? []).filter(({ subAgent }) => !subAgent);
	}

	/** Sessions this one called to do a part of its work, oldest first. */
	get subAgents(): readonly Fork[] {
		return (this.#forks.current ?? []).filter(({ subAgent }) => subAgent);
	}

	/** Forks that part at a message: a prompt's event, or a turn. */
	forksAt(message: string): readonly Fork[] {
		return this.forks.filter(({ eventId }) => this.#messageOf(eventId) === message);
	}

	versions(prompt: PromptItem): Versions | null {
		const { parent } = this;
		return versionsOf(prompt, { sessionId: this.#log.id, parent, own: this.#own }, this.branches);
	}

	#messageOf(eventId: string): string {
		const event: StoredEvent | undefined = this.#log.events.find(({ id }) => id === eventId);
		return event?.kind === 'turn-started' ? event.turnId : eventId;
	}
}
