import type { OutputUnit } from '@cfworker/json-schema';
import type { JsonValue } from '../json';
import { expectedTypes, problemMessage, typeMessage } from './problem-words';
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
	return { at, message: problemMessage(error, at, value) };
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
