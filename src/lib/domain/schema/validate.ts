import {
	format,
	validate as run,
	type OutputUnit,
	type Schema,
	type ValidationResult,
} from '@cfworker/json-schema';
import type { JsonSchema, JsonValue } from '../json';
import { inWords } from './in-words';
import { measure } from './measure';
import { prepare, type Prepared } from './prepare';
import type { SchemaProblem } from './schema-problems';

export type { SchemaProblem } from './schema-problems';

const MAX_NODES = 1_000_000;
const MAX_DEPTH = 300;
/** Values times schemas, and schemas reached through references: bounds for the time of one check. */
const MAX_WORK = 100_000_000;
const MAX_REFS = 300_000;
const MAX_UNIQUE = 2_000;
const MAX_NAME_CHARS = 200;
const MAX_PROBLEMS = 50;

type Ready = Extract<Prepared, { ok: true }>;

/**
 * What is wrong with a value, in plain words; empty when it fits the schema (draft 2020-12). Never throws and never
 * runs away: a schema or value beyond the limits is itself the problem. Patterns and formats look at strings up to
 * 10,000 characters; a longer one fails them. Look-around and back-references make a schema unusable.
 */
export function validate(schema: JsonSchema, value: JsonValue): SchemaProblem[] {
	const prepared = prepare(schema);
	if (!prepared.ok) return [whole(prepared.problem)];
	const limit = limitProblem(prepared, value);
	if (limit) return [whole(limit)];
	for (const [name, check] of prepared.checks) format[name] = check;
	try {
		const errors = check(prepared, value);
		return inWords(errors, value, MAX_PROBLEMS);
	} catch (error) {
		if (error instanceof TooMuchWork)
			return [whole('The schema takes too long to check against this.')];
		if (error instanceof RangeError)
			return [
				whole('This breaks the schema in too many ways, or is nested too deeply, to be checked.'),
			];
		if (error instanceof URIError) return [whole('A field name contains half a character.')];
		throw error;
	} finally {
		for (const name of prepared.checks.keys()) delete format[name];
	}
}

function check(prepared: Ready, value: JsonValue): OutputUnit[] {
	try {
		return attempt(prepared, value, false).errors;
	} catch (error) {
		// Listing the mistakes of a very long list can overflow the stack; stopping at the first one doesn't.
		if (error instanceof RangeError) return attempt(prepared, value, true).errors;
		throw error;
	}
}

function attempt(prepared: Ready, value: JsonValue, first: boolean): ValidationResult {
	return run(value, prepared.schema, '2020-12', counted(prepared.lookup), first);
}

class TooMuchWork extends Error {
	override name = 'TooMuchWork';
}

/** References are the only way a small schema becomes a huge check, so they are counted as they are followed. */
function counted(lookup: Ready['lookup']): Ready['lookup'] {
	let refs = 0;
	return new Proxy(lookup, {
		get(target, uri): Schema | boolean | undefined {
			if (++refs > MAX_REFS) throw new TooMuchWork();
			return typeof uri === 'string' ? target[uri] : undefined;
		},
	});
}

function limitProblem(prepared: Ready, value: JsonValue): string | null {
	const size = measure(value, MAX_NODES);
	if (size.depth > MAX_DEPTH) return `This is nested more than ${MAX_DEPTH} levels deep.`;
	if (size.nodes > MAX_NODES || size.nodes * prepared.size > MAX_WORK)
		return 'This holds too many values to be checked.';
	if (prepared.uniqueItems && size.longestList > MAX_UNIQUE)
		return `A list has more than ${MAX_UNIQUE} items: too many to check that each is there once.`;
	if (prepared.namePatterns && size.longestKey > MAX_NAME_CHARS)
		return `A field name has more than ${MAX_NAME_CHARS} characters.`;
	return null;
}

const whole = (message: string): SchemaProblem => ({ at: '', message });
