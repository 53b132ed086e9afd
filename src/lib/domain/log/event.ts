/**
 * The vocabulary of a session's log.
 *
 * An event is immutable: it says what happened, who did it and what it answers. Log order is the order of the
 * shared sequence, never of the clocks; `at` is for people. Kinds are append-only: a field may be added, never
 * given another meaning, and a kind that this build does not know is kept and skipped by every fold.
 */
import type { AgentSnapshot } from '../agent';
import type { Attachment, ContextPiece } from '../attachment';
import type { JsonObject, JsonValue } from '../json';
import type { PlanItem } from '../plan';
import type { PermissionMode } from '../rules/permission';
import type { Answer, Question } from '../question';
import type { SessionSettings } from '../settings';

/** Version written into every event. Raise it only when an old reader would misread a new event. */
export const EVENT_VERSION = 1;

/** Who acts inside a session: `main` in a standard session, a seat or a member in the other modes. */
export type ActorId = string;
/** Id of one tool call, as the model gave it (made unique within the session). */
export type CallId = string;
/** Id of one model call within its session: `<actor>.<n>`. Every attempt has an id of its own. */
export type TurnId = string;

export interface Person {
	kind: 'person';
	/** Name to show, e.g. "You". */
	name: string;
	device: string;
	deviceName: string;
}
export interface AgentActor {
	kind: 'agent';
	actor: ActorId;
}
export interface Engine {
	kind: 'engine';
	device: string;
	epoch: number;
}
export type By = Person | AgentActor | Engine;

/** Tokens of one model call. `input` excludes what was read from or written to the cache; thinking counts as output. */
export interface Usage {
	input: number;
	output: number;
	cacheWrite5m: number;
	cacheWrite1h: number;
	cacheRead: number;
}

/** In USD, at the price list `priceVersion`. */
export interface TurnCost {
	usd: number;
	priceVersion: string;
}

/** Why something did not work, in words for a person, without secrets. */
export interface Failure {
	/** Stable, readable code: `overloaded`, `rate-limited`, `bad-key`, `network`, `offline`, `stalled`, … */
	code: string;
	/** What happened. */
	message: string;
	/** What to do about it. */
	advice?: string;
	/** HTTP status, where there was one. */
	status?: number;
	requestId?: string;
}

/** One file as it is after a change; `null` content means deleted. */
export interface FileChange {
	path: string;
	content: string | null;
}

export type PartType = 'text' | 'thinking' | 'tool-input';

/** Why a session rests and waits for a person although nothing asked them a question. */
export type HoldCode =
	'max-turns' | 'budget' | 'output-limit' | 'unknown-stop' | 'interrupted-tool' | 'storage-full';

/** The session a fork came from, and the event of it that the fork's own part stands in for or follows. */
export interface Parent {
	sessionId: string;
	eventId: string;
	/** A branch of a conversation, reached from the message where versions part: lists show the conversation once. */
	branch?: true;
	/** Of a branch: the chat that its conversation began as. */
	chatId?: string;
	/** Of a branch: the event where the message it says otherwise was first said. */
	instead?: string;
	/** Not a fork: the parent called it to do a part of its work, at that event. It inherits nothing. */
	subAgent?: true;
}

/** Where a copied event happened first. */
export interface Origin {
	sessionId: string;
	eventId: string;
	/** Of the message a branch began with: what it says otherwise, as {@link Parent.instead}. */
	instead?: string;
}

export interface Source {
	/** `claude-code` and the like. */
	app: string;
	/** The session's id there. */
	ref: string;
}

/** Of acts of filing: one more than the highest turn its writer knew of in that session. docs/sync.md [6.7] */
interface Turned {
	turn?: number;
}

export interface EventKinds {
	/** First event of every log. */
	created: {
		mode: 'standard' | 'council' | 'team';
		agent: AgentSnapshot | null;
		settings: SessionSettings;
		title: string;
		parent?: Parent;
		ticketId?: string;
		/** Where the session was recorded, when that was not here. */
		source?: Source;
	};
	/**
	 * Something a person (or, for a repair, the engine) says to an actor. While the session runs, it steers.
	 * `context` is what was handed along, such as a ticket; the model reads it before the text.
	 */
	prompt: {
		actor: ActorId;
		text: string;
		input?: JsonValue;
		context?: ContextPiece[];
		attachments?: Attachment[];
	};
	/** Ends the inherited part of a fork: whatever the parent had under way is not taken up here. */
	forked: Record<never, never>;
	renamed: Turned & { title: string };

	archived: Turned;
	unarchived: Turned;
	/** Put into Deleted, from where it can be restored until it is purged. */
	deleted: Turned;
	restored: Turned;
	/** The ticket the session serves; null: none any more. */
	'ticket-linked': Turned & { ticketId: string | null };
	'labels-changed': Turned & { add: string[]; remove: string[] };
	/** A person has looked at what there was to see: what happened until `upTo`, `at` of the last event they knew of. */
	seen: Turned & { upTo?: number };
	/** Only the given fields change, from the next step on. */
	'settings-changed': { changes: Partial<SessionSettings> };

