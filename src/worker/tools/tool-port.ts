import type { JsonObject } from '$lib/domain/json';
import type { FileChange } from '$lib/domain/log/event';
import type { PlanItem } from '$lib/domain/plan';
import type { ToolDefinition } from '$lib/domain/tool';
import type { TicketPort } from './ticket-port';

/**
 * What a tool may see. It changes nothing of its session itself: what it did there is what it returns. Tickets, which
 * all sessions share, it changes through their port.
 */
export interface ToolContext {
	/** Session files as they are now, path to content. */
	files: ReadonlyMap<string, string>;
	tickets: TicketPort;
	signal: AbortSignal;
}

/** A failure is a result: `isError` with a sentence the model can act on. */
export interface ToolOutcome {
	content: string;
	isError?: boolean;
	files?: FileChange[];
	plan?: PlanItem[];
}

/**
 * A tool that can run. `input` has been validated against `definition.inputSchema`.
 * Throws only when `signal` aborts, or for a mistake in the tool itself.
 */
export interface Tool {
	definition: ToolDefinition;
	run(input: JsonObject, context: ToolContext): Promise<ToolOutcome>;
}
