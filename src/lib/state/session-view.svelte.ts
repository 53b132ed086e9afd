import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { CommandRecord, SessionCommand } from '../domain/command';
import { MAIN, type ActorId, type CallId } from '../domain/log/event';
import { BlockLayout, type Block, type Display } from '../domain/views/transcript-blocks';
import { locateBlock } from '../domain/views/locate-block';
import { app } from './app.svelte';
import { Approval } from './session-approval.svelte';
import { SessionFind } from './session-find.svelte';
import { SessionLog } from './session-log.svelte';
import { toasts } from './toasts.svelte';

export type SessionTab = 'messages' | 'output' | 'activity' | 'files';

/** A session on the screen: its log, and what a person has opened, chosen and asked for while looking at it. */
export class SessionView {
	readonly log: SessionLog;
	readonly find: SessionFind;
	/** Place among `blocks` that the thread has yet to bring into sight. */
	sought = $state.raw<{ index: number; key: string } | null>(null);
	tab = $state<SessionTab>('messages');
	/** Request shown on the whole screen of a phone; null while messages are. */
	reviewing = $state<string | null>(null);
	/** Requests that are not to take the screen again by themselves. */
	readonly putAside = new Set<CallId>();
	/** The title is being typed. */
	renaming = $state(false);

	/** Asked for by id alone, so nothing has to react to it. */
	readonly #drafts = new Map<CallId, object>();
	readonly #takenBack = new SvelteSet<string>();
	/** Set by the composer: takes text to be written again. */
	writing: ((text: string) => void) | null = null;
	readonly #approvals = new Map<CallId, Approval>();
	#unfolded = new SvelteMap<string, boolean>();
	#layout = $derived(new BlockLayout(this.display));

	/** What the Messages tab shows, top to bottom. */
	readonly blocks: Block[] = $derived.by(() => this.#layout.blocks(this.log.items, this.works));

	constructor(readonly id: string) {
		this.log = new SessionLog(app, id);
		this.find = new SessionFind(this.log);
	}

	get display(): Display {
		return app.settings?.display ?? 'compact';
	}

	/** Whether the last stretch of work is still under way. */
	get works(): boolean {
		return this.log.active && !this.log.state?.ended;
	}

	/** Whether a part that can be folded stands open. */
	isOpen(key: string, byDefault = false): boolean {
		return this.#unfolded.get(key) ?? byDefault;
	}

	setOpen(key: string, open: boolean): void {
		this.#unfolded.set(key, open);
	}

	/** Brings a block of the thread into sight, and opens what hides it. False: nothing shows it. */
	show(key: string): boolean {
		const located = locateBlock(key, this.blocks, this.log.items);
		if (!located) return false;
		this.tab = 'messages';
		for (const opens of located.opens) this.setOpen(opens, true);
		this.sought = { index: located.index, key };
		return true;
	}

	/** Brings an event into sight, as {@link show} does. */
	showEvent(eventId: string): boolean {
		const event = this.log.events.find(({ id }) => id === eventId);
		const key = event ? this.log.blockKey(event) : null;
		if (key === null) return false;
		this.find.at = { key, nth: 0 };
		return this.show(key);
	}

	/** The main actor goes by the agent's name. */
	nameOf(actor: ActorId): string {
		if (actor !== MAIN) return actor;
		return this.log.state?.agent?.name || this.log.row?.agentName || 'Agent';
	}

	iconOf(_actor: ActorId): string {
		return this.log.state?.agent?.icon ?? this.log.row?.agentIcon ?? 'chat';
	}

	/** What a person does with one request, kept while they look elsewhere. */
	approval(callId: CallId): Approval {
		const known = this.#approvals.get(callId);
		if (known) return known;
		const approval = new Approval(this, callId);
		this.#approvals.set(callId, approval);
		return approval;
	}

	/** Something half-written that belongs to a call, kept while the reader is elsewhere in the thread. */
	draftOf<T extends object>(callId: CallId, make: () => T): T {
		const known = this.#drafts.get(callId) as T | undefined;
		if (known) return known;
		const draft = make();
		this.#drafts.set(callId, draft);
		return draft;
	}

	/** Puts a message that was not accepted back into the composer. */
	writeAgain(text: string, commandId: string): void {
		this.#takenBack.add(commandId);
		this.writing?.(text);
	}

	/** Commands of a kind that are on their way, or that were refused. */
	commands<K extends SessionCommand['kind']>(
		kind: K,
	): (CommandRecord & { command: Extract<SessionCommand, { kind: K }> })[] {
		return this.log.pendingCommands.filter(
			(record): record is CommandRecord & { command: Extract<SessionCommand, { kind: K }> } =>
				record.command.kind === kind && !this.#takenBack.has(record.id),
		);
	}

	/** Whether the engine has yet to answer a command of this kind. */
	isUnderWay(kind: SessionCommand['kind']): boolean {
		return this.commands(kind).some(({ state }) => state !== 'refused');
	}

	/** Sends a command; a refusal is told by a toast. Resolves with whether it was carried out. */
	async ask(command: SessionCommand): Promise<boolean> {
		try {
			const { state, note } = await app.carryOut(command, this.id);
			if (state !== 'refused') return true;
			toasts.show({ text: note ?? 'That was not possible.', tone: 'failed', icon: 's-failed' });
		} catch {
			toasts.show({
				text: 'That could not be saved on this device. Free some space or reload the page.',
				tone: 'failed',
				icon: 's-failed',
			});
		}
		return false;
	}

	/** Sends a command whose fate is shown where it was given. Resolves with its id once it is stored. */
	send(command: SessionCommand): Promise<string> {
		return app.send(command, this.id);
	}
}
