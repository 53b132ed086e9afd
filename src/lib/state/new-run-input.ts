import type { JsonSchema, JsonValue } from '../domain/json';
import { formValue, type FormField } from '../domain/schema/form-fields';
import { pointerParts } from '../domain/schema/pointer';
import { readJson } from '../domain/schema/read-json';
import { validate } from '../domain/schema/validate';

/** What stands in the fields of a form, by name: text as typed, the position of a choice, a tick. */
export type Filled = Readonly<Record<string, string | boolean>>;

export interface InputReading {
	/** The value the form stands for; null while a field cannot be read. */
	value: JsonValue | null;
	/** What is wrong with a field, by name; '' for the form as a whole. */
	problems: ReadonlyMap<string, string>;
}

/** What a field shows: what was filled in, or else the schema's default. */
export function shownIn(field: FormField, filled: Filled): string | boolean {
	const { name, initial } = field;
	// A name may be one that every object has: constructor.
	const given = Object.hasOwn(filled, name) ? filled[name] : undefined;
	return given ?? unread(field, initial);
}

/** Reads a filled form and checks it against its schema. Messages are whole sentences. */
export function readInput(
	schema: JsonSchema,
	fields: readonly FormField[],
	filled: Filled,
): InputReading {
	const problems = new Map<string, string>();
	const values = Object.create(null) as Record<string, JsonValue | undefined>;
	for (const field of fields) {
		const read = readField(field, shownIn(field, filled));
		if (typeof read === 'object' && 'problem' in read) problems.set(field.name, read.problem);
		else values[field.name] = read.value;
	}
	if (problems.size > 0) return { value: null, problems };
	const value = formValue(fields, values);
	for (const field of fields)
		if (field.required && values[field.name] === undefined)
			problems.set(field.name, 'Fill this in.');
	for (const { at, message } of validate(schema, value)) {
		const name = pointerParts(at)[0] ?? '';
		const field = fields.find((one) => one.name === name);
		const missing = fields.some(
			(one) => problems.has(one.name) && message === `lacks the field "${one.name}"`,
		);
		if (missing || problems.has(field?.name ?? '')) continue;
		const subject = field && field.name !== '' ? field.label : 'The input';
		problems.set(field?.name ?? '', `${subject} ${message}.`);
	}
	return { value, problems };
}

type Read = { value: JsonValue | undefined } | { problem: string };

function readField(field: FormField, raw: string | boolean): Read {
	if (field.kind === 'boolean') return { value: raw === true };
	const text = String(raw);
	switch (field.kind) {
		case 'text':
		case 'long-text':
			return { value: text === '' ? undefined : text };
		case 'choice':
			return { value: text === '' ? undefined : field.options[Number(text)]?.value };
		case 'number':
		case 'integer':
			return readNumber(field, text.trim());
		case 'texts': {
			const lines = text.split('\n').filter((line) => line.trim() !== '');
			return { value: lines.length > 0 || field.required ? lines : undefined };
		}
		case 'json': {
			if (text.trim() === '') return { value: undefined };
			const read = readJson(text);
			return read.ok
				? { value: read.value }
				: { problem: `${field.label} cannot be read as JSON. ${read.message}` };
		}
	}
}

function readNumber({ label }: FormField, text: string): Read {
	if (text === '') return { value: undefined };
	const value = Number(text);
	return Number.isFinite(value) ? { value } : { problem: `${label} must be a number.` };
}

/** A value as its field shows it. */
function unread(field: FormField, value: JsonValue | undefined): string | boolean {
	if (field.kind === 'boolean') return value === true;
	if (value === undefined) return '';
	switch (field.kind) {
		case 'choice': {
			const text = JSON.stringify(value);
			const at = field.options.findIndex((option) => JSON.stringify(option.value) === text);
			return at < 0 ? '' : String(at);
		}
		case 'texts':
			return Array.isArray(value) ? value.join('\n') : '';
		case 'json':
			return JSON.stringify(value, null, 2);
		default:
			return typeof value === 'string' ? value : JSON.stringify(value);
	}
}
