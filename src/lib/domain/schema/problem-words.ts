import type { OutputUnit } from '@cfworker/json-schema';
import { isJsonObject, type JsonValue } from '../json';
import { pointerParts } from './pointer';
import { MAX_CHECKED_CHARS } from './prepare';

/** One error of the validator as a sentence about the value at `at`. */
export function problemMessage(error: OutputUnit, at: string, value: JsonValue): string {
	const numbers = error.error.match(/-?\d[\d.e+-]*(?<![.])/g) ?? [];
	const last = numbers.at(-1) ?? '';
	switch (error.keyword) {
		case 'type':
			return typeMessage(expectedTypes(error), at, value);
		case 'required':
			return `lacks the field ${quotedIn(error.error)}`;
		case 'const':
			return `must be ${error.error.slice('Instance does not match '.length, -1)}`;
		case 'enum':
			return `must be one of ${error.error.slice('Instance does not match any of ['.length, -2)}`;
		case 'format':
			return formatMessage(/"([^]*)"/.exec(error.error)?.[1] ?? '', valueAt(value, at));
		case 'minLength':
			return `must have at least ${last} characters`;
		case 'maxLength':
			return `must have at most ${last} characters`;
		case 'minimum':
			return `must be ${last} or more`;
		case 'maximum':
			return `must be ${last} or less`;
		case 'exclusiveMinimum':
			return `must be more than ${last}`;
		case 'exclusiveMaximum':
			return `must be less than ${last}`;
		case 'multipleOf':
			return `must be a multiple of ${last}`;
		case 'minItems':
			return `must have at least ${last} items`;
		case 'maxItems':
			return `must have at most ${last} items`;
		case 'uniqueItems':
			return 'has the same item twice';
		case 'contains':
			return 'has none of the items it must have';
		case 'minProperties':
			return `must have at least ${last} fields`;
		case 'maxProperties':
			return `must have at most ${last} fields`;
		case 'propertyNames':
			return `has a field with a name that is not allowed: ${quotedIn(error.error)}`;
		case 'dependentRequired':
			return `has ${quotedIn(error.error)}, which is not complete without another field: ${quotedIn(error.error.split(' but ')[1] ?? '')}`;
		case 'not':
			return 'has a form that is not allowed';
		default:
			return error.error;
	}
}

function formatMessage(name: string, value: JsonValue | undefined): string {
	const [kind, ...rest] = name.split(' ');
	const what = rest.join(' ');
	if (typeof value === 'string' && value.length > MAX_CHECKED_CHARS)
		return `is longer than ${MAX_CHECKED_CHARS} characters, too long to be checked`;
	if (kind === 'pattern') return `does not match the pattern ${what}`;
	const example = formatExamples[what];
	return `is not a valid ${what}${example ? `, like ${example}` : ''}`;
}

export const formatExamples: Readonly<Record<string, string>> = {
	date: '2026-01-31',
	time: '13:45:00Z',
	'date-time': '2026-01-31T13:45:00Z',
	duration: 'P3DT4H',
	email: 'name@example.com',
	hostname: 'example.com',
	ipv4: '192.0.2.1',
	ipv6: '2001:db8::1',
	uri: 'https://example.com/page',
	url: 'https://example.com/page',
	'uri-reference': '/page',
	'uri-template': 'https://example.com/{id}',
	uuid: '123e4567-e89b-42d3-a456-426614174000',
	'json-pointer': '/field/0',
	regex: '^[a-z]+$',
};

const typeWords: Readonly<Record<string, string>> = {
	string: 'a string',
	number: 'a number',
	integer: 'a whole number',
	boolean: 'true or false',
	object: 'an object',
	array: 'a list',
	null: 'null',
};

export function typeMessage(types: string[], at: string, value: JsonValue): string {
	const words = [...new Set(types)].map((type) => typeWords[type] ?? type);
	const is = typeOf(valueAt(value, at));
	return `must be ${words.join(' or ')}${is ? `, but is ${is}` : ''}`;
}

function typeOf(value: JsonValue | undefined): string | undefined {
	if (value === undefined) return undefined;
	if (value === null) return 'null';
	if (Array.isArray(value)) return typeWords.array;
	if (typeof value === 'boolean') return String(value);
	return typeWords[typeof value];
}

export function expectedTypes(error: OutputUnit): string[] {
	const expected = error.error.split('Expected ')[1] ?? '';
	return [...expected.matchAll(/"(\w+)"/g)].map((found) => found[1] ?? '');
}

function quotedIn(text: string): string {
	return /"[^]*?"/.exec(text)?.[0] ?? '';
}

function valueAt(value: JsonValue, pointer: string): JsonValue | undefined {
	let here: JsonValue | undefined = value;
	for (const part of pointerParts(pointer)) {
		if (Array.isArray(here)) here = here[Number(part)];
		else if (isJsonObject(here) && Object.hasOwn(here, part)) here = here[part];
		else return undefined;
	}
	return here;
}
