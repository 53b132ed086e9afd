import type { AgentProblems } from '$lib/domain/agents/agent-problems';
import type { Agent } from '$lib/domain/agent';
import type { CheckedSchema } from '$lib/domain/schema/check-schema';
import type { FormField, TextInput } from '$lib/domain/schema/form-fields';
import type { JsonSchema, JsonValue } from '$lib/domain/json';

interface Loaded {
	checkSchema(text: string): CheckedSchema;
	exampleOf(schema: JsonSchema): JsonValue | undefined;
	formFields(schema: JsonSchema): FormField[];
	inputOf(field: FormField): TextInput;
	agentProblems(agent: Agent): AgentProblems;
}

/** The rules of agents and of JSON Schema, loaded when an editor first needs them: no list or run waits for them. */
class SchemaTools {
	#loaded = $state.raw<Loaded | null>(null);

	/** Null until {@link load} has finished. */
	get ready(): Loaded | null {
		return this.#loaded;
	}

	async load(): Promise<Loaded> {
		const [{ checkSchema }, { exampleOf }, { formFields, inputOf }, { agentProblems }] =
			await Promise.all([
				import('$lib/domain/schema/check-schema'),
				import('$lib/domain/schema/example'),
				import('$lib/domain/schema/form-fields'),
				import('$lib/domain/agents/agent-problems'),
			]);
		return (this.#loaded ??= { checkSchema, exampleOf, formFields, inputOf, agentProblems });
	}
}

export const schemaTools = new SchemaTools();