	'turn-started': {
		turnId: TurnId;
		actor: ActorId;
		purpose: 'answer' | 'compact';
		/** 1 for the first try of this turn. */
		attempt: number;
		model: string;
		connectionId: string;
		effort: string | null;
	};
	/** Durable piece of a part still streaming, about four a second; removed when the part's final event is written. */
	'part-delta': { turnId: TurnId; index: number; part: PartType; text: string };
	thinking: { turnId: TurnId; index: number; text: string; signature: string; ms?: number };
	/** Thinking the provider shows to nobody; replayed as it is. */
	'redacted-thinking': { turnId: TurnId; index: number; data: string };
	text: { turnId: TurnId; index: number; text: string };
	/** `input` is what the model wrote; where that was no JSON, or nested too deeply, `malformed` holds the raw text. */
	'tool-call': {
		turnId: TurnId;
		index: number;
		callId: CallId;
		tool: string;
		input: JsonValue;
		malformed?: string;
	};
	/** A content block this build has no word for (server tools and the like), replayed as it is. */
	'other-part': { turnId: TurnId; index: number; raw: JsonValue };
	'turn-ended': {
		turnId: TurnId;
		stopReason: string;
		stopDetails?: string;
		usage: Usage | null;
		/** Absent where no price is known. */
		cost?: TurnCost;
		requestId?: string;
		ms: number;
	};
	/**
	 * The call ended without a message. With `retryAt` (epoch ms) it is made again then; without, it is final. For a
	 * turn that is no longer open (it was cancelled) it only tells what was used.
	 */
	'turn-failed': {
		turnId: TurnId;
		failure: Failure;
		retryAt?: number;
		/** False when the wait does not use up a try (this device was offline). */
		counts?: boolean;
		/** What the endpoint had counted when the call broke off; absent where it had counted nothing. */
		usage?: Usage;
		cost?: TurnCost;
		ms: number;
	};
	/** The earlier conversation of an actor, up to and with the turn `through`, now stands as this summary. */
	'context-compacted': { actor: ActorId; through: TurnId; summary: string };

	'permission-requested': { callId: CallId; actor: ActorId; tool: string; inputHash: string };
	/** Only a person writes this. `callId` and `inputHash` bind it to one request; the first one counts. */
	'permission-decided': {
		callId: CallId;
		inputHash: string;
		decision: 'allow-once' | 'allow-in-run' | 'deny';
		message?: string;
		/** The input as the person changed it. */
		input?: JsonValue;
		/** Set where the person decided by giving the session this mode. */
		mode?: PermissionMode;
	};
	'question-asked': { callId: CallId; actor: ActorId; questions: Question[] };
	'question-answered': { callId: CallId; answers: Answer[] | null };
	'tool-started': { callId: CallId; input: JsonValue };
	'tool-result': {
		callId: CallId;
		content: string;
		isError: boolean;
		ms: number;
		files?: FileChange[];
	};
	/** A person's choice about a call that was cut off between start and result. */
	'interruption-resolved': { callId: CallId; choice: 'run-again' | 'skip' };
	'plan-updated': { callId: CallId; actor: ActorId; items: PlanItem[] };

	output: { raw: string; value?: JsonValue; problems: OutputProblem[] };
	error: { failure: Failure };
	warning: { code: string; message: string };
	/** What the app that recorded the session noted, and this build has no word for. `recorded` holds it. */
	noted: { type: string };
	held: { code: HoldCode; message: string; actor: ActorId; callId?: CallId };

	'pause-requested': Record<never, never>;
	/** Lifts a pause or a hold; on a session at rest it asks the agent to go on. */
	'continue-requested': Record<never, never>;
	'cancel-requested': Record<never, never>;
	/** Try the failed step again. */
	'retry-requested': Record<never, never>;

	/** This device runs the session from here on. Whatever an earlier epoch left unfinished is interrupted. */
	'lease-taken': { device: string; deviceName: string; epoch: number };
	ended: { status: 'completed' | 'failed' | 'cancelled' };
	/** It came out of a file, unfinished: nothing runs it until a person has it go on. */
	imported: Record<never, never>;
}

export type EventKind = keyof EventKinds;

export interface EventBase {
	v: number;
	/** ULID. */
	id: string;
	sessionId: string;
	/** Wall clock of the writing device, epoch ms. */
	at: number;
	by: By;
	/** Id of the event this one answers. */
	cause?: string;
	/** Copied from the parent session when this session was forked. */
	inherited?: true;
	/** Of an inherited event. */
	origin?: Origin;
	/** Of an event that happened in another app: what that app wrote down, as it was, but for what the event says itself. */
	recorded?: JsonObject;
}

export type EventOf<K extends EventKind> = EventBase & { kind: K } & EventKinds[K];
/** Any event this build knows. What is stored may be of a kind it does not; folds skip those. */
export type SessionEvent = { [K in EventKind]: EventOf<K> }[EventKind];

/** An event before the journal stamps it with id, session and time. */
export type DraftOf<K extends EventKind> = { kind: K; by: By; cause?: string } & EventKinds[K];
export type EventDraft = { [K in EventKind]: DraftOf<K> }[EventKind];

/**
 * An event with its place in the log of this device: `seq` rises, and may have holes. `feedAt` (epoch ms, the same
 * as `at`) is set for kinds that the workspace's feed tells of.
 */
export type StoredEvent = SessionEvent & { seq: number; feedAt?: number };
export type { PermissionMode };

/** One thing wrong with an output: a JSON pointer and a sentence. */
export interface OutputProblem {
	at: string;
	message: string;
}

/** The first actor of a session, and the only one of a standard session. */
export const MAIN: ActorId = 'main';
