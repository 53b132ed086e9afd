import type { Agent } from '../domain/agent';
import { fieldsOf, type AgentFields } from './agent-draft-fields';
import { readPreference, writePreference } from './platform';

/** Key of the draft of an agent that was never saved. */
export const NEW_AGENT = 'new';

const keyPrefix = 'muster.agent-draft.';

/** What is kept of unsaved changes, so that a reload loses none. */
interface KeptDraft {
	v: 1;
	fields: AgentFields;
	/** `updatedAt` of the agent the changes were made to. */
	baseUpdatedAt: number;
}

/** Where drafts are kept: text by key. Writing null takes it away; a write that fails is left undone. */
export interface DraftShelf {
	read(key: string): string | null;
	write(key: string, text: string | null): void;
}

/** Where the browser has no room, changes live in the page until they are saved, as in any form. */
const browserShelf: DraftShelf = { read: readPreference, write: writePreference };

/**
 * An agent being edited: the form's fields beside what is saved. Call `keep()` in an effect: it writes unsaved
 * changes down, and takes them off the shelf when there are none.
 */
export class AgentDraft {
	readonly isNew: boolean;
	fields = $state() as AgentFields;

	/** Changes made before this page was opened have been put back. */
	restored = $state(false);
	#saved = $state.raw() as AgentFields;
	#overtaken = $state.raw<Agent | null>(null);
	#key: string;
	#shelf: DraftShelf;

	/** `slot`: the agent's id, or {@link NEW_AGENT}. */
	constructor(agent: Agent, slot: string, shelf: DraftShelf = browserShelf) {
		this.isNew = slot === NEW_AGENT;
		this.#key = keyPrefix + slot;
		this.#shelf = shelf;
		this.#saved = fieldsOf(agent);
		const kept = readKept(shelf, this.#key);
		this.fields = kept?.fields ?? fieldsOf(agent);
		this.restored = kept !== null && this.dirty;
		if (kept && this.restored && !this.isNew && kept.baseUpdatedAt < agent.updatedAt)
			this.#overtaken = agent;
	}

	get dirty(): boolean {
		return !same(this.fields, this.#saved);
	}

	/** The saved agent, when it was changed elsewhere while these changes were being made. */
	get overtaken(): Agent | null {
		return this.#overtaken;
	}

	/** The form's values as plain data. */
	snapshot(): AgentFields {
		return $state.snapshot(this.fields) as AgentFields;
	}

	/** Tells the draft what the store holds now. Without unsaved changes the form follows it. */
	follow(agent: Agent): void {
		if (agent.updatedAt === this.#saved.updatedAt) return;
		if (!this.dirty || same(this.fields, fieldsOf(agent))) this.settle(agent);
		else this.#overtaken = agent;
	}

	/** `agent` is what is saved now. What was typed after `sent`, the values that were saved, stays unsaved. */
	settle(agent: Agent, sent: AgentFields = this.snapshot()): void {
		const typedSince = !same(this.fields, sent);
		this.#saved = fieldsOf(agent);
		if (!typedSince) this.fields = fieldsOf(agent);
		this.restored = false;
		this.#overtaken = null;
		this.keep();
	}

	/** Gives up the changes, for what is saved (by whomever it was saved last). */
	discard(): void {
		if (this.#overtaken) this.settle(this.#overtaken);
		else {
			this.fields = structuredClone(this.#saved);
			this.restored = false;
			this.#shelf.write(this.#key, null);
		}
	}

	/** Goes on with these changes: saving them will replace what was saved elsewhere. */
	keepMine(): void {
		if (this.#overtaken) this.#saved = fieldsOf(this.#overtaken);
		this.#overtaken = null;
	}

	keep(): void {
		const fields = this.snapshot();
		if (same(fields, this.#saved)) return this.#shelf.write(this.#key, null);
		const kept: KeptDraft = { v: 1, fields, baseUpdatedAt: this.#saved.updatedAt };
		this.#shelf.write(this.#key, JSON.stringify(kept));
	}
}

/** Whether an agent has changes that were not saved. */
export function hasDraft(slot: string, shelf: DraftShelf = browserShelf): boolean {
	return shelf.read(keyPrefix + slot) !== null;
}

/** Makes a new agent's form begin with these values; false where a new agent has been begun and not saved. */
export function beginDraft(agent: Agent, shelf: DraftShelf = browserShelf): boolean {
	if (hasDraft(NEW_AGENT, shelf)) return false;
	const kept: KeptDraft = { v: 1, fields: fieldsOf(agent), baseUpdatedAt: 0 };
	shelf.write(keyPrefix + NEW_AGENT, JSON.stringify(kept));
	return true;
}

export function dropDraft(slot: string, shelf: DraftShelf = browserShelf): void {
	shelf.write(keyPrefix + slot, null);
}

function readKept(shelf: DraftShelf, key: string): KeptDraft | null {
	try {
		const kept = JSON.parse(shelf.read(key) ?? 'null') as KeptDraft | null;
		return kept?.v === 1 ? kept : null;
	} catch {
		return null;
	}
}

/** Ids and times are not typed, and tools have no order. */
function same(one: AgentFields, other: AgentFields): boolean {
	const text = ({ tools, id: _, createdAt: _c, updatedAt: _u, ...rest }: AgentFields) =>
		JSON.stringify([Object.entries(rest).sort(byKey), Object.entries(tools).sort(byKey)]);
	return text(one) === text(other);
}

function byKey([one]: [string, unknown], [other]: [string, unknown]): number {
	return one < other ? -1 : 1;
}
