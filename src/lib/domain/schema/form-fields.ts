import { isJsonObject, type JsonObject, type JsonSchema, type JsonValue } from '../json';
import { everySchema } from './keywords';
import { flatForms } from './flatten';

export type FieldKind =
	'text' | 'long-text' | 'number' | 'integer' | 'boolean' | 'choice' | 'texts' | 'json';

/** One field of a form made from a schema. */
export interface FormField {
	/** Name of the property; '' when the whole value is one field. */
	name: string;
	label: string;
	hint: string;
	kind: FieldKind;
	required: boolean;
	/** For `choice`. */
	options: { value: JsonValue; label: string }[];
	/** The schema's default. */
	initial: JsonValue | undefined;
	/** E.g. `date`, `email`, `uri`: for the keyboard and the picker. */
	format: string | null;
}

export interface TextInput {
	type: 'text' | 'number' | 'date' | 'email' | 'url';
	/** How a value looks, where the browser does not show it by itself. */
	placeholder?: string;
}

/** The input that fits a field of one line. */
export function inputOf({ kind, format }: Pick<FormField, 'kind' | 'format'>): TextInput {
	if (kind === 'number' || kind === 'integer') return { type: 'number' };
	switch (format) {
		case 'date':
			return { type: 'date' };
		case 'time':
			return { type: 'text', placeholder: '14:30:00Z' };
		case 'date-time':
			return { type: 'text', placeholder: '2026-01-31T14:30:00Z' };
		case 'email':
			return { type: 'email', placeholder: 'name@example.com' };
		case 'uri':
			return { type: 'url', placeholder: 'https://example.com' };
		default:
			return { type: 'text' };
	}
}

/** Texts that may be longer than this get a field of several lines. */
const ONE_LINE_CHARS = 200;

/** A flat form for a schema: simple properties get a field of their kind, everything else a field for JSON. */
export function formFields(schema: JsonSchema): FormField[] {
	const schemas = everySchema(schema);
	const [root, ...others] = flatForms(schema, schemas);
	if (!root || others.length > 0 || !isJsonObject(root.properties) || !isType(root, 'object'))
		return [fieldOf('', root ?? {}, 'json', true)];
	const required = new Set(Array.isArray(root.required) ? root.required : []);
	return Object.entries(root.properties).map(([name, property]) => {
		const forms = isJsonObject(property) ? flatForms(property, schemas) : [{}];
		const form = isJsonObject(property) ? simplest(property, forms) : {};
		return fieldOf(name, form, kindOf(form), required.has(name));
	});
}

/** The value a filled form stands for; fields that are undefined are left out. Texts count as they are. */
export function formValue(
	fields: readonly FormField[],
	filled: Readonly<Record<string, JsonValue | undefined>>,
): JsonValue {
	const [only] = fields;
	if (fields.length === 1 && only?.name === '') return filled[''] ?? null;
	const entries = fields.flatMap(({ name }): [string, JsonValue][] => {
		const value = Object.hasOwn(filled, name) ? filled[name] : undefined;
		return value === undefined ? [] : [[name, value]];
	});
	return Object.fromEntries(entries);
}

/** A property that is one simple thing or null is that thing; one of several constants is a choice. */
function simplest(property: JsonObject, forms: JsonObject[]): JsonObject {
	const real = forms.filter((form) => form.type !== 'null');
	const [first] = real;
	if (first && real.length === 1) return first;
	if (real.length > 1 && real.every((form) => form.const !== undefined))
		return { ...property, enum: real.map((form) => form.const ?? null), forms: real };
	return { title: property.title ?? '', description: property.description ?? '' };
}

function kindOf(form: JsonObject): FieldKind {
	if (Array.isArray(form.enum)) return 'choice';
	if (isType(form, 'boolean')) return 'boolean';
	if (isType(form, 'integer')) return 'integer';
	if (isType(form, 'number')) return 'number';
	if (isType(form, 'string')) return isLong(form) ? 'long-text' : 'text';
	const { items } = form;
	const plainItems = isJsonObject(items) && isType(items, 'string') && !Array.isArray(items.enum);
	return isType(form, 'array') && plainItems && form.prefixItems === undefined ? 'texts' : 'json';
}

function isType(form: JsonObject, type: string): boolean {
	const types = Array.isArray(form.type) ? form.type.filter((one) => one !== 'null') : [form.type];
	return types.length === 1 && types[0] === type;
}

function isLong(form: JsonObject): boolean {
	if (form.format === 'multiline' || form.format === 'textarea' || form.format === 'markdown')
		return true;
	if (typeof form.contentMediaType === 'string') return true;
	return typeof form.maxLength === 'number' && form.maxLength > ONE_LINE_CHARS;
}

function fieldOf(name: string, form: JsonObject, kind: FieldKind, required: boolean): FormField {
	return {
		name,
		label: typeof form.title === 'string' && form.title ? form.title : labelOf(name),
		hint: typeof form.description === 'string' ? form.description : '',
		kind,
		required,
		options: kind === 'choice' ? optionsOf(form) : [],
		initial: form.default,
		format: typeof form.format === 'string' ? form.format : null,
	};
}

function optionsOf(form: JsonObject): FormField['options'] {
	const forms = Array.isArray(form.forms) ? form.forms : [];
	return (Array.isArray(form.enum) ? form.enum : []).map((value, i) => {
		const own = forms[i];
		const title = isJsonObject(own) && typeof own.title === 'string' ? own.title : null;
		return { value, label: title ?? (typeof value === 'string' ? value : JSON.stringify(value)) };
	});
}

/** stepsToReproduce and steps_to_reproduce read as "Steps to reproduce". */
function labelOf(name: string): string {
	const words = name
		.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
		.replace(/[_-]+/g, ' ')
		.trim()
		.toLowerCase();
	return words === '' ? 'Input' : words[0]?.toUpperCase() + words.slice(1);
}
