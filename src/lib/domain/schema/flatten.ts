import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import { refTarget } from './keywords';

const MAX_FORMS = 12;
const MAX_STEPS = 40;

type Schemas = ReadonlyMap<string, JsonObject | boolean>;

/**
 * The forms a value of a schema may have, each as one schema without references and combinations: `$ref` and `allOf`
 * are laid together, each branch of `oneOf` and `anyOf` makes a form of its own. `not` and `if` are left out, so a
 * form is a good guess, not the last word.
 */
export function flatForms(schema: JsonObject, schemas: Schemas, steps = 0): JsonObject[] {
	if (steps > MAX_STEPS) return [];
	const {
		$ref,
		allOf,
		oneOf,
		anyOf,
		not: _not,
		if: _if,
		then: _then,
		else: _else,
		...own
	} = schema;
	let forms: JsonObject[] = [own];
	const combine = (choices: JsonObject[]) => {
		forms = forms
			.flatMap((form) => choices.map((choice) => merge(form, choice)))
			.slice(0, MAX_FORMS);
	};
	if (typeof $ref === 'string')
		combine(formsOf(schemas.get(refTarget($ref, schemas) ?? ''), schemas, steps));
	for (const part of list(allOf)) combine(formsOf(part, schemas, steps));
	for (const choices of [oneOf, anyOf])
		if (Array.isArray(choices))
			combine(choices.flatMap((choice) => formsOf(choice, schemas, steps)).slice(0, MAX_FORMS));
	return forms;
}

function formsOf(schema: JsonValue | undefined, schemas: Schemas, steps: number): JsonObject[] {
	if (schema === false) return [];
	return isJsonObject(schema) ? flatForms(schema, schemas, steps + 1) : [{}];
}

const list = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : []);

/** One schema that asks for what both ask for, as far as keywords can be put together. */
function merge(a: JsonObject, b: JsonObject): JsonObject {
	const merged: JsonObject = { ...a };
	for (const [keyword, value] of Object.entries(b)) {
		const before = merged[keyword];
		merged[keyword] = before === undefined ? value : both(keyword, before, value);
	}
	return merged;
}

function both(keyword: string, a: JsonValue, b: JsonValue): JsonValue {
	switch (keyword) {
		case 'properties':
			return isJsonObject(a) && isJsonObject(b) ? mergeProperties(a, b) : b;
		case 'required':
			return [...new Set([...list(a), ...list(b)])];
		case 'enum': {
			const shared = list(a).filter((value) => list(b).includes(value));
			return shared.length > 0 ? shared : b;
		}
		case 'type':
			return narrower(a, b);
		case 'items':
			return { allOf: [a, b] };
		case 'minimum':
		case 'exclusiveMinimum':
		case 'minLength':
		case 'minItems':
		case 'minProperties':
			return Math.max(Number(a), Number(b));
		case 'maximum':
		case 'exclusiveMaximum':
		case 'maxLength':
		case 'maxItems':
		case 'maxProperties':
			return Math.min(Number(a), Number(b));
		case 'default':
		case 'examples':
			return a;
		default:
			return b;
	}
}

function mergeProperties(a: JsonObject, b: JsonObject): JsonObject {
	const merged = new Map(Object.entries(a));
	for (const [name, schema] of Object.entries(b)) {
		const before = merged.get(name);
		merged.set(name, before === undefined ? schema : { allOf: [before, schema] });
	}
	return Object.fromEntries(merged);
}

function narrower(a: JsonValue, b: JsonValue): JsonValue {
	const types = (value: JsonValue) => (Array.isArray(value) ? value : [value]);
	if (types(a).includes('number') && b === 'integer') return b;
	const shared = types(a).filter(
		(type) => types(b).includes(type) || (type === 'integer' && b === 'number'),
	);
	return shared.length > 0 ? shared : b;
}
