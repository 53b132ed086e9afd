import type { CommandRecord } from '../domain/command';
import { applyFileChanges, currentFiles, noFiles, type FileTree } from '../domain/files';
import type { CallId, StoredEvent } from '../domain/log/event';
import { applyEvent } from '../domain/log/session-state';
import { emptySession, type SessionState } from '../domain/log/state';
import type { SessionRow } from '../domain/session-row';
import { blockKeyOf } from '../domain/views/locate-block';
import { applyToActivity, emptyActivity, type ActivityEntry } from '../domain/views/activity';
import { statusOf, type StatusView } from '../domain/views/status';
import { applyToTranscript, emptyTranscript } from '../domain/views/transcript';
import { foldEnding } from '../domain/views/transcript-ending';
import type {
	Part,
	ToolPart,
	Transcript,
	TranscriptItem,
	TurnItem,
} from '../domain/views/transcript-items';
import { putPart, turnOf } from '../domain/views/transcript-turns';
import { pendingCommands } from '../store/commands';
import { eventWindow, lastEvents } from '../store/event-windows';
import { observe } from '../store/live';
import { sessionRow } from '../store/sessions';
import type { App } from './app.svelte';
import type { LivePart } from './live-deltas';
import { LiveDeltas } from './live-deltas.svelte';
import { tellOpened } from './opened';

/** Events read and folded in one go while a long log opens: well under a frame's worth of work. */
const BITE = 250;
/** Events that the end of a longer log is shown from meanwhile: about two screens. */
const ENDING = 120;

/** Commands that make a session. */
const begins: ReadonlySet<string> = new Set(['start', 'fork']);

/**
 * `away`: what it says is on another device, or on its way from there. `missing`: this device knows nothing of the session. `refused`: it was asked for,
 * and `reason` says why not.
 */
export type Presence =
	| { is: 'opening' }
	| { is: 'open' }
	| { is: 'away'; runner: { device: string; deviceName: string } | null }
	| { is: 'missing' }
	| { is: 'refused'; reason: string }
	| { is: 'broken'; error: unknown };

/** What the folds of one log say after a number of events. Replaced whole with every batch. */
interface Folded {
	seq: number;
	state: SessionState;
	status: StatusView;
	items: TranscriptItem[];
	plan: Transcript['plan'];
	active: boolean;
	entries: ActivityEntry[];
	files: FileTree;
}

/**
 * One session as a page shows it: its log is read once, from there on only what is new, and folded into every
 * view; what streams is laid over it. Reads nothing until {@link SessionLog.open}.
 */
export class SessionLog {
	readonly live: LiveDeltas;
	#rows;
	#commands;
	#openedAt = Date.now();

	#folded = $state.raw<Folded | null>(null);
	/** The last items of a log that is still being read. */
	#ending = $state.raw<TranscriptItem[]>([]);
	#caughtUp = $state(false);
	#error = $state.raw<unknown>(null);

	// The folds themselves, which change in place.
	#events: StoredEvent[] = [];
	#ids = new Set<string>();
	#seq = -1;
	#state: SessionState;
	#transcript = emptyTranscript();
	#activity = emptyActivity();
	#files = noFiles;

