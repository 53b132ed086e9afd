import type { OutputUnit } from '@cfworker/json-schema';
import { isJsonObject, type JsonValue } from '../json';
import { pointerParts } from './pointer';
import { MAX_CHECKED_CHARS } from './prepare';
import type { SchemaProblem } from './schema-problems';

/** The validator's errors as sentences about the value, at most `max`, those that only lead to another one left out. */
export function inWords(
	errors: readonly OutputUnit[],
	value: JsonValue,
	max: number,
): SchemaProblem[] {
	const problems = new Map<string, SchemaProblem>();
	for (const problem of leaves(errors, value)) {
		problems.set(`${problem.at}\n${problem.message}`, problem);
		if (problems.size >= max) break;
	}
	return [...problems.values()];
}

/** Say only that something inside is wrong. */
const wrappers = new Set([
	'$ref',
	'allOf',
	'if',
	'properties',
	'patternProperties',
	'additionalProperties',
	'unevaluatedProperties',
	'items',
	'prefixItems',
	'additionalItems',
	'unevaluatedItems',
	'dependentSchemas',
]);

function* leaves(errors: readonly OutputUnit[], value: JsonValue): Generator<SchemaProblem> {
	for (let i = 0; i < errors.length; i++) {
		const error = errors[i];
		if (!error) continue;
		if (error.keyword === 'anyOf' || error.keyword === 'oneOf') {
			const inside = within(errors, i);
			yield* choice(error, inside, value);
			i += inside.length;
		} else if (error.keyword === 'contains' || error.keyword === 'propertyNames') {
			yield sentence(error, value);
			i += within(errors, i).length;
		} else if (error.keyword === 'false') {
			yield { at: pointerOf(error), message: notAllowed(errors[i - 1]) };
		} else if (!wrappers.has(error.keyword)) yield sentence(error, value);
	}
}

/** The errors after `index` that belong to it. The validator gives `false` schemas a location of another kind. */
function within(errors: readonly OutputUnit[], index: number): OutputUnit[] {
	const location = errors[index]?.keywordLocation ?? '';
	let end = index + 1;
	for (let error = errors[end]; error; error = errors[++end]) {
		const inside =
			error.keywordLocation === location || error.keywordLocation.startsWith(`${location}/`);
		if (!inside && error.keyword !== 'false') break;
	}
	return errors.slice(index + 1, end);
}

/** A value that fits none of several forms: what the nearest form misses, or the types that would do. */
function choice(error: OutputUnit, inside: OutputUnit[], value: JsonValue): SchemaProblem[] {
	const at = pointerOf(error);
	const fitting = /\((\d+) matches\)/.exec(error.error)?.[1];
	if (fitting !== undefined && fitting !== '0')
		return [{ at, message: `fits ${fitting} of the forms, but must fit exactly one` }];
	const branches = branchesOf(error, inside);
	const own = (unit: OutputUnit) =>
		unit.keyword === 'type' && unit.instanceLocation === error.instanceLocation;
	const others = branches.filter((branch) => !branch.some(own));
	if (others.length === 0) {
		const types = branches.flatMap((branch) => branch.filter(own).flatMap(expectedTypes));
		return [{ at, message: typeMessage(types, at, value) }];
	}
	const nearest = others
		.map((branch) => [...leaves(branch, value)])
		.reduce((best, next) => (next.length < best.length ? next : best));
	return others.length === 1
		? nearest
		: [{ at, message: `fits none of the ${branches.length} forms it may have` }, ...nearest];
}

function branchesOf(error: OutputUnit, inside: OutputUnit[]): OutputUnit[][] {
	const branches = new Map<string, OutputUnit[]>();
	let current: OutputUnit[] = [];
	for (const unit of inside) {
		const index = unit.keywordLocation.startsWith(`${error.keywordLocation}/`)
			? unit.keywordLocation.slice(error.keywordLocation.length + 1).split('/')[0]
			: undefined;
		if (index !== undefined) {
			current = branches.get(index) ?? [];
			branches.set(index, current);
		}
		current.push(unit);
	}
	return [...branches.values()];
}

function notAllowed(parent: OutputUnit | undefined): string {
	const isField =
		parent?.keyword === 'additionalProperties' || parent?.keyword === 'unevaluatedProperties';
	return isField ? 'is not a field of this object' : 'is not allowed here';
}

function sentence(error: OutputUnit, value: JsonValue): SchemaProblem {
	const at = pointerOf(error);
	return { at, message: message(error, at, value) };
}

function message(error: OutputUnit, at: string, value: JsonValue): string {
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

function typeMessage(types: string[], at: string, value: JsonValue): string {
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

function expectedTypes(error: OutputUnit): string[] {
	const expected = error.error.split('Expected ')[1] ?? '';
	return [...expected.matchAll(/"(\w+)"/g)].map((found) => found[1] ?? '');
}

function quotedIn(text: string): string {
	return /"[^]*?"/.exec(text)?.[0] ?? '';
}

/** The validator's location is a URI fragment. */
function pointerOf(error: OutputUnit): string {
	const fragment = error.instanceLocation.replace(/^#/, '');
	try {
		return decodeURIComponent(fragment);
	} catch {
		return fragment;
	}
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
