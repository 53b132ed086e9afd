import { untrack } from 'svelte';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { CommandRecord, SessionCommand } from '../domain/command';
import { MAIN, type ActorId, type CallId } from '../domain/log/event';
import { BlockLayout, type Block, type Display } from '../domain/views/transcript-blocks';
import { app } from './app.svelte';
import { alreadyDecided } from '../domain/rules/permission';
import { keepWritten } from './keep-written.svelte';
import { outside } from './outside.svelte';
import { Approval } from './session-approval.svelte';
import { CallDrafts, type CallDraft } from './session-call-drafts';
import { SessionLog } from './session-log.svelte';
import { toasts } from './toasts.svelte';

export type SessionTab = 'messages' | 'output' | 'activity' | 'files';

/** A session on the screen: its log, and what a person has opened, chosen and asked for while looking at it. */
export class SessionView {
	readonly log: SessionLog;
	tab = $state<SessionTab>('messages');
	/** Request shown by itself, where there is no room beside it; null while messages are. */
	reviewing = $state<string | null>(null);
	/** Requests that are not to take the screen again by themselves. */
	readonly putAside = new Set<CallId>();
	/** The title is being typed. */
	renaming = $state(false);

	/** Asked for by id alone, so nothing has to react to it. */
	readonly #drafts = new Map<CallId, CallDraft>();
	readonly #kept: CallDrafts;
	/** Calls answered on this page. */
	readonly #answered = new Set<CallId>();
	readonly #takenBack = new SvelteSet<string>();
	/** Set by the composer: takes text to be written again. */
	writing: ((text: string) => void) | null = null;
	#unfolded = new SvelteMap<string, boolean>();
	#layout = $derived(new BlockLayout(this.display));

	/** What the Messages tab shows, top to bottom. */
	readonly blocks: Block[] = $derived.by(() => this.#layout.blocks(this.log.items, this.works));

	/** The call under review, while it is being asked for. */
	readonly reviewed = $derived.by(() => {
		const call = this.reviewing === null ? null : this.log.call(this.reviewing);
		return call?.part.status === 'asking' ? call : null;
	});

	constructor(readonly id: string) {
		this.log = new SessionLog(app, id);
		this.#kept = new CallDrafts(id);
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
		return this.draftOf(callId, () => new Approval(this, callId));
	}

	/** Something half-written that answers a call, kept while the reader is elsewhere, and across reloads. */
	draftOf<T extends CallDraft>(callId: CallId, make: () => T): T {
		const known = this.#drafts.get(callId) as T | undefined;
		if (known) return known;
		const draft = outside(make);
		this.#drafts.set(callId, draft);
		// Made while something is derived, where nothing may be written that is read there: it is new to everybody.
		untrack(() => this.#kept.restore(callId, draft));
		return draft;
	}

	/** Call it in an effect, while the draft is shown. What is left of it when its call was answered elsewhere is told. */
	keepDraft(callId: CallId): () => void {
		const draft = this.#drafts.get(callId);
		if (!draft) return () => undefined;
		const stop = keepWritten(
			() => draft.written,
			() => this.#kept.keep(callId, draft, (id) => this.#waits(id)),
		);
		return () => {
			stop();
			untrack(() => this.#tellLost(callId, draft));
		};
	}

	/** Whether a call still waits for a person's decision or answer. */
	#waits(callId: CallId): boolean {
		const part = this.log.call(callId)?.part;
		if (!part || part.result) return false;
		return part.questions ? !part.answered : !!part.request && !part.decision;
	}

	#tellLost(callId: CallId, draft: CallDraft): void {
		if (draft.written === null || this.#answered.has(callId) || this.#waits(callId)) return;
		const { decision, answered } = this.log.call(callId)?.part ?? {};
		const already = decision
			? alreadyDecided(decision)
			: answered && `Already answered on ${answered.by.deviceName}.`;
		if (already) toasts.show({ text: `${already} What you had begun was not used.` });
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

	/**
	 * Sends an answer to a call. Where it was not accepted, which may be when its card has gone, a toast says why.
	 * Resolves with its id once it is stored.
	 */
	async answer(command: Extract<SessionCommand, { callId: CallId }>): Promise<string> {
		const id = await app.send(command, this.id);
		this.#answered.add(command.callId);
		void app.outcome(id).then(({ state, note }) => {
			if (state !== 'refused') return;
			this.#answered.delete(command.callId);
			toasts.show({ text: note ?? 'That was not possible.', tone: 'failed', icon: 's-failed' });
		});
		return id;
	}

	/** Sends a command whose fate is shown where it was given. Resolves with its id once it is stored. */
	send(command: SessionCommand): Promise<string> {
		return app.send(command, this.id);
	}
}