	/**
	 * Items of the transcript, with parts that have begun to stream and are not in the store yet. While a long log
	 * opens, its last ones.
	 */
	readonly items: TranscriptItem[] = $derived.by(() => this.#withLiveParts());

	constructor(
		private readonly app: Pick<App, 'db' | 'live'>,
		readonly id: string,
	) {
		this.#state = emptySession(id);
		this.live = new LiveDeltas(id, (turnId, index) => this.#durableText(turnId, index));
		this.#rows = app.live(async (db) => ({ row: await sessionRow(db, id) }));
		this.#commands = app.live((db) => pendingCommands(db, id));
	}

	/** Begins to read. Returns the stop. */
	open(): () => void {
		let stopped = false;
		const stops = [this.live.listen()];
		tellOpened(this.id);
		const fail = (error: unknown) => {
			if (!stopped) this.#error = error;
		};
		const follow = () => {
			if (stopped) return;
			const read = () => eventWindow(this.app.db, this.id, this.#seq, Infinity);
			const stop = observe(
				read,
				(events) => {
					if (!this.#isAnother(events)) return this.#take(events);
					stop();
					this.#forget();
					this.#catchUp(() => stopped).then(follow, fail);
				},
				fail,
			);
			stops.push(stop);
		};
		this.#catchUp(() => stopped).then(follow, fail);
		return () => {
			stopped = true;
			for (const stop of stops) stop();
		};
	}

	/**
	 * Whether the log has been written anew from a place on, because devices that had gone on apart have met: what stood
	 * there stands behind it now.
	 */
	#isAnother(events: readonly StoredEvent[]): boolean {
		return events.some(({ id, seq }) => seq > this.#seq && this.#ids.has(id));
	}

	/** What is shown stays until it has been read anew. */
	#forget(): void {
		this.#events = [];
		this.#ids.clear();
		this.#seq = -1;
		this.#state = emptySession(this.id);
		this.#transcript = emptyTranscript();
		this.#activity = emptyActivity();
		this.#files = noFiles;
	}

	/** Reads what is stored, bite by bite, so that the page stays free in between. */
	async #catchUp(isStopped: () => boolean): Promise<void> {
		for (let bites = 1; ; bites++) {
			const events = await eventWindow(this.app.db, this.id, this.#seq, BITE);
			if (isStopped()) return;
			this.#apply(events);
			if (events.length < BITE) break;
			if (bites === 1 && !this.#folded)
				this.#ending = foldEnding(await lastEvents(this.app.db, this.id, ENDING));
			await new Promise((resolve) => setTimeout(resolve));
		}
		this.#publish();
		this.#caughtUp = true;
	}

	#take(events: readonly StoredEvent[]): void {
		if (events.length === 0) return;
		this.#apply(events);
		this.#publish();
		this.live.settle();
	}

	#apply(events: readonly StoredEvent[]): void {
		for (const event of events) {
			// A query that began before the last batch was taken brings it again.
			if (event.seq <= this.#seq) continue;
			this.#seq = event.seq;
			this.#ids.add(event.id);
			if (event.kind !== 'part-delta') this.#events.push(event);
			applyEvent(this.#state, event);
			applyToTranscript(this.#transcript, event);
			applyToActivity(this.#activity, event);
			this.#files = applyFileChanges(this.#files, event);
		}
	}

	#publish(): void {
		if (this.#seq < 0) return;
		const { items, plan, active } = this.#transcript;
		this.#folded = {
			seq: this.#seq,
			state: { ...this.#state },
			status: statusOf(this.#state),
			items: [...items],
			plan,
			active,
			entries: [...this.#activity.entries],
			files: this.#files,
		};
		this.#ending = [];
	}

	/** Row of the lists; there before the log has been read. Undefined while nothing is known. */
	get row(): SessionRow | undefined {
		return this.#rows.current?.row;
	}

	/** Null until the log has been read to its end once. */
	get state(): SessionState | null {
		return this.#folded?.state ?? null;
	}

	get status(): StatusView | null {
		return this.#folded?.status ?? null;
	}

	get plan(): Transcript['plan'] {
		return this.#folded?.plan ?? null;
	}

	/** Whether steps are being taken, or a person is waited for in the middle of one. */
	get active(): boolean {
		return this.#folded?.active ?? false;
	}

	get activity(): readonly ActivityEntry[] {
		return this.#folded?.entries ?? [];
	}

	get files(): FileTree {
		return this.#folded?.files ?? noFiles;
	}

	/** Requests for permission that nobody has decided, oldest first. */
	readonly requests: CallId[] = $derived.by(() => {
		const { state } = this;
		return [...(state?.openCalls ?? [])].filter((id) => {
			const call = state?.calls.get(id);
			return call?.request && !call.decision;
		});
	});

	/** A call as the transcript tells it, with the turn that made it. */
	call(callId: CallId): { turn: TurnItem; part: ToolPart } | null {
		if (!this.#folded) return null;
		const turn = turnOf(this.#transcript, this.#transcript.calls.get(callId) ?? '');
		const part = turn?.parts.find((other) => other.type === 'tool' && other.callId === callId);
		return turn && part?.type === 'tool' ? { turn, part } : null;
	}

	/** Key of the block of the thread that tells of an event; null: none does. */
	blockKey(event: StoredEvent): string | null {
		return blockKeyOf(event, this.#transcript);
	}

	/** What stands in the session's files now, path to content; another object only when a file has changed. */
	readonly contents: ReadonlyMap<string, string> = $derived(currentFiles(this.files));

	/** The whole log, without pieces of parts that are still streaming. */
	get events(): readonly StoredEvent[] {
		return this.#folded ? this.#events : [];
	}

	/** Commands on their way, and those refused since this page opened the session, in the order they were given. */
	readonly pendingCommands: CommandRecord[] = $derived.by(() =>
		(this.#commands.current ?? [])
			.filter(({ state, at }) => state !== 'refused' || at >= this.#openedAt)
			.sort((a, b) => (a.n ?? 0) - (b.n ?? 0)),
	);

	readonly presence: Presence = $derived.by((): Presence => {
		if (this.#error) return { is: 'broken', error: this.#error };
		if (this.row?.away) {
			const { runner } = this.row;
			return {
				is: 'away',
				runner: runner ? { device: runner.device, deviceName: runner.name } : null,
			};
		}
		if (this.#folded) return { is: 'open' };
		const rows = this.#rows.current;
		const commands = this.#commands.current;
		if (!this.#caughtUp || !rows || !commands || rows.row) return { is: 'opening' };
		const start = commands.find(({ command }) => begins.has(command.kind));
		if (!start) return { is: 'missing' };
		if (start.state !== 'refused') return { is: 'opening' };
		return { is: 'refused', reason: start.note ?? 'It could not be started.' };
	});

	#durableText(turnId: string, index: number): string | null {
		const turn = turnOf(this.#transcript, turnId);
		if (!turn) return '';
		if (turn.status !== 'streaming') return null;
		const part = turn.parts.find((other) => other.index === index);
		if (!part) return '';
		if (part.type === 'text' || part.type === 'thinking') return part.done ? null : part.text;
		return part.type === 'tool' && part.callId === null ? part.draft : null;
	}

	#withLiveParts(): TranscriptItem[] {
		if (!this.#folded) return this.#ending;
		const { items } = this.#folded;
		let laid: TranscriptItem[] | null = null;
		for (const { part } of this.live.parts.values()) {
			const place = this.#transcript.turns.get(part.turnId) ?? -1;
			const turn = (laid ?? items)[place];
			if (turn?.kind !== 'turn' || turn.status !== 'streaming') continue;
			if (turn.parts.some((other) => other.index === part.index)) continue;
			laid ??= [...items];
			laid[place] = putPart(turn, begunPart(part, turn.at));
		}
		return laid ?? items;
	}
}

function begunPart({ part, index, tool }: LivePart, at: number): Part {
	if (part === 'tool-input') {
		const begun = { callId: null, tool: tool ?? null, input: null, draft: '' };
		return { type: 'tool', index, at, status: 'writing', ...begun };
	}
	const type = part === 'thinking' ? 'thinking' : 'text';
	return { type, index, at, text: '', done: false };
}
