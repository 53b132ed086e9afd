import type { Agent } from '../domain/agent';
import type { JsonSchema } from '../domain/json';

/** An agent as its form holds it: what can be half typed is text or null. */
export interface AgentFields extends Omit<
	Agent,
	'inputSchema' | 'outputSchema' | 'maxTurns' | 'budget'
> {
	/** JSON text; blank for no schema. */
	inputText: string;
	outputText: string;
	maxTurns: number | null;
	budgetTokens: number | null;
	budgetUsd: number | null;
}

/** Schemas read from the form's texts. */
export interface ReadSchemas {
	inputSchema: JsonSchema | null;
	outputSchema: JsonSchema | null;
}

export function fieldsOf(agent: Agent): AgentFields {
	const { inputSchema, outputSchema, maxTurns, budget, ...rest } = agent;
	return {
		...structuredClone(rest),
		inputText: schemaText(inputSchema),
		outputText: schemaText(outputSchema),
		maxTurns,
		budgetTokens: budget?.tokens ?? null,
		budgetUsd: budget?.usd ?? null,
	};
}

/** The agent the form describes. `fallback`: turns of one whose limit was left empty. */
export function agentOf(fields: AgentFields, schemas: ReadSchemas, fallback: number): Agent {
	const { inputText: _i, outputText: _o, budgetTokens, budgetUsd, maxTurns, ...rest } = fields;
	const budget = {
		...(budgetTokens === null ? {} : { tokens: budgetTokens }),
		...(budgetUsd === null ? {} : { usd: budgetUsd }),
	};
	return {
		...structuredClone(rest),
		name: rest.name.trim(),
		inputSchema: schemas.inputSchema,
		outputSchema: schemas.outputSchema,
		maxTurns: maxTurns ?? fallback,
		budget: Object.keys(budget).length === 0 ? null : budget,
	};
}

/** A schema as its editor shows it. */
export function schemaText(schema: JsonSchema | null): string {
	return schema === null ? '' : JSON.stringify(schema, null, 2);
}
