import { isJsonObject, type JsonObject, type JsonSchema, type JsonValue } from '../json';
import { exampleNumber } from './example-number';
import { exampleText } from './example-text';
import { everySchema } from './keywords';
import { flatForms } from './flatten';
import { schemaProblems } from './schema-problems';
import { validate } from './validate';

/** Deeper than this only what is required is filled in, and deeper than twice this nothing. */
const FULL_DEPTH = 5;
const MAX_VALUES = 5_000;
const MAX_ITEMS = 200;

/**
 * A value that fits the schema, as full as it can be: the schema's own `const`, `default`, `examples` and `enum`
 * first, made-up values otherwise. Undefined where none was found, which does not mean that there is none.
 */
export function exampleOf(schema: JsonSchema): JsonValue | undefined {
	if (schemaProblems(schema).length > 0) return undefined;
	for (const full of [true, false])
		for (let turn = 0; turn < 5; turn++) {
			const example = new Maker(schema, { full, turn }).make(schema, 0);
			if (example !== undefined && validate(schema, example).length === 0) return example;
		}
	return undefined;
}

class Maker {
	readonly #schemas: ReadonlyMap<string, JsonObject | boolean>;
	readonly #full: boolean;
	/** Which of several forms is taken, where a value may have one of them. */
	readonly #turn: number;
	#left = MAX_VALUES;

	constructor(root: JsonSchema, way: { full: boolean; turn: number }) {
		this.#schemas = everySchema(root);
		this.#full = way.full;
		this.#turn = way.turn;
	}

	/** `nth` makes items of a list differ. */
	make(schema: JsonValue, depth: number, nth = 0): JsonValue | undefined {
		if (schema === false || --this.#left < 0 || depth > 2 * FULL_DEPTH) return undefined;
		if (!isJsonObject(schema)) return 'text';
		const forms = flatForms(schema, this.#schemas);
		const form = forms[this.#turn % Math.max(1, forms.length)];
		return form && this.#value(form, depth, nth);
	}

	#value(form: JsonObject, depth: number, nth: number): JsonValue | undefined {
		const given = givenValue(form, nth, this.#turn);
		if (given !== undefined) return given;
		switch (typeOf(form)) {
			case 'object':
				return this.#object(form, depth);
			case 'array':
				return this.#list(form, depth);
			case 'integer':
			case 'number':
				return exampleNumber(form, nth);
			case 'boolean':
				return nth % 2 === 0;
			case 'null':
				return null;
			default:
				return exampleText(form, nth);
		}
	}

	#object(form: JsonObject, depth: number): JsonValue | undefined {
		const properties = isJsonObject(form.properties) ? form.properties : {};
		const required = new Set(texts(form.required));
		const made = new Map<string, JsonValue>();
		for (const [name, schema] of Object.entries(properties)) {
			if (!required.has(name) && (!this.#full || depth >= FULL_DEPTH)) continue;
			const value = this.make(schema, depth + 1);
			if (value !== undefined) made.set(name, value);
			else if (required.has(name)) return undefined;
		}
		const least = typeof form.minProperties === 'number' ? form.minProperties : 0;
		const extra = [...required].filter((name) => !made.has(name));
		for (let n = 1; made.size + extra.length < Math.min(least, MAX_ITEMS); n++)
			if (!made.has(`field${n}`)) extra.push(`field${n}`);
		for (const name of extra) {
			const value = this.make(otherField(form, name), depth + 1);
			if (value === undefined) return undefined;
			made.set(name, value);
		}
		return Object.fromEntries(made);
	}

	#list(form: JsonObject, depth: number): JsonValue | undefined {
		const first = Array.isArray(form.prefixItems) ? form.prefixItems : [];
		const least = typeof form.minItems === 'number' ? form.minItems : 0;
		const most = typeof form.maxItems === 'number' ? form.maxItems : Infinity;
		const wanted = Math.min(Math.max(least, first.length, this.#full ? 1 : 0), most, MAX_ITEMS);
		const items: JsonValue[] = [];
		if (form.contains !== undefined && wanted + first.length < most) {
			const count = typeof form.minContains === 'number' ? form.minContains : 1;
			const from = first.length;
			for (let n = 0; n < Math.min(count, MAX_ITEMS); n++)
				items[from + n] = this.make(form.contains, depth + 1, n) ?? null;
		}
		for (let n = 0; n < Math.max(wanted, items.length); n++) {
			if (items[n] !== undefined) continue;
			const value = this.make(first[n] ?? form.items ?? true, depth + 1, n);
			if (value === undefined) return n >= least ? items.slice(0, n) : undefined;
			items[n] = value;
		}
		return items;
	}
}

/** A value the schema names itself; in later turns another one, since the first may not fit the whole. */
function givenValue(form: JsonObject, nth: number, turn: number): JsonValue | undefined {
	if (form.const !== undefined) return form.const;
	const examples = Array.isArray(form.examples) ? form.examples : [];
	const choices = Array.isArray(form.enum) ? form.enum : [];
	if (turn < 3) {
		if (nth === 0 && form.default !== undefined) return form.default;
		if (examples.length > nth) return examples[nth];
	}
	return choices[(nth + turn) % Math.max(1, choices.length)];
}

function otherField(form: JsonObject, name: string): JsonValue {
	const patterns = isJsonObject(form.patternProperties) ? form.patternProperties : {};
	const match = Object.entries(patterns).find(([pattern]) => new RegExp(pattern, 'u').test(name));
	return match?.[1] ?? form.additionalProperties ?? form.unevaluatedProperties ?? true;
}

/** The type a form asks for, or the one its keywords speak of. */
function typeOf(form: JsonObject): string {
	if (typeof form.type === 'string') return form.type;
	const types = texts(form.type);
	const wanted = types.find((type) => type !== 'null') ?? types[0];
	if (wanted) return wanted;
	const has = (...keywords: string[]) => keywords.some((keyword) => form[keyword] !== undefined);
	if (has('properties', 'required', 'additionalProperties', 'minProperties')) return 'object';
	if (has('items', 'prefixItems', 'contains', 'minItems')) return 'array';
	if (has('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'))
		return 'number';
	return 'string';
}

function texts(value: JsonValue | undefined): string[] {
	return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
