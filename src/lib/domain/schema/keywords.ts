import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import { pointerTo } from './pointer';

/** Keywords that hold a schema, a list of them, or schemas by name. */
const single = new Set([
	'items',
	'additionalItems',
	'unevaluatedItems',
	'contains',
	'additionalProperties',
	'unevaluatedProperties',
	'propertyNames',
	'not',
	'if',
	'then',
	'else',
]);
const listed = new Set(['prefixItems', 'items', 'allOf', 'anyOf', 'oneOf']);
const named = new Set([
	'$defs',
	'definitions',
	'properties',
	'patternProperties',
	'dependentSchemas',
]);

/** Keywords whose schemas speak of the very same value, not of a part of it. */
const inPlace = new Set([
	'allOf',
	'anyOf',
	'oneOf',
	'not',
	'if',
	'then',
	'else',
	'dependentSchemas',
]);

export interface SubSchema {
	keyword: string;
	/** Pointer within the whole schema. */
	at: string;
	schema: JsonValue;
	inPlace: boolean;
}

/** The schemas directly inside a schema. */
export function subSchemas(schema: JsonObject, at: string): SubSchema[] {
	return Object.entries(schema).flatMap(([keyword, value]) => {
		const here = pointerTo(at, keyword);
		const base = { keyword, inPlace: inPlace.has(keyword) };
		if (Array.isArray(value)) {
			if (!listed.has(keyword)) return [];
			return value.map((sub, i) => ({ ...base, at: pointerTo(here, i), schema: sub }));
		}
		if (named.has(keyword))
			return isJsonObject(value)
				? Object.entries(value).map(([name, sub]) => ({
						...base,
						at: pointerTo(here, name),
						schema: sub,
					}))
				: [];
		return single.has(keyword) ? [{ ...base, at: here, schema: value }] : [];
	});
}

/** A schema with every schema directly inside it replaced. */
export function mapSubSchemas(
	schema: JsonObject,
	change: (sub: JsonValue) => JsonValue,
): JsonObject {
	return Object.fromEntries(
		Object.entries(schema).map(([keyword, value]): [string, JsonValue] => {
			if (Array.isArray(value)) return [keyword, listed.has(keyword) ? value.map(change) : value];
			if (named.has(keyword) && isJsonObject(value))
				return [
					keyword,
					Object.fromEntries(Object.entries(value).map(([name, sub]) => [name, change(sub)])),
				];
			return [keyword, single.has(keyword) ? change(value) : value];
		}),
	);
}

/** Every schema in a schema, by pointer; booleans are schemas too. Parts that are no schema are not walked into. */
export function everySchema(root: JsonObject): Map<string, JsonObject | boolean> {
	const found = new Map<string, JsonObject | boolean>();
	const todo: { at: string; schema: JsonValue }[] = [{ at: '', schema: root }];
	for (let next = todo.pop(); next; next = todo.pop()) {
		if (typeof next.schema === 'boolean') found.set(next.at, next.schema);
		if (!isJsonObject(next.schema)) continue;
		found.set(next.at, next.schema);
		todo.push(...subSchemas(next.schema, next.at).reverse());
	}
	return found;
}

/** Pointer a local reference leads to, or null for one that leaves the schema. Anchors are looked up in `schemas`. */
export function refTarget(
	ref: string,
	schemas: ReadonlyMap<string, JsonObject | boolean>,
): string | null {
	if (ref === '#') return '';
	if (ref.startsWith('#/')) return decoded(ref.slice(1));
	if (!ref.startsWith('#')) return null;
	const anchor = decoded(ref.slice(1));
	for (const [at, schema] of schemas)
		if (isJsonObject(schema) && schema.$anchor === anchor) return at;
	return `#${anchor}`;
}

function decoded(fragment: string): string {
	try {
		return decodeURIComponent(fragment);
	} catch {
		return fragment;
	}
}
