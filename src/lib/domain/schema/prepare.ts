import { dereference, format, type Schema } from '@cfworker/json-schema';
import { isJsonObject, type JsonSchema, type JsonValue } from '../json';
import { linearRegex } from '../regex/linear-regex';
import { everySchema, mapSubSchemas } from './keywords';
import { keywordRules } from './rules';
import { schemaProblems } from './schema-problems';

/** Strings longer than this are not run through patterns and formats: they fail them. UTF-16 units. */
export const MAX_CHECKED_CHARS = 10_000;

export type StringCheck = (text: string) => boolean;

/** A schema made ready for the validator: its own copy, references found, string checks guarded. */
export type Prepared =
	| {
			ok: true;
			schema: Schema;
			/** Schemas by absolute URI, as the validator looks them up. */
			lookup: Record<string, Schema | boolean>;
			/** Guarded checks of patterns and formats, by the format name that stands for them in `schema`. */
			checks: Map<string, StringCheck>;
			/** Schemas in it. */
			size: number;
			uniqueItems: boolean;
			namePatterns: boolean;
	  }
	| { ok: false; problem: string };

const known = new WeakMap<JsonSchema, Prepared>();

/** Remembered by identity: a schema is never changed in place. */
export function prepare(schema: JsonSchema): Prepared {
	let prepared = known.get(schema);
	if (!prepared) known.set(schema, (prepared = build(schema)));
	return prepared;
}

function build(source: JsonSchema): Prepared {
	const [problem] = schemaProblems(source);
	if (problem)
		return {
			ok: false,
			problem: `The schema cannot be used: ${problem.message}${problem.at ? ` (at ${problem.at})` : ''}`,
		};
	const checks = new Map<string, StringCheck>();
	const schema = guarded(source, checks);
	if (!isJsonObject(schema)) throw new TypeError('a schema stays an object');
	const all = [...everySchema(schema).values()].filter(isJsonObject);
	return {
		ok: true,
		schema,
		lookup: dereference(schema),
		checks,
		size: all.length,
		uniqueItems: all.some((sub) => sub.uniqueItems === true),
		namePatterns: all.some((sub) => sub.patternProperties !== undefined),
	};
}

/**
 * A copy that holds known keywords only (a reference cannot reach what was not looked at), without ids (references
 * are local), and with every `pattern` and `format` as one of our own formats.
 */
function guarded(value: JsonValue, checks: Map<string, StringCheck>): JsonValue {
	if (!isJsonObject(value)) return value;
	const { $id: _id, pattern, format: wanted, ...rest } = value;
	const kept = Object.fromEntries(
		Object.entries(rest).filter(([keyword]) => Object.hasOwn(keywordRules, keyword)),
	);
	const copy = mapSubSchemas(structuredClone(kept), (sub) => guarded(sub, checks));
	const names: string[] = [];
	if (typeof pattern === 'string') names.push(patternCheck(pattern, checks));
	if (typeof wanted === 'string') names.push(...formatCheck(wanted, checks));
	if (names.length === 0) return copy;
	const all = Array.isArray(copy.allOf) ? copy.allOf : [];
	return { ...copy, allOf: [...all, ...names.map((name) => ({ format: name }))] };
}

function patternCheck(pattern: string, checks: Map<string, StringCheck>): string {
	const compiled = linearRegex(pattern);
	const name = `pattern ${pattern}`;
	checks.set(
		name,
		(text) => text.length <= MAX_CHECKED_CHARS && compiled.ok && compiled.regex.test(text),
	);
	return name;
}

/** A format the validator doesn't know says nothing. Its `url` backtracks without bound, so it is read as `uri`. */
function formatCheck(wanted: string, checks: Map<string, StringCheck>): string[] {
	const check = Object.hasOwn(format, wanted)
		? format[wanted === 'url' ? 'uri' : wanted]
		: undefined;
	if (!check) return [];
	const name = `format ${wanted}`;
	checks.set(name, (text) => text.length <= MAX_CHECKED_CHARS && check(text));
	return [name];
}
