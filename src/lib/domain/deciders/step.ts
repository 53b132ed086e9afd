import type { ActorId, CallId, EventDraft, TurnId } from '../log/event';
import type { JsonObject } from '../json';

/**
 * What a decider wants done next. A step that is under way is not decided again, because its beginning is an
 * event (`turn-started`, `tool-started`) that the state remembers until the step's end, or until another runner
 * takes over.
 */
export type Step =
	/** Nothing to act on: these events follow from the log as it is. Appended together or not at all. */
	| { do: 'record'; events: EventDraft[] }
	| {
			do: 'call-model';
			actor: ActorId;
			turnId: TurnId;
			purpose: 'answer' | 'compact';
			/** 1 for the first try. */
			attempt: number;
			/** Not before this moment, epoch ms; null: now. */
			notBefore: number | null;
	  }
	| { do: 'run-tool'; actor: ActorId; callId: CallId; tool: string; input: JsonObject }
	/** Nothing happens for this actor until someone answers. */
	| { do: 'wait'; actor: ActorId; for: 'permission' | 'answer' | 'person' };

/** The engine's own voice in a draft; the journal puts device and epoch in. */
export const BY_ENGINE = { kind: 'engine', device: '', epoch: -1 } as const;
