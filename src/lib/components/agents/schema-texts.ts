import type { AgentProblems } from '$lib/domain/agents/agent-problems';
import { newAgent } from '$lib/domain/agents/new-agent';
import type { JsonSchema } from '$lib/domain/json';
import { agentOf, type AgentFields, type ReadSchemas } from '$lib/state/agent-draft-fields';
import type { schemaTools } from './schema-tools.svelte';

export const inputTemplate: JsonSchema = {
	type: 'object',
	properties: {
		topic: { type: 'string', description: 'What it is about' },
		depth: { enum: ['short', 'thorough'], default: 'short' },
	},
	required: ['topic'],
	additionalProperties: false,
};

export const outputTemplate: JsonSchema = {
	type: 'object',
	properties: {
		summary: { type: 'string', description: 'The result in at most three sentences' },
		items: { type: 'array', items: { type: 'string' } },
	},
	required: ['summary', 'items'],
	additionalProperties: false,
};

type Rules = NonNullable<(typeof schemaTools)['ready']>;

/** The schemas a form holds as text, or which of them cannot be used. */
export function readSchemas(
	{ checkSchema }: Pick<Rules, 'checkSchema'>,
	fields: Pick<AgentFields, 'inputText' | 'outputText'>,
): ({ ok: true } & ReadSchemas) | { ok: false; at: 'input' | 'output' } {
	const read = (text: string) => {
		if (text.trim() === '') return null;
		const checked = checkSchema(text);
		return checked.ok ? checked.schema : undefined;
	};
	const inputSchema = read(fields.inputText);
	const outputSchema = read(fields.outputText);
	if (inputSchema === undefined) return { ok: false, at: 'input' };
	if (outputSchema === undefined) return { ok: false, at: 'output' };
	return { ok: true, inputSchema, outputSchema };
}

/** What is wrong with everything but the schemas, which their own editors check. */
export function fieldProblems(
	{ agentProblems }: Pick<Rules, 'agentProblems'>,
	fields: AgentFields,
): AgentProblems {
	const none = { inputSchema: null, outputSchema: null };
	return agentProblems(agentOf(fields, none, newAgent('', 0).maxTurns));
}
