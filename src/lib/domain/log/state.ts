/** What a session is now: the shape that the fold of its log gives. */
import type { AgentSnapshot } from '../agent';
import type { Attachment } from '../attachment';
import type { JsonValue } from '../json';
import type { PlanItem } from '../plan';
import type { Answer, Question } from '../question';
import type { SessionSettings } from '../settings';
import type { Filed } from './filing';
import type {
	ActorId,
	CallId,
	Failure,
	HoldCode,
	OutputProblem,
	Parent,
	Person,
	TurnId,
	Usage,
} from './event';

/** A finished part of a turn, as it is replayed to the model. Tool calls stand in {@link SessionState.calls}. */
export type TurnPart =
	| { type: 'text'; text: string }
	| { type: 'thinking'; text: string; signature: string }
	| { type: 'redacted-thinking'; data: string }
	| { type: 'tool-call'; callId: CallId }
	| { type: 'other'; raw: JsonValue };

export interface TurnItem {
	type: 'turn';
	turnId: TurnId;
	model: string;
	connectionId: string;
	stopReason: string;
	stopDetails?: string;
	parts: TurnPart[];
	callIds: CallId[];
}
/** What an actor's model has heard and said, in order. */
export type ConversationItem = Heard | { type: 'summary'; text: string } | TurnItem;

/** What was said to an actor, with what was handed along in front of the text. */
export interface Heard {
	type: 'prompt';
	text: string;
	attachments?: Attachment[];
}

export interface OpenTurn {
	turnId: TurnId;
	purpose: 'answer' | 'compact';
	model: string;
	connectionId: string;
	/** By part index; sparse while streaming. */
	parts: (TurnPart | undefined)[];
	callIds: CallId[];
}

export interface ActorState {
	id: ActorId;
	items: ConversationItem[];
	/** The model call in flight. */
	open: OpenTurn | null;
	/** Prompts that came while a call was in flight: the model has not heard them yet. */
	queued: Heard[];
	/** Model calls ever begun, failed ones included: the next turn id. */
	begun: number;
	/** Model calls ended since a person last spoke: what max turns limits. */
	turnsSincePerson: number;
	/** Failed tries of the present turn that count. */
	failedTries: number;
	/** When the failed call is made again, epoch ms. */
	retryAt: number | null;
	/** The last failure of the present turn; final when `retryAt` is null. */
	failure: Failure | null;
	/** Text of a finished compaction call, not yet put in place. */
	summary: string | null;
	/** Times the engine has asked for a corrected output since the last prompt of a person. */
	repairs: number;
}

export interface CallState {
	callId: CallId;
	actor: ActorId;
	turnId: TurnId;
	tool: string;
	/** As the model wrote it. */
	input: JsonValue;
	malformed?: string;
	request: { eventId: string; at: number; inputHash: string } | null;
	decision: {
		decision: 'allow-once' | 'allow-in-run' | 'deny';
		by: Person;
		at: number;
		message?: string;
		/** Set where the person changed the input. */
		input?: JsonValue;
	} | null;
	questions: Question[] | null;
	/** Undefined until answered; null when skipped. */
	answers: Answer[] | null | undefined;
	/** Running now. */
	started: boolean;
	/** Begun under an earlier lease, and nobody knows how it ended. */
	interrupted: boolean;
	resolution: 'run-again' | 'skip' | null;
	result: { content: string; isError: boolean } | null;
}

export interface Hold {
	code: HoldCode;
	message: string;
	/** Whose step waits. */
	actor: ActorId;
	callId?: CallId;
}

export interface SessionState extends Filed {
	id: string;
	mode: 'standard' | 'council' | 'team';
	agent: AgentSnapshot | null;
	settings: SessionSettings;
	parent: Parent | null;
	createdAt: number;
	/** Time of the last event, epoch ms. */
	lastAt: number;
	lease: { device: string; deviceName: string; epoch: number } | null;
	actors: Map<ActorId, ActorState>;
	calls: Map<CallId, CallState>;
	/** Calls without a result, in the order the models made them. */
	openCalls: Set<CallId>;
	allowedInRun: Set<string>;
	/** Session files now. */
	files: Map<string, string>;
	plan: PlanItem[] | null;
	output: { raw: string; value?: JsonValue; problems: OutputProblem[] } | null;
	hold: Hold | null;
	paused: boolean;
	cancelling: boolean;
	/** It came out of a file in the middle of something, and nobody has had it go on yet. */
	imported: boolean;
	ended: { status: 'completed' | 'failed' | 'cancelled' } | null;
	/** The last error recorded, until a person speaks again. */
	failure: Failure | null;
	usage: Usage;
	/** Ended model calls. */
	turns: number;
	/** USD; null once a turn's price is unknown. */
	cost: number | null;
	/** Model calls that were dropped, and have not told what they used. */
	uncounted: Set<TurnId>;
	/** Time spent running, up to `runningSince`, ms. */
	activeMs: number;
	runningSince: number | null;
}

export const noUsage: Usage = {
	input: 0,
	output: 0,
	cacheWrite5m: 0,
	cacheWrite1h: 0,
	cacheRead: 0,
};

export function emptySession(id: string): SessionState {
	return {
		id,
		mode: 'standard',
		agent: null,
		settings: {
			connectionId: '',
			model: '',
			effort: null,
			thinking: false,
			permissionMode: 'ask',
			maxTurns: 50,
			budget: null,
		},
		title: '',
		ticketId: null,
		parent: null,
		labels: [],
		archivedAt: null,
		deletedAt: null,
		unread: false,
		stamps: {},
		seenUpTo: 0,
		createdAt: 0,
		lastAt: 0,
		lease: null,
		actors: new Map(),
		calls: new Map(),
		openCalls: new Set(),
		allowedInRun: new Set(),
		files: new Map(),
		plan: null,
		output: null,
		hold: null,
		paused: false,
		cancelling: false,
		imported: false,
		ended: null,
		failure: null,
		usage: { ...noUsage },
		turns: 0,
		cost: 0,
		uncounted: new Set(),
		activeMs: 0,
		runningSince: null,
	};
}

/** An actor as it is; one that has not been heard of yet is a new one. Changes nothing. */
export function actorState(state: SessionState, id: ActorId): ActorState {
	return state.actors.get(id) ?? newActor(id);
}

function newActor(id: ActorId): ActorState {
	return {
		id,
		items: [],
		open: null,
		queued: [],
		begun: 0,
		turnsSincePerson: 0,
		failedTries: 0,
		retryAt: null,
		failure: null,
		summary: null,
		repairs: 0,
	};
}

/** The same, and from now on it is one of the session's: for folds alone. */
export function actorOf(state: SessionState, id: ActorId): ActorState {
	const actor = actorState(state, id);
	state.actors.set(id, actor);
	return actor;
}
