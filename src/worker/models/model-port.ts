import type { ModelRequest } from '$lib/domain/conversation';
import type { JsonValue } from '$lib/domain/json';
import type { Failure, Usage } from '$lib/domain/log/event';

/** A finished part of an assistant message, as it must be kept to be replayed. */
export type FinalPart =
	| { type: 'text'; text: string }
	| { type: 'thinking'; text: string; signature: string }
	| { type: 'redacted-thinking'; data: string }
	/** `malformed` holds the raw text where the model's input was no JSON, or nested too deeply; `input` is then `{}`. */
	| { type: 'tool-call'; callId: string; tool: string; input: JsonValue; malformed?: string }
	| { type: 'other'; raw: JsonValue };

/**
 * What a model call tells, in order: `start` once; for each part `part-started`, any number of `delta`s,
 * `part-ended`; `end` once, last. `index` rises from 0 with the parts. `usage` may come anywhere between, and is all
 * that is known of a call that breaks off.
 */
export type ModelEvent =
	| { type: 'start'; model: string; requestId?: string }
	/** What the endpoint has counted of this call so far; each takes the place of the one before. */
	| { type: 'usage'; usage: Usage }
	| { type: 'part-started'; index: number; part: FinalPart['type']; tool?: string }
	| { type: 'delta'; index: number; text: string }
	| { type: 'part-ended'; index: number; part: FinalPart }
	| {
			type: 'end';
			/** As the endpoint says it: end_turn, tool_use, max_tokens, refusal, pause_turn, or a word nobody knows. */
			stopReason: string;
			stopDetails?: string;
			/** Null where the endpoint counts nothing. */
			usage: Usage | null;
	  };

/** The expected ways a model call fails. The message, like everything in `failure`, never holds a key. */
export class ModelError extends Error {
	override name = 'ModelError';
	constructor(
		readonly failure: Failure,
		/** Whether the same call may work later. */
		readonly retryable: boolean,
		/** The endpoint's own wish, milliseconds from now. */
		readonly retryAfterMs?: number,
	) {
		super(failure.message);
	}
}

/**
 * One endpoint, ready to be called. Makes exactly one HTTP request per call and never retries.
 *
 * Throws {@link ModelError} for every failure of the call, a stream that ends before `end` (code `cut`) or goes
 * silent for too long (code `stalled`, counted in bytes, so that pings keep it alive) included; when `signal`
 * aborts, it throws the signal's reason.
 */
export interface ModelPort {
	stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
}

/** Finds the port of a connection. Throws {@link ModelError} (`no-connection`, `locked-key`) where there is none. */
export interface ModelPorts {
	open(connectionId: string): Promise<ModelPort>;
}
