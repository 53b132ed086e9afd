import type { AgentProblems } from '$lib/domain/agents/agent-problems';
import type { Agent } from '$lib/domain/agent';
import type { CheckedSchema } from '$lib/domain/schema/check-schema';
import type { FormField, TextInput } from '$lib/domain/schema/form-fields';
import type { JsonSchema, JsonValue } from '$lib/domain/json';
import { loadPart } from '$lib/state/load-part';

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

	/** Null where they can't be had; the person has then been told. */
	async load(): Promise<Loaded | null> {
		const parts = await loadPart(() =>
			Promise.all([
				import('$lib/domain/schema/check-schema'),
				import('$lib/domain/schema/example'),
				import('$lib/domain/schema/form-fields'),
				import('$lib/domain/agents/agent-problems'),
			]),
		);
		if (!parts) return null;
		const [{ checkSchema }, { exampleOf }, { formFields, inputOf }, { agentProblems }] = parts;
		return (this.#loaded ??= { checkSchema, exampleOf, formFields, inputOf, agentProblems });
	}
}

export const schemaTools = new SchemaTools();
