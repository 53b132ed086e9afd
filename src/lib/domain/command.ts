/**
 * What a person asks for. The page writes commands; the active worker turns each into events, once.
 */
import type { Agent } from './agent';
import type { Attachment, ContextPiece } from './attachment';
import type { JsonValue } from './json';
import type { ForkPoint } from './log/fork';
import type { CallId, Person } from './log/event';
import type { Answer } from './question';
import type { Budget, SessionSettings } from './settings';
import type { TicketFields, TicketStatus } from './tickets/ticket';

export type SessionCommand =
	/** The session's id is the page's choice, so that it can show the session at once. */
	| {
			kind: 'start';
			/** Null: a chat. */
			agentId: string | null;
			prompt: string;
			/** The filled form of an agent with an input schema. */
			input?: JsonValue;
			overrides?: Partial<SessionSettings>;
			/** The ticket the session serves from its start. */
			ticketId?: string;
			context?: ContextPiece[];
			attachments?: Attachment[];
	  }
	/** Like `start`, to the id of the session to be; it begins with what another one had said by then. */
	| {
			kind: 'fork';
			parentId: string;
			point: ForkPoint;
			prompt: string;
			overrides?: Partial<SessionSettings>;
			attachments?: Attachment[];
			/** A branch of a chat, which lists don't show beside it. */
			branch?: boolean;
	  }
	| {
			kind: 'prompt';
			text: string;
			overrides?: Partial<SessionSettings>;
			attachments?: Attachment[];
	  }
	| { kind: 'rename'; title: string }
	| { kind: 'change-settings'; changes: Partial<SessionSettings> }
	| {
			kind: 'decide-permission';
			callId: CallId;
			inputHash: string;
			decision: 'allow-once' | 'allow-in-run' | 'deny';
			message?: string;
			input?: JsonValue;
	  }
	| { kind: 'answer-question'; callId: CallId; answers: Answer[] | null }
	| { kind: 'resolve-interruption'; callId: CallId; choice: 'run-again' | 'skip' }
	| { kind: 'pause' }
	/** `budget` replaces the session's cap, for a session that stopped at it. */
	| { kind: 'continue'; budget?: Budget | null; overrides?: Partial<SessionSettings> }
	| { kind: 'cancel' }
	| { kind: 'retry'; overrides?: Partial<SessionSettings> }
	/** This device runs it from here on, whoever ran it before. */
	| { kind: 'take-over'; overrides?: Partial<SessionSettings> };

/** What can be done to many sessions at once, whatever they are in the middle of. */
export type Organising =
	| { do: 'archive'; ticketId?: string }
	| { do: 'unarchive' | 'delete' | 'restore' | 'mark-seen' }
	| { do: 'link'; ticketId: string | null }
	| { do: 'label'; add: string[]; remove: string[] }
	/** For good: log, row and all. Only what is in Deleted. */
	| { do: 'purge' };

/** What is done to one ticket. Moves go where {@link allowedMoves} lets them. */
export type TicketChange =
	| { do: 'create'; fields: TicketFields; status: TicketStatus }
	| { do: 'change'; changes: Partial<TicketFields> }
	/** `back`: takes a move back that was allowed, whatever is allowed from there. */
	| { do: 'move'; to: TicketStatus; back?: true }
	| { do: 'comment'; text: string }
	| { do: 'delete' | 'restore' };

export type WorkspaceCommand =
	| { kind: 'save-agent'; agent: Agent }
	| { kind: 'delete-agent'; agentId: string }
	/** The page chooses the id of a new ticket, so that it can show it at once. */
	| { kind: 'ticket'; ticketId: string; change: TicketChange }
	| { kind: 'organise'; sessionIds: string[]; change: Organising };

export type Command = SessionCommand | WorkspaceCommand;

/** `received`: an active worker has it. `applied`: its events are durable. `refused`: `note` says why. */
export type CommandState = 'sent' | 'received' | 'applied' | 'refused';

export interface CommandRecord {
	/** Order on this device. */
	n?: number;
	/** ULID. */
	id: string;
	/** Null for a workspace command. */
	sessionId: string | null;
	at: number;
	by: Person;
	command: Command;
	state: CommandState;
	note?: string;
	/** The device that asked for it, as logs name it, when that was another one. */
	from?: string;
	/** Passed on to the device that runs the session, which says what came of it. */
	asked?: true;
}
