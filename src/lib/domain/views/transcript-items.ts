/** What the Messages tab tells, in order: the shapes that the transcript's fold makes of a log. */
import type { Attachment, ContextPiece } from '../attachment';
import type { JsonValue } from '../json';
import type {
	ActorId,
	By,
	CallId,
	Failure,
	FileChange,
	HoldCode,
	Origin,
	OutputProblem,
	Person,
	TurnId,
	Usage,
} from '../log/event';
import type { PlanItem } from '../plan';
import type { PermissionMode } from '../rules/permission';
import type { Answer, Question } from '../question';
import type { SessionSettings } from '../settings';

/** How far a tool call is. `dropped`: its message or its session ended before it could run. */
export type ToolStatus =
	| 'writing'
	| 'ready'
	| 'asking'
	| 'asked'
	| 'running'
	| 'done'
	| 'failed'
	| 'denied'
	| 'interrupted'
	| 'skipped'
	| 'dropped';

export interface Decision {
	decision: 'allow-once' | 'allow-in-run' | 'deny';
	by: Person;
	at: number;
	message?: string;
	/** Set where the person changed the input. */
	input?: JsonValue;
	/** Set where the person decided by giving the session this mode. */
	mode?: PermissionMode;
}

export interface ToolResult {
	eventId: string;
	content: string;
	isError: boolean;
	ms: number;
	at: number;
	files?: FileChange[];
}

export interface ThinkingPart {
	type: 'thinking';
	index: number;
	at: number;
	text: string;
	done: boolean;
	ms?: number;
}
export interface TextPart {
	type: 'text';
	index: number;
	at: number;
	text: string;
	done: boolean;
}
export interface OtherPart {
	type: 'other';
	index: number;
	at: number;
	raw: JsonValue;
}
export interface RedactedPart {
	type: 'redacted';
	index: number;
	at: number;
}
/** A tool call with everything that happened to it. */
export interface ToolPart {
	type: 'tool';
	index: number;
	at: number;
	status: ToolStatus;
	/** Null while the model is still writing the call. */
	callId: CallId | null;
	tool: string | null;
	input: JsonValue;
	/** The raw text of an input that is still being written. */
	draft: string;
	malformed?: string;
	request?: { eventId: string; at: number; inputHash: string };
	decision?: Decision;
	questions?: Question[];
	answered?: { answers: Answer[] | null; by: Person; at: number };
	startedAt?: number;
	/** What it ran with, where that is not what the model wrote. */
	ran?: JsonValue;
	result?: ToolResult;
	plan?: PlanItem[];
	/** Why nobody knows how it ended. */
	interruption?: string;
	resolution?: { choice: 'run-again' | 'skip'; by: By; at: number };
}
export type Part = ThinkingPart | TextPart | ToolPart | RedactedPart | OtherPart;

interface ItemBase {
	/** Of the event that began it; for a turn, the turn's id. */
	id: string;
	at: number;
	by: By;
	inherited?: true;
	origin?: Origin;
}

export interface PromptItem extends ItemBase {
	kind: 'prompt';
	actor: ActorId;
	text: string;
	input?: JsonValue;
	context?: ContextPiece[];
	attachments?: Attachment[];
	/** Said while the session was running. */
	steering: boolean;
	/** Said while a person was waited for: it is read after their answer. */
	waits?: true;
}

/** One model call. `interrupted`: cut off, because its runner went away or the session was ended. */
export interface TurnItem extends ItemBase {
	kind: 'turn';
	actor: ActorId;
	purpose: 'answer' | 'compact';
	attempt: number;
	model: string;
	connectionId: string;
	effort: string | null;
	status: 'streaming' | 'ended' | 'failed' | 'interrupted';
	parts: Part[];
	/** Set by the turn's end. */
	end?: {
		at: number;
		ms: number;
		stopReason: string;
		stopDetails?: string;
		usage: Usage | null;
		usd: number | null;
		requestId?: string;
	};
	failure?: Failure;
	/** When a failed call is made again, epoch ms. */
	retryAt?: number;
	/** Cut off by the end of the session, so that it is not made again. */
	stopped?: true;
	/** Another try has begun, or a person has gone on without one: this failure asks for nothing any more. */
	past?: true;
}

export interface HoldItem extends ItemBase {
	kind: 'hold';
	code: HoldCode;
	message: string;
	callId?: CallId;
	/** The event that lifted it. */
	lifted?: { by: By; at: number };
}
export interface FailureItem extends ItemBase {
	kind: 'failure';
	failure: Failure;
	/** The session has gone on since. */
	past?: true;
}
export interface WarningItem extends ItemBase {
	kind: 'warning';
	code: string;
	message: string;
}
export interface OutputItem extends ItemBase {
	kind: 'output';
	raw: string;
	value?: JsonValue;
	problems: OutputProblem[];
}
/** What changed about the session, told in one quiet line. */
export type LineNews =
	| { what: 'renamed'; title: string }
	/** `raised`: its budget was used up, and the session went on with this one. */
	| { what: 'settings'; changes: Partial<SessionSettings>; raised?: true }
	| { what: 'compacted'; actor: ActorId; summary: string }
	| { what: 'taken-over'; device: string; deviceName: string; sameDevice: boolean }
	| { what: 'pause' | 'continue' | 'cancel' | 'retry' | 'forked' }
	| { what: 'imported'; atWork: boolean }
	| { what: 'ended'; status: 'completed' | 'failed' | 'cancelled' };
export interface LineItem extends ItemBase {
	kind: 'line';
	news: LineNews;
}

export type TranscriptItem =
	PromptItem | TurnItem | HoldItem | FailureItem | WarningItem | OutputItem | LineItem;

export interface Transcript {
	/** Items are never changed in place: one that changed is another object. */
	items: TranscriptItem[];
	/** The plan as it stands, and who keeps it. */
	plan: { actor: ActorId; items: PlanItem[]; at: number } | null;
	/** Whether steps are being taken: what is said now steers. */
	active: boolean;
	lease: { device: string; epoch: number } | null;
	/** Places in `items`. */
	turns: Map<TurnId, number>;
	/** The turn of each call. */
	calls: Map<CallId, TurnId>;
	/** Turns that may still change: streaming, failed, or with a call without a result. */
	unfinished: Set<TurnId>;
	/** Places of holds and failures that still stand. */
	standing: Set<number>;
}
