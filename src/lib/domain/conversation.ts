/**
 * What is sent to a model: the shape of the Messages API, kept here because building it from a log is a rule.
 */
import type { JsonSchema, JsonValue } from './json';

export type ContentPart =
	| { type: 'text'; text: string }
	/** `data` in base64, as below. */
	| { type: 'image'; name: string; mediaType: string; data: string }
	| { type: 'pdf'; name: string; data: string }
	| { type: 'thinking'; thinking: string; signature: string }
	| { type: 'redacted_thinking'; data: string }
	| { type: 'tool_use'; id: string; name: string; input: JsonValue }
	| { type: 'tool_result'; tool_use_id: string; content: string; is_error?: boolean }
	| { type: 'other'; raw: JsonValue };

export interface ModelMessage {
	role: 'user' | 'assistant';
	content: ContentPart[];
}

export interface ToolSpec {
	name: string;
	description: string;
	inputSchema: JsonSchema;
}

/** One model call, free of any endpoint's habits. */
export interface ModelRequest {
	model: string;
	system: string;
	messages: ModelMessage[];
	tools: ToolSpec[];
	effort: string | null;
	thinking: boolean;
	/** The answer must be JSON of this schema. */
	outputSchema: JsonSchema | null;
}
