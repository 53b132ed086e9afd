import { isJsonObject, type JsonObject, type JsonSchema, type JsonValue } from '$lib/domain/json';
import { exampleOf } from '$lib/domain/schema/example';
import { exampleText } from '$lib/domain/schema/example-text';
import { validate } from '$lib/domain/schema/validate';

/** Where the words of an instance come from. `name` is the property the value is for. */
export interface Wording {
	text(name: string, nth: number): string;
	/** Several texts that belong together, or null where the name calls for none in particular. */
	list(name: string): string[] | null;
	number(name: string): number | null;
	flag(name: string): boolean;
	/** Which of several allowed values fits; -1: none in particular. */
	choose(name: string, choices: readonly JsonValue[]): number;
}

const deepest = 8;

/**
 * A value that the schema accepts, in the words given; in made-up words where those can't fit; the next best thing
 * where no value was found that fits.
 */
export function instanceOf(schema: JsonSchema, words: Wording): JsonValue {
	const worded = new Walk(schema, words).value(schema, 'value', 0, 0);
	return validate(schema, worded).length === 0 ? worded : (exampleOf(schema) ?? worded);
}

class Walk {
	constructor(
		private readonly root: JsonSchema,
		private readonly words: Wording,
	) {}

	value(given: JsonValue | undefined, name: string, nth: number, depth: number): JsonValue {
		if (!isJsonObject(given)) return this.words.text(name, nth);
		const schema = this.#whole(given, depth);
		if ('const' in schema) return schema['const'] ?? null;
		const choices = schema['enum'];
		if (Array.isArray(choices) && choices.length > 0) {
			const fits = this.words.choose(name, choices);
			return choices[fits >= 0 ? fits : nth % choices.length] ?? null;
		}
		switch (this.#typeOf(schema, depth)) {
			case 'object':
				return this.#object(schema, nth, depth);
			case 'array':
				return this.#array(schema, name, depth);
			case 'integer':
				return this.#number(schema, name, true);
			case 'number':
				return this.#number(schema, name, false);
			case 'boolean':
				return this.words.flag(name);
			case 'null':
				return null;
			default:
				return this.#text(schema, name, nth);
		}
	}

	/** One schema out of references and combinations: the first alternative, and all that has to hold together. */
	#whole(given: JsonObject, depth: number): JsonObject {
		let schema = given;
		for (let hops = 0; hops < 20; hops++) {
			const reference = schema['$ref'];
			if (typeof reference === 'string') {
				const { $ref: _, ...rest } = schema;
				schema = merged(this.#resolve(reference), rest);
				continue;
			}
			const { allOf, anyOf, oneOf, ...rest } = schema;
			if (Array.isArray(allOf))
				schema = allOf
					.filter(isJsonObject)
					.reduce(merged, { ...rest, ...(anyOf && { anyOf }), ...(oneOf && { oneOf }) });
			else if (Array.isArray(anyOf) || Array.isArray(oneOf)) {
				const choices = (Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : []).filter(
					isJsonObject,
				);
				// Deep down the plainest alternative ends a schema that refers to itself.
				const plain = choices.find((choice) => choice['type'] === 'null');
				schema = merged(rest, (depth >= deepest && plain) || (choices[0] ?? {}));
			} else return schema;
		}
		return schema;
	}

	#resolve(reference: string): JsonObject {
		if (reference === '#') return this.root;
		const path = reference.replace(/^#\//, '').split('/');
		let found: JsonValue | undefined = this.root;
		for (const part of path) {
			const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
			found = Array.isArray(found)
				? found[Number(key)]
				: isJsonObject(found)
					? found[key]
					: undefined;
		}
		return isJsonObject(found) ? found : {};
	}

