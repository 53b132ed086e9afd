/**
 * What a person asks for. The page writes commands; the active worker turns each into events, once.
 */
import type { Agent } from './agent';
import type { JsonValue } from './json';
import type { CallId, Person } from './log/event';
import type { Answer } from './question';
import type { Budget, SessionSettings } from './settings';

export type SessionCommand =
	/** The session's id is the page's choice, so that it can show the session at once. */
	| {
			kind: 'start';
			agentId: string;
			prompt: string;
			/** The filled form of an agent with an input schema. */
			input?: JsonValue;
			overrides?: Partial<SessionSettings>;
	  }
	| { kind: 'prompt'; text: string; overrides?: Partial<SessionSettings> }
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
	| { kind: 'continue'; budget?: Budget | null }
	| { kind: 'cancel' }
	| { kind: 'retry' };

export type WorkspaceCommand =
	{ kind: 'save-agent'; agent: Agent } | { kind: 'delete-agent'; agentId: string };

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
}
