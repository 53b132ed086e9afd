import { isJsonObject, type JsonObject, type JsonSchema } from '../json';
import { everySchema, refTarget, subSchemas } from './keywords';
import { measure } from './measure';
import { pointerTo } from './pointer';
import { keywordRules } from './rules';

/** One thing wrong: a JSON pointer ('' for the whole) and a sentence. */
export interface SchemaProblem {
	at: string;
	message: string;
}

const MAX_NODES = 20_000;
const MAX_DEPTH = 100;

/** What keeps a schema from being used; empty when it can be. */
export function schemaProblems(schema: JsonSchema): SchemaProblem[] {
	const size = measure(schema, MAX_NODES);
	if (size.nodes > MAX_NODES || size.depth > MAX_DEPTH)
		return [{ at: '', message: 'The schema is too large or too deeply nested.' }];
	const schemas = everySchema(schema);
	const problems = [...schemas].flatMap(([at, sub]) =>
		isJsonObject(sub) ? [...keywordProblems(sub, at), ...refProblems(sub, at, schemas)] : [],
	);
	return problems.length > 0 ? problems : endless(schemas);
}

function keywordProblems(schema: JsonObject, at: string): SchemaProblem[] {
	return Object.entries(schema).flatMap(([keyword, value]) => {
		const rule = Object.hasOwn(keywordRules, keyword) ? keywordRules[keyword] : undefined;
		const problem = rule?.(value);
		return problem ? [{ at: pointerTo(at, keyword), message: `"${keyword}" ${problem}.` }] : [];
	});
}

function refProblems(
	schema: JsonObject,
	at: string,
	schemas: ReadonlyMap<string, JsonObject | boolean>,
): SchemaProblem[] {
	if (typeof schema.$ref !== 'string') return [];
	const target = refTarget(schema.$ref, schemas);
	if (target !== null && schemas.has(target)) return [];
	const message =
		target === null
			? `"$ref" leads out of the schema: ${schema.$ref}. Only references within it, like #/$defs/item, can be used.`
			: `"$ref" leads nowhere: there is no schema at ${schema.$ref}.`;
	return [{ at: pointerTo(at, '$ref'), message }];
}

/** A schema that, to check a value, asks to check the same value against itself. */
function endless(schemas: ReadonlyMap<string, JsonObject | boolean>): SchemaProblem[] {
	const state = new Map<string, 'open' | 'done'>();
	const visit = (at: string): string | null => {
		const schema = schemas.get(at);
		if (state.get(at) === 'done' || !isJsonObject(schema)) return null;
		if (state.get(at) === 'open') return at;
		state.set(at, 'open');
		const next = subSchemas(schema, at)
			.filter((sub) => sub.inPlace)
			.map((sub) => sub.at);
		if (typeof schema.$ref === 'string') next.push(refTarget(schema.$ref, schemas) ?? '');
		for (const target of next) {
			const found = visit(target);
			if (found !== null) return found;
		}
		state.set(at, 'done');
		return null;
	};
	for (const at of schemas.keys()) {
		const found = visit(at);
		if (found !== null) return [{ at: found, message: 'The schema refers to itself without end.' }];
	}
	return [];
}
