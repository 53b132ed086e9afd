/** What the value of a keyword must look like, as a sentence when it doesn't. Unknown keywords are left alone. */
import { isJsonObject, type JsonValue } from '../json';
import { parseRegex, RegexProblem, type RegexNode } from '../regex/parse';
import { linearRegex } from '../regex/linear-regex';

type Rule = (value: JsonValue) => string | null;

export const typeNames = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];

const must =
	(what: string, holds: (value: JsonValue) => boolean): Rule =>
	(value) =>
		holds(value) ? null : `must be ${what}`;

const text = must('a string', (value) => typeof value === 'string');
const flag = must('true or false', (value) => typeof value === 'boolean');
const number = must('a number', (value) => typeof value === 'number');
const count = must('a whole number, 0 or more', (v) => Number.isInteger(v) && Number(v) >= 0);
const names = must('a list of field names', isTextList);
const schema = must('a schema: an object, true or false', isSchema);
const schemas = must(
	'a list of schemas, not empty',
	(value) => Array.isArray(value) && value.length > 0 && value.every(isSchema),
);
const byName = must(
	'an object of schemas by name',
	(value) => isJsonObject(value) && Object.values(value).every(isSchema),
);

export const keywordRules: Readonly<Record<string, Rule>> = {
	$id: text,
	$schema: text,
	$anchor: text,
	$comment: text,
	title: text,
	description: text,
	$ref: text,
	$dynamicRef: () => 'is not supported here. Use $ref',
	$recursiveRef: () => 'is not supported here. Use $ref',
	dependencies: () => 'is not supported here. Use dependentRequired or dependentSchemas',
	$defs: byName,
	definitions: byName,
	type: must(
		`one of ${typeNames.join(', ')}, or a list of these`,
		(value) =>
			isTypeName(value) || (Array.isArray(value) && value.length > 0 && value.every(isTypeName)),
	),
	enum: must('a list of values, not empty', (value) => Array.isArray(value) && value.length > 0),
	const: () => null,
	required: names,
	properties: byName,
	patternProperties: (value) =>
		byName(value) ??
		Object.keys(isJsonObject(value) ? value : {})
			.map(namePatternProblem)
			.find((problem) => problem !== null) ??
		null,
	additionalProperties: schema,
	unevaluatedProperties: schema,
	propertyNames: schema,
	dependentRequired: must(
		'an object of lists of field names',
		(value) => isJsonObject(value) && Object.values(value).every(isTextList),
	),
	dependentSchemas: byName,
	minProperties: count,
	maxProperties: count,
	items: must('a schema: an object, true or false', (value) =>
		Array.isArray(value) ? value.every(isSchema) : isSchema(value),
	),
	additionalItems: schema,
	unevaluatedItems: schema,
	prefixItems: schemas,
	contains: schema,
	minContains: count,
	maxContains: count,
	minItems: count,
	maxItems: count,
	uniqueItems: flag,
	minimum: number,
	maximum: number,
	exclusiveMinimum: number,
	exclusiveMaximum: number,
	multipleOf: must('a number above 0', (value) => typeof value === 'number' && value > 0),
	minLength: count,
	maxLength: count,
	pattern: (value) => (typeof value === 'string' ? patternProblem(value) : 'must be a string'),
	format: text,
	allOf: schemas,
	anyOf: schemas,
	oneOf: schemas,
	not: schema,
	if: schema,
	then: schema,
	else: schema,
};

function isSchema(value: JsonValue): boolean {
	return typeof value === 'boolean' || isJsonObject(value);
}

function isTypeName(value: JsonValue): boolean {
	return typeof value === 'string' && typeNames.includes(value);
}

function isTextList(value: JsonValue): boolean {
	return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function patternProblem(source: string): string | null {
	const compiled = linearRegex(source);
	return compiled.ok ? null : `cannot be used as a pattern. ${compiled.problem}`;
}

/**
 * Patterns for field names run in the language's own engine, which may backtrack: only expressions whose worst case
 * is small (two open repeats at most, none inside a repeat) are taken. Names are short, see the limit of validate.
 */
function namePatternProblem(source: string): string | null {
	try {
		new RegExp(source, 'u');
		const tree = parseRegex(source, false);
		return openRepeats(tree, false) <= 2
			? null
			: `has the pattern ${source}, which repeats too much to be checked quickly`;
	} catch (error) {
		const why = error instanceof RegexProblem ? error.message : 'It is not valid.';
		return `has the pattern ${source}, which cannot be used. ${why.replace(/\.$/, '')}`;
	}
}

/** Repeats without end or with a high one; infinite where one stands inside another. */
function openRepeats(node: RegexNode, inside: boolean): number {
	switch (node.is) {
		case 'atom':
		case 'assert':
			return 0;
		case 'sequence':
			return node.parts.reduce((sum, part) => sum + openRepeats(part, inside), 0);
		case 'choice':
			return inside
				? Infinity
				: node.options.reduce((sum, option) => sum + openRepeats(option, inside), 0);
		case 'repeat': {
			const open = node.max === null || node.max > 4;
			if (!open && !inside) return openRepeats(node.node, false) * Math.max(1, node.max ?? 1);
			return inside ? Infinity : 1 + openRepeats(node.node, true);
		}
	}
}
