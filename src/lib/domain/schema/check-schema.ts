import { isJsonObject, type JsonSchema } from '../json';
import { placeOf, readJson } from './read-json';
import { schemaProblems } from './schema-problems';

export interface PlacedProblem {
	message: string;
	/** From 1. */
	line: number;
	column: number;
}

export type CheckedSchema =
	{ ok: true; schema: JsonSchema } | { ok: false; problems: PlacedProblem[] };

const MAX_CHARS = 500_000;

/** A JSON Schema as someone wrote it: parsed and usable here, or what is wrong with it and where. */
export function checkSchema(text: string): CheckedSchema {
	const fail = (message: string, offset = 0): CheckedSchema => ({
		ok: false,
		problems: [{ message, ...placeOf(text, offset) }],
	});
	if (text.trim() === '') return fail('The schema is empty.');
	if (text.length > MAX_CHARS) return fail('The schema is too long.');
	const read = readJson(text);
	if (!read.ok) return fail(read.message, read.offset);
	const schema = read.value;
	if (!isJsonObject(schema))
		return fail('A schema is an object: it begins with { and ends with }.');
	const problems = schemaProblems(schema).map(({ at, message }) => ({
		message,
		...placeOf(text, read.offsets.get(at) ?? 0),
	}));
	return problems.length === 0 ? { ok: true, schema } : { ok: false, problems };
}