	#typeOf(schema: JsonObject, depth: number): string {
		const type = schema['type'];
		if (typeof type === 'string') return type;
		if (Array.isArray(type)) {
			const usable = type.filter((one): one is string => typeof one === 'string');
			if (depth >= deepest && usable.includes('null')) return 'null';
			return usable.find((one) => one !== 'null') ?? 'null';
		}
		if ('properties' in schema || 'required' in schema) return 'object';
		if ('items' in schema || 'prefixItems' in schema) return 'array';
		if ('minimum' in schema || 'maximum' in schema) return 'number';
		return 'string';
	}

	#object(schema: JsonObject, nth: number, depth: number): JsonObject {
		const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
		const required = Array.isArray(schema['required']) ? schema['required'] : [];
		const names = depth >= deepest ? [] : Object.keys(properties);
		const value: JsonObject = {};
		for (const name of new Set([...names, ...required.filter((one) => typeof one === 'string')])) {
			value[name] = this.value(
				properties[name] ?? schema['additionalProperties'],
				name,
				nth,
				depth + 1,
			);
		}
		const fewest = countOf(schema['minProperties'], 0);
		for (let n = 1; Object.keys(value).length < fewest; n++) {
			value[`item${n}`] = this.value(schema['additionalProperties'], `item ${n}`, n, depth + 1);
		}
		return value;
	}

	#array(schema: JsonObject, name: string, depth: number): JsonValue[] {
		const first = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : [];
		const least = countOf(schema['minItems'], 0);
		const most = countOf(schema['maxItems'], Number.POSITIVE_INFINITY);
		const item = schema['items'];
		const texts = this.words.list(name);
		const wanted =
			depth >= deepest ? 0 : item === undefined && first.length > 0 ? 0 : (texts?.length ?? 3);
		const length = Math.max(Math.min(Math.max(first.length, wanted), most), least);
		const unique = schema['uniqueItems'] === true;
		const values: JsonValue[] = [];
		const seen = new Set<string>();
		// A few spare rounds, where not every try may be kept.
		for (let nth = 0; values.length < length && nth < length * 4 + 8; nth++) {
			const one = this.value(first[values.length] ?? item ?? {}, singular(name), nth, depth + 1);
			const key = JSON.stringify(one);
			if (unique && seen.has(key)) continue;
			seen.add(key);
			values.push(one);
		}
		return values;
	}

	#number(schema: JsonObject, name: string, whole: boolean): number {
		const step = numberOf(schema['multipleOf']) ?? (whole ? 1 : 0);
		const tiny = step || 1e-3;
		const above = numberOf(schema['exclusiveMinimum']);
		const below = numberOf(schema['exclusiveMaximum']);
		const least = Math.max(
			numberOf(schema['minimum']) ?? -Infinity,
			above === null ? -Infinity : above + tiny,
		);
		const most = Math.min(
			numberOf(schema['maximum']) ?? Infinity,
			below === null ? Infinity : below - tiny,
		);
		const middle = Number.isFinite(least) && Number.isFinite(most) ? (least + most) / 2 : 1;
		const wanted = Math.min(Math.max(this.words.number(name) ?? middle, least), most);
		if (!step) return wanted;
		const rounded = Math.round(wanted / step) * step;
		const fitted = rounded < least ? rounded + step : rounded > most ? rounded - step : rounded;
		// Multiplying by a fraction leaves dust behind the point.
		return Number(fitted.toFixed(10));
	}

	#text(schema: JsonObject, name: string, nth: number): string {
		const pattern = schema['pattern'];
		const least = countOf(schema['minLength'], 0);
		const most = countOf(schema['maxLength'], Number.POSITIVE_INFINITY);
		const format = schema['format'];
		if (typeof format === 'string' && formats[format]) return formats[format](nth);
		const wanted = this.words.text(name, nth);
		if (typeof pattern === 'string') {
			const matches = (text: string): boolean => safeTest(pattern, text);
			const found = [wanted, slugLike(wanted), '1.0.0'].find(matches);
			return found ?? exampleText(schema, nth) ?? wanted;
		}
		return fitted(wanted, least, most);
	}
}

const twoDigits = (n: number): string => String((n % 28) + 1).padStart(2, '0');

const formats: Record<string, ((nth: number) => string) | undefined> = {
	date: (nth) => `2026-01-${twoDigits(nth)}`,
	'date-time': (nth) => `2026-01-${twoDigits(nth)}T09:00:00Z`,
	time: (nth) => `09:${twoDigits(nth)}:00Z`,
	duration: (nth) => `P${nth + 1}D`,
	email: (nth) => `practice${nth + 1}@example.com`,
	hostname: (nth) => `practice${nth + 1}.example.com`,
	uri: (nth) => `https://example.com/practice/${nth + 1}`,
	'uri-reference': (nth) => `/practice/${nth + 1}`,
	url: (nth) => `https://example.com/practice/${nth + 1}`,
	ipv4: (nth) => `192.0.2.${(nth % 250) + 1}`,
	ipv6: (nth) => `2001:db8::${((nth % 250) + 1).toString(16)}`,
	uuid: (nth) => `00000000-0000-4000-8000-${String(nth + 1).padStart(12, '0')}`,
};

/** Length as a schema counts it: in characters, not in code units. */
function fitted(text: string, least: number, most: number): string {
	let chars = [...text];
	while (chars.length < least) chars.push(...' and so on'.slice(0, least - chars.length));
	if (chars.length > most)
		chars = [...chars.slice(0, Math.max(0, most - 1)), ...(most > 0 ? ['…'] : [])];
	return chars.join('');
}

function safeTest(pattern: string, text: string): boolean {
	try {
		return new RegExp(pattern, 'u').test(text);
	} catch {
		return false;
	}
}

function merged(one: JsonObject, other: JsonObject): JsonObject {
	const both = { ...one, ...other };
	const properties = [one['properties'], other['properties']].filter(isJsonObject);
	if (properties.length > 1) both['properties'] = Object.assign({}, ...properties) as JsonObject;
	const required = [one['required'], other['required']].filter((list) => Array.isArray(list));
	if (required.length > 1) both['required'] = [...new Set(required.flat())];
	return both;
}

const slugLike = (text: string): string =>
	text
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 40)
		.replace(/-+$/, '');
const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
const numberOf = (value: JsonValue | undefined): number | null =>
	typeof value === 'number' ? value : null;
const countOf = (value: JsonValue | undefined, otherwise: number): number =>
	typeof value === 'number' ? value : otherwise;
