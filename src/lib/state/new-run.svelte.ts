import type { Agent } from '../domain/agent';
import type { ContextPiece } from '../domain/attachment';
import type { Connection, ModelInfo } from '../domain/connection';
import { settingsFor } from '../domain/rules/start-session';
import { formFields, type FormField } from '../domain/schema/form-fields';
import type { SessionSettings } from '../domain/settings';
import { AttachedFiles } from './attached-files.svelte';
import { AgentList, type AgentEntry } from './agents.svelte';
import { ticketContext } from '../domain/tickets/as-text';
import { app } from './app.svelte';
import { connections } from './connections.svelte';
import { readInput, type Filled, type InputReading } from './new-run-input';
import { tickets } from './tickets.svelte';
import { keepDraft, readDraft, type RunDraft, type Shelf } from './new-run-shelf';

/** Typing rests this long before it is written down, ms. */
const KEEP_AFTER_MS = 300;

/** A run being prepared: which agent, what it is asked, and how it differs from the agent's own settings. */
export class NewRun {
	readonly agents = new AgentList();
	/** Live as long as the page: the browser keeps no files among its preferences. */
	readonly files = new AttachedFiles();
	/** The ticket it is to serve, whose text it begins with. */
	ticketId = $state.raw<string | null>(null);
	#shelf: Shelf;
	#agentId = $state<string | null>(null);
	#prompt = $state('');
	#inputs = $state.raw<RunDraft['inputs']>({});
	#overrides = $state.raw<RunDraft['overrides']>({});
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** Agents, those used last first; null until the store has answered. */
	readonly entries: AgentEntry[] | null = $derived.by(
		() => this.agents.all?.toSorted(byLastRun) ?? null,
	);
	/** The chosen agent, or the one used last; at first one that takes plain words. */
	readonly agent: Agent | null = $derived.by(() => {
		const all = this.entries ?? [];
		const chosen =
			all.find(({ agent }) => agent.id === this.#agentId) ??
			all.find(({ agent, lastRun }) => lastRun || !agent.inputSchema) ??
			all[0];
		return chosen?.agent ?? null;
	});
	/** The settings the run would begin with, or why it cannot. */
	readonly settings: SessionSettings | { refused: string } | null = $derived.by(() =>
		this.agent && connections.all
			? settingsFor(this.agent, connections.ordered, this.#overrides)
			: null,
	);
	readonly connection: Connection | null = $derived.by(() =>
		this.settings && 'connectionId' in this.settings
			? connections.byId(this.settings.connectionId)
			: null,
	);
	/** What is known of the chosen model. */
	readonly model: ModelInfo | null = $derived.by(() => {
		const { settings } = this;
		if (!settings || 'refused' in settings) return null;
		return this.connection?.models.find(({ id }) => id === settings.model) ?? null;
	});
	/** The form of an agent with an input schema. */
	readonly fields: FormField[] | null = $derived.by(() =>
		this.agent?.inputSchema ? formFields(this.agent.inputSchema) : null,
	);
	readonly #input: InputReading | null = $derived.by(() =>
		this.agent?.inputSchema && this.fields
			? readInput(this.agent.inputSchema, this.fields, this.filled)
			: null,
	);

	constructor(shelf: Shelf = localStorage) {
		this.#shelf = shelf;
		this.#take(readDraft(shelf));
	}

	/** What a run of a ticket begins with beside its prompt. */
	get #serves(): { ticketId?: string; context?: ContextPiece[] } {
		const ticket = this.ticketId === null ? undefined : tickets.byId.get(this.ticketId);
		if (!ticket) return {};
		return { ticketId: ticket.id, context: [ticketContext(ticket, tickets.byId)] };
	}

	get prompt(): string {
		return this.#prompt;
	}
	set prompt(text: string) {
		this.#prompt = text;
		this.#keepSoon();
	}

	/** What stands in the chosen agent's form. */
	get filled(): Filled {
		return (this.agent && this.#inputs[this.agent.id]) ?? {};
	}

	fill(name: string, value: string | boolean): void {
		const { agent } = this;
		if (agent) this.#inputs = { ...this.#inputs, [agent.id]: { ...this.filled, [name]: value } };
		this.#keepSoon();
	}

	/** What is wrong with the form, by field; '' for the form as a whole. */
	get problems(): InputReading['problems'] {
		return this.#input?.problems ?? new Map<string, string>();
	}

	get overrides(): Readonly<Partial<SessionSettings>> {
		return this.#overrides;
	}

	/** Another agent brings its own settings along; what was typed stays. */
	choose(agentId: string): void {
		if (agentId !== this.agent?.id) this.#overrides = {};
		this.#agentId = agentId;
		this.#keepSoon();
	}

	override(changes: Partial<SessionSettings>): void {
		this.#overrides = { ...this.#overrides, ...changes };
		this.#keepSoon();
	}

	/** Why the chosen model can't be sent the files; empty when it can. */
	get filesBlocked(): string {
		const { settings } = this;
		if (!settings || 'refused' in settings) return '';
		return this.files.blocked(this.connection, settings.model);
	}

	/** Whether there is something to start with. */
	get complete(): boolean {
		if (!this.agent || !this.settings || 'refused' in this.settings || this.filesBlocked)
			return false;
		return this.#input ? this.#input.problems.size === 0 : this.prompt.trim() !== '';
	}

	/** Sends the run on its way and clears the draft. Resolves with its id, which exists from here on. */
	async start(): Promise<string> {
		const { agent } = this;
		if (!agent) throw new Error('A run needs an agent');
		const id = app.newId();
		const { prompt, overrides } = this;
		const input = this.#input?.value ?? undefined;
		const serves = this.#serves;
		const attachments = [...this.files.all];
		await app.send(
			{
				kind: 'start',
				agentId: agent.id,
				prompt,
				input,
				overrides,
				...serves,
				...(attachments.length > 0 && { attachments }),
			},
			id,
		);
		this.files.clear();
		const { [agent.id]: _, ...inputs } = this.#inputs;
		this.#take({ agentId: agent.id, prompt: '', inputs, overrides: {} });
		this.keep();
		return id;
	}

	/** Writes the draft down at once. */
	keep(): void {
		clearTimeout(this.#timer);
		keepDraft(this.#shelf, {
			agentId: this.#agentId,
			prompt: this.#prompt,
			inputs: this.#inputs,
			overrides: this.#overrides,
		});
	}

	#take({ agentId, prompt, inputs, overrides }: RunDraft): void {
		this.#agentId = agentId;
		this.#prompt = prompt;
		this.#inputs = inputs;
		this.#overrides = overrides;
	}

	#keepSoon(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.keep(), KEEP_AFTER_MS);
	}
}

function byLastRun(one: AgentEntry, other: AgentEntry): number {
	return (other.lastRun?.startedAt ?? 0) - (one.lastRun?.startedAt ?? 0);
}
