import type * as Y from 'yjs';
import type { Agent } from '$lib/domain/agent';
import { parseAgent } from '$lib/domain/agents/parse-agent';
import { sharedSettings, type SharedSetting } from '$lib/domain/setting';
import { isRecord, misfit, text } from '$lib/domain/shape';
import type { DeviceCard } from '$lib/domain/sync/membership';
import { parseTicketEvent } from '$lib/domain/tickets/parse-event';
import { prefixProblem } from '$lib/domain/tickets/prefix';
import type { TicketEvent } from '$lib/domain/tickets/ticket';

const HOUR_MS = 3_600_000;
const MONTH = /^\d{4}-\d{2}$/;

const NAME_UNITS = 200;
const isSound: Record<SharedSetting, (value: string) => boolean> = {
	workspaceName: (name) => name.trim() !== '' && name.length <= NAME_UNITS,
	ticketPrefix: (prefix) => prefixProblem(prefix) === null,
};

/** What of a workspace has changed: ids, and whether there is news of the rest. */
export interface WorkspaceChange {
	agents: string[];
	tickets: string[];
	devices: boolean;
	months: boolean;
	settings: boolean;
}

/**
 * What a workspace shares beside its sessions: agents, tickets as their events, what its devices are called, which
 * months have a catalogue, and its settings. docs/sync.md [6.8]
 */
export class WorkspaceDocument {
	#doc: Y.Doc;
	#agents: Y.Map<unknown>;
	/** Event id → event, of all tickets. */
	#tickets: Y.Map<unknown>;
	#devices: Y.Map<unknown>;
	#months: Y.Map<unknown>;
	#settings: Y.Map<unknown>;

	constructor(doc: Y.Doc) {
		this.#doc = doc;
		this.#agents = doc.getMap('agents');
		this.#tickets = doc.getMap('tickets');
		this.#devices = doc.getMap('devices');
		this.#months = doc.getMap('months');
		this.#settings = doc.getMap('settings');
	}

	/** Calls with what others have changed: `came` tells their transactions. */
	onChange(came: (origin: unknown) => boolean, changed: (what: WorkspaceChange) => void): void {
		this.#doc.on('afterTransaction', (transaction: Y.Transaction) => {
			if (!came(transaction.origin)) return;
			const keysOf = (map: Y.Map<unknown>) =>
				[...(transaction.changed.get(map as never) ?? [])].filter((key) => key !== null);
			const tickets = keysOf(this.#tickets).flatMap(
				(key) => this.#ticketEvent(key)?.ticketId ?? [],
			);
			const agents = keysOf(this.#agents);
			const devices = keysOf(this.#devices).length > 0;
			const months = keysOf(this.#months).length > 0;
			const settings = keysOf(this.#settings).length > 0;
			if (agents.length + tickets.length > 0 || devices || months || settings)
				changed({ agents, tickets: [...new Set(tickets)], devices, months, settings });
		});
	}

	agentIds(): string[] {
		return [...this.#agents.keys()];
	}

	/** Null: it was deleted, or is none. */
	agent(id: string): Agent | null | undefined {
		const value = this.#agents.get(id);
		if (value === undefined) return undefined;
		const agent = parseAgent(value);
		return 'value' in agent && agent.value.id === id ? agent.value : null;
	}

	/** Within a transaction. */
	putAgent(id: string, agent: Agent | null): void {
		const value = agent ?? { id, deleted: true };
		if (JSON.stringify(this.#agents.get(id)) !== JSON.stringify(value)) this.#agents.set(id, value);
	}

	/** Events of tickets, by ticket, in no order. */
	ticketEvents(): Map<string, TicketEvent[]> {
		const tickets = new Map<string, TicketEvent[]>();
		for (const key of this.#tickets.keys()) {
			const event = this.#ticketEvent(key);
			if (event) tickets.set(event.ticketId, [...(tickets.get(event.ticketId) ?? []), event]);
		}
		return tickets;
	}

	/** Within a transaction. */
	putTicketEvents(events: readonly TicketEvent[]): void {
		for (const event of events)
			if (!this.#tickets.has(event.id)) this.#tickets.set(event.id, event);
	}

	devices(): DeviceCard[] {
		return [...this.#devices].flatMap(([id, value]) =>
			isRecord(value) && misfit(value, { device: text, name: text }) === null
				? [
						{
							id,
							device: String(value['device']),
							name: String(value['name']).slice(0, 80),
							seenAt: typeof value['seenAt'] === 'number' ? value['seenAt'] : null,
						},
					]
				: [],
		);
	}

	/** Within a transaction. That it is there is written once an hour at most. */
	putDevice({ id, device, name, seenAt }: DeviceCard): void {
		const known = this.devices().find((card) => card.id === id);
		const seen = Math.max(seenAt ?? 0, known?.seenAt ?? 0);
		const isNews = seen - (known?.seenAt ?? 0) >= HOUR_MS;
		if (known?.name !== name || known.device !== device || isNews)
			this.#devices.set(id, { device, name, ...(seen > 0 && { seenAt: seen }) });
	}

	/** Those that are sound. */
	settings(): Map<SharedSetting, string> {
		const settings = new Map<SharedSetting, string>();
		for (const key of sharedSettings) {
			const value = this.#settings.get(key);
			if (typeof value === 'string' && isSound[key](value)) settings.set(key, value);
		}
		return settings;
	}

	/** Within a transaction. */
	putSetting(key: SharedSetting, value: string): void {
		if (this.#settings.get(key) !== value) this.#settings.set(key, value);
	}

	months(): string[] {
		return [...this.#months.keys()].filter((month) => MONTH.test(month));
	}

	/** Within a transaction. */
	putMonth(month: string): void {
		if (!this.#months.has(month)) this.#months.set(month, 1);
	}

	#ticketEvent(key: string): TicketEvent | null {
		const event = parseTicketEvent(this.#tickets.get(key));
		return 'value' in event && event.value.id === key ? event.value : null;
	}
}

/** The month a session began in, as `2026-11`, UTC. */
export const monthOf = (startedAt: number): string => new Date(startedAt).toISOString().slice(0, 7);
