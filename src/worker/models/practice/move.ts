import type { JsonObject } from '$lib/domain/json';

export interface ToolUse {
	tool: string;
	input: JsonObject;
}

/** What a move says and does; `purpose` is its line of thinking. */
export interface Move {
	purpose: string;
	text: string;
	uses: ToolUse[];
}
