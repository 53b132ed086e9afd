import { untrack } from 'svelte';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { CommandRecord, SessionCommand } from '../domain/command';
import { MAIN, type ActorId, type CallId } from '../domain/log/event';
import { forkFrom, type ForkFrom } from '../domain/views/fork-from';
import { BlockLayout, type Block, type Display } from '../domain/views/transcript-blocks';
import { locateBlock } from '../domain/views/locate-block';
import { app } from './app.svelte';
import { alreadyDecided } from '../domain/rules/permission';
import type { PromptItem, TranscriptItem, TurnItem } from '../domain/views/transcript-items';
import { connections } from './connections.svelte';
import { keepWritten } from './keep-written.svelte';
import { NextTurn } from './next-turn.svelte';
import { outside } from './outside.svelte';
import { filing } from './filing.svelte';
import { deviceWords } from './device-words';
import { Approval } from './session-approval.svelte';
import { CallDrafts, type CallDraft } from './session-call-drafts';
import { SessionFind } from './session-find.svelte';
import { SessionLog } from './session-log.svelte';
import { SessionRelations } from './session-relations.svelte';
import { toasts } from './toasts.svelte';

export type SessionTab = 'messages' | 'output' | 'activity' | 'files';

/** Under this key it is remembered whether a fork shows what it inherited. */
export const INHERITED = 'inherited';

/** A message to go on from in a session of its own. */
export interface ForkWish extends ForkFrom {
	/** It stays in the conversation, as another version of the message. */
	branch: boolean;
}

/** A session on the screen: its log, and what a person has opened, chosen and asked for while looking at it. */
export class SessionView {
	readonly log: SessionLog;
	readonly find: SessionFind;
	readonly next: NextTurn;
	/** Place among `blocks` that the thread has yet to bring into sight. */
	sought = $state.raw<{ index: number; key: string } | null>(null);
	tab = $state<SessionTab>('messages');
	/** Request shown by itself, where there is no room beside it; null while messages are. */
	reviewing = $state<string | null>(null);
	/** Requests that are not to take the screen again by themselves. */
	readonly putAside = new Set<CallId>();
	/** The title is being typed. */
	renaming = $state(false);
	/** Something has been answered or asked for on this page. */
	acted = $state(false);

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

	/** Where it came from and what came of it. */
	readonly relations: SessionRelations;
	/** Set while a person writes how it is to go on from one of its messages. */
	forking = $state.raw<ForkWish | null>(null);

	/** A fork shows what it inherited once it is asked for; a branch goes on in the same conversation. */
	readonly #shown = $derived.by(() => {
		const { items } = this.log;
		const parent = this.log.state?.parent;
		if (!parent) return items;
		const whole = parent.branch === true || this.isOpen(INHERITED);
		return items.filter((item) => (whole || !item.inherited) && (!parent.branch || !isSeam(item)));
	});
	/** What the Messages tab shows, top to bottom. */
	readonly blocks: Block[] = $derived.by(() => this.#layout.blocks(this.#shown, this.works));

	/** The call under review, while it is being asked for. */
	readonly reviewed = $derived.by(() => {
		const call = this.reviewing === null ? null : this.log.call(this.reviewing);
		return call?.part.status === 'asking' ? call : null;
	});

	constructor(readonly id: string) {
		this.log = new SessionLog(app, id);
		this.relations = new SessionRelations(this.log);
		this.#kept = new CallDrafts(id);
		this.find = new SessionFind(this.log);
		this.next = new NextTurn(this.log);
	}

	get display(): Display {
		return app.settings?.display ?? 'compact';
	}

	/** Whether the last stretch of work is still under way. */
	get works(): boolean {
		return this.log.active && !this.log.state?.ended;
	}

	/** Whether it has something to say, and is at rest, that nobody has looked at. */
	get unseen(): boolean {
		return this.log.row?.unread === true && !this.works;
	}

	seen(): void {
		void filing.seen(this.id);
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
		const inherited = this.log.items.some(
			({ inherited, id }) => inherited && (id === key || key.startsWith(`${id}:`)),
		);
		if (inherited) this.setOpen(INHERITED, true);
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
		const { state, row } = this.log;
		return state?.agent?.name || row?.agentName || (this.isChat ? this.#modelName : 'Agent');
	}

	/** A chat is a session without an agent. */
	get isChat(): boolean {
		const { state, row } = this.log;
		return state ? state.agent === null : row?.agentId === null;
	}

	/** Another device runs it, or did when this one last heard of it. */
	get isElsewhere(): boolean {
		const { state } = this.log;
		if (!state?.lease || state.ended || state.imported || !app.settings) return false;
		return state.lease.device !== app.settings.deviceId;
	}

	get #modelName(): string {
		const { settings } = this.log.state ?? {};
		return settings ? connections.modelName(settings.connectionId, settings.model) : 'Chat';
	}

	/** Goes on from a message elsewhere. In a chat, `branch` keeps it in the conversation. */
	fork(from: ForkFrom, branch = false): void {
		this.forking = { ...from, branch };
	}

	/** Where a branch parts from here: in place of a prompt, or of the one after an answer. Null: there is none. */
	branchFrom(item: PromptItem | TurnItem): ForkFrom | null {
		if (item.kind === 'prompt') return item.steering ? null : forkFrom(item);
		const { items } = this.log;
		const at = items.findIndex((other) => other.kind === 'turn' && other.id === item.id);
		const next = items
			.slice(at + 1)
			.find((other) => other.kind === 'prompt' || other.kind === 'turn');
		return next?.kind === 'prompt'
			? { point: { before: next.id }, text: '', attachments: [] }
			: null;
	}

	/** The last message a person or the agent has said, to fork from. */
	get lastMessage(): ForkFrom | null {
		const last = this.log.items.findLast(
			(item) => item.kind === 'prompt' || (item.kind === 'turn' && item.status === 'ended'),
		);
		return last ? forkFrom(last) : null;
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
			: answered && `Already answered on ${deviceWords(answered.by)}.`;
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

	/** A branch is renamed with the conversation it belongs to. */
	async rename(title: string): Promise<void> {
		await this.ask({ kind: 'rename', title });
		const { chatId } = this.relations;
		if (chatId !== this.id) await app.carryOut({ kind: 'rename', title }, chatId);
	}

	/** Sends a command; a refusal is told by a toast. Resolves with whether it was carried out. */
	async ask(command: SessionCommand): Promise<boolean> {
		this.acted = true;
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

	/** Makes it go on, with the model that is chosen for its next turn. Resolves with whether it was carried out. */
	async goOn(kind: 'continue' | 'retry' | 'take-over'): Promise<boolean> {
		const { draft, chosen } = this.next;
		// The runner of another device has models of its own.
		const isHere = kind === 'take-over' || !this.isElsewhere;
		const done = await this.ask({ kind, ...(isHere && chosen) });
		if (done && isHere) draft.choice = {};
		return done;
	}

	/**
	 * Sends an answer to a call. Where it was not accepted, which may be when its card has gone, a toast says why.
	 * Resolves with its id once it is stored.
	 */
	async answer(command: Extract<SessionCommand, { callId: CallId }>): Promise<string> {
		this.acted = true;
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

/** Where the copied part ends: in a conversation, nothing to tell. */
function isSeam(item: TranscriptItem): boolean {
	return item.kind === 'line' && item.news.what === 'forked';
}
