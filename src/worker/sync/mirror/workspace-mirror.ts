import type { Agent } from '$lib/domain/agent';
import type { DeviceCard } from '$lib/domain/sync/membership';
import type { TicketEvent } from '$lib/domain/tickets/ticket';
import { agentById } from '$lib/store/agents';
import { sharedSettings, type SharedSetting } from '$lib/domain/setting';
import { loadSetting } from '$lib/store/settings';
import {
	putSharedAgents,
	putSharedDevices,
	putSharedSettings,
	putSharedTickets,
	setHere,
} from '$lib/store/shared';
import { ticketEvents } from '$lib/store/tickets';
import { WorkspaceDocument, type WorkspaceChange } from '../documents/workspace-document';
import { holdDocument, isCome, type HeldDocument } from './held-document';
import type { Workroom } from './workroom';

export const WORKSPACE = 'workspace';

export interface WorkspaceMirrorParts {
	room: Workroom;
	/** Months that have a catalogue. */
	months(months: readonly string[]): void;
}

/** Agents, tickets and devices, here and in the room that all devices share. */
export class WorkspaceMirror {
	#parts: WorkspaceMirrorParts;
	#held: Promise<HeldDocument<WorkspaceDocument>> | null = null;
	#turn: Promise<unknown> = Promise.resolve();

	constructor(parts: WorkspaceMirrorParts) {
		this.#parts = parts;
	}

	hold(): Promise<HeldDocument<WorkspaceDocument>> {
		return (this.#held ??= this.#hold());
	}

	async close(): Promise<void> {
		const held = this.#held;
		this.#held = null;
		await this.#turn;
		(await held)?.release();
	}

	async tellAgent(id: string): Promise<void> {
		const agent = await agentById(this.#parts.room.db, id);
		await (await this.hold()).change((document) => document.putAgent(id, agent ?? null));
	}

	async tellTicket(id: string): Promise<void> {
		const events = await ticketEvents(this.#parts.room.db, id);
		const plain = events.map((event) => {
			const { seq: _, ...told } = event as TicketEvent & { seq?: number };
			return told as TicketEvent;
		});
		await (await this.hold()).change((document) => document.putTicketEvents(plain));
	}

	async tellDevice(card: DeviceCard): Promise<void> {
		await (await this.hold()).change((document) => document.putDevice(card));
	}

	async tellSetting(key: SharedSetting): Promise<void> {
		const value = await loadSetting(this.#parts.room.db, key);
		await (await this.hold()).change((document) => document.putSetting(key, value));
	}

	/** What is set here and nowhere else, as at the beginning of a workspace. For when the room is synced. */
	async offerSettings(): Promise<void> {
		const held = await this.hold();
		const known = held.document.settings();
		const lacking = sharedSettings.filter((key) => !known.has(key));
		for (const key of await setHere(this.#parts.room.db, lacking)) await this.tellSetting(key);
	}

	async tellMonth(month: string): Promise<void> {
		const held = await this.hold();
		if (!held.document.months().includes(month))
			await held.change((document) => document.putMonth(month));
	}

	async #hold(): Promise<HeldDocument<WorkspaceDocument>> {
		const { rooms, store } = this.#parts.room;
		const held = await holdDocument(
			rooms,
			WORKSPACE,
			(inner) => {
				const document = new WorkspaceDocument(inner);
				document.onChange(isCome, (what) => this.#soon(() => this.#take(document, what)));
				return document;
			},
			(name, update) => store.keep(name, update),
		);
		const { document } = held;
		this.#soon(() =>
			this.#take(document, {
				agents: document.agentIds(),
				tickets: [...document.ticketEvents().keys()],
				devices: true,
				months: true,
				settings: true,
			}),
		);
		return held;
	}

	#soon(work: () => Promise<void>): void {
		this.#turn = this.#turn.then(work).catch((error: unknown) => this.#parts.room.failed(error));
	}

	async #take(document: WorkspaceDocument, what: WorkspaceChange): Promise<void> {
		const { room, months } = this.#parts;
		const agents = new Map<string, Agent | null>();
		for (const id of what.agents) {
			const agent = document.agent(id);
			if (agent !== undefined) agents.set(id, agent);
		}
		if (agents.size > 0) await putSharedAgents(room.db, agents);
		if (what.tickets.length > 0) {
			const all = document.ticketEvents();
			await putSharedTickets(room.db, new Map(what.tickets.map((id) => [id, all.get(id) ?? []])));
		}
		if (what.devices) await putSharedDevices(room.db, document.devices());
		if (what.settings) await putSharedSettings(room.db, document.settings());
		if (what.months) months(document.months());
	}
}
