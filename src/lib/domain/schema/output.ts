import type { JsonSchema, JsonValue } from '../json';
import { findJson } from './find-json';
import { validate, type SchemaProblem } from './validate';

/** `value` is there whenever JSON was found, valid or not. */
export interface ParsedOutput {
	value?: JsonValue;
	problems: SchemaProblem[];
}

/** JSON.parse makes Infinity of 1e400: no JSON could say it again. */
function problemsOf(schema: JsonSchema, value: JsonValue): SchemaProblem[] {
	return isFinite(value)
		? validate(schema, value)
		: [{ at: '', message: 'holds a number that is too large' }];
}

function isFinite(value: JsonValue): boolean {
	if (typeof value === 'number') return Number.isFinite(value);
	return typeof value !== 'object' || value === null || Object.values(value).every(isFinite);
}

/**
 * The structured result in an answer, checked: the whole answer, a fenced block in it, or its outermost object or
 * list, the first of them that fits the schema.
 */
export function parseOutput(text: string, schema: JsonSchema): ParsedOutput {
	const found = findJson(text);
	if (!found.ok) return { problems: [{ at: '', message: found.problem }] };
	const results = found.values.map((value) => ({ value, problems: problemsOf(schema, value) }));
	return results.find((result) => result.problems.length === 0) ?? results[0] ?? { problems: [] };
}
