import {
	isMap,
	isScalar,
	LineCounter,
	parseAllDocuments,
	type Document,
	type YAMLError,
} from 'yaml';
import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import { measure } from '../schema/measure';
import type { AgentDraft } from './agent-format';
import { agentProblems } from './agent-problems';
import { readFields } from './agent-yaml-fields';
import { fromSciorex, isSciorex } from './sciorex-agent';
import type { SciorexNotes } from './sciorex-notes';

export interface YamlProblem {
	message: string;
	/** From 1. */
	line: number;
}

export interface ImportedAgent {
	agent: AgentDraft;
	/** Name of the connection it was made with, on the device it was made on. */
	connection: string | null;
	line: number;
	/** Of one that was defined in Sciorex: what became of its fields. */
	sciorex?: SciorexNotes;
}

export interface ReadAgents {
	/** The sound ones; a document with a problem gives none. */
	agents: ImportedAgent[];
	problems: YamlProblem[];
	/** What the file says and this build has no use for. */
	ignored: YamlProblem[];
}

const MAX_CHARS = 2_000_000;
const MAX_AGENTS = 200;
const MAX_DEPTH = 60;
const MAX_NODES = 50_000;

/** Reads agents from YAML. Total: whatever the text, it comes back as agents, problems, or both. */
export function agentsFromYaml(text: string): ReadAgents {
	const read: ReadAgents = { agents: [], problems: [], ignored: [] };
	const refuse = (message: string, line = 1) => {
		read.problems.push({ message, line });
		return read;
	};
	if (text.trim() === '') return refuse('The file is empty.');
	if (text.length > MAX_CHARS) return refuse('The file is too large. Agents are small.');
	if (tooDeep(text)) return refuse('The file is nested too deeply.');
	const lines = new LineCounter();
	const documents = parsedDocuments(text, lines);
	if (documents === null) return refuse('The file is nested too deeply.');
	if (!Array.isArray(documents)) return refuse('The file holds no agent.');
	if (documents.length > MAX_AGENTS)
		return refuse(`The file holds ${documents.length} agents. ${MAX_AGENTS} can be read at once.`);
	for (const document of documents) readDocument(document, lines, read, text);
	if (read.agents.length === 0 && read.problems.length === 0) refuse('The file holds no agent.');
	return read;
}

function parsedDocuments(text: string, lines: LineCounter) {
	try {
		return parseAllDocuments(text, {
			lineCounter: lines,
			prettyErrors: false,
			stringKeys: true,
			logLevel: 'error',
		});
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
}

/**
 * Whether brackets or dashes nest beyond reason, so that the parser's recursion is safe. A bracket inside a text
 * counts as well, which makes this a little too strict for absurd texts and never too lax.
 */
function tooDeep(text: string): boolean {
	if (/^[ \t]*(?:[-?:][ \t]+){60}/m.test(text)) return true;
	let deepest = 0;
	let depth = 0;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === 91 || code === 123) deepest = Math.max(deepest, ++depth);
		else if ((code === 93 || code === 125) && depth > 0) depth--;
	}
	return deepest > 500;
}

function readDocument(
	document: Document.Parsed,
	lines: LineCounter,
	read: ReadAgents,
	text: string,
): void {
	const lineAt = (offset: number | undefined) => Math.max(1, lines.linePos(offset ?? 0).line);
	const line = lineAt(document.contents?.range[0] ?? document.range[0]);
	if (document.errors.length > 0) {
		const error = document.errors[0];
		if (error) read.problems.push({ message: sentence(error), line: lineAt(error.pos[0]) });
		return;
	}
	if (document.contents === null) return;
	const fields = plainFields(document);
	if (typeof fields === 'string') {
		read.problems.push({ message: fields, line });
		return;
	}
	const lineOf = (key: string) => lineAt(offsetOf(document, key)) || line;
	if (isSciorex(fields)) {
		const [from, , to] = document.range;
		const own = text
			.slice(from, to)
			.replace(/^\s*---[ \t]*\n/, '')
			.trim();
		return readSciorex(fields, own, line, lineOf, read);
	}
	const { draft, connection, problems, ignored } = readFields(fields);
	read.ignored.push(...ignored.map(({ field, message }) => ({ message, line: lineOf(field) })));
	const found = problems.length > 0 ? problems : soundness(draft);
	read.problems.push(...found.map(({ field, message }) => ({ message, line: lineOf(field) })));
	if (found.length === 0) read.agents.push({ agent: draft, connection, line });
}

function readSciorex(
	fields: JsonObject,
	text: string,
	line: number,
	lineOf: (key: string) => number,
	read: ReadAgents,
): void {
	const { draft, notes } = fromSciorex(fields, text);
	const problems = soundness(draft);
	read.problems.push(...problems.map(({ field, message }) => ({ message, line: lineOf(field) })));
	if (problems.length === 0)
		read.agents.push({ agent: draft, connection: null, line, sciorex: notes });
}

function soundness(draft: AgentDraft): { field: string; message: string }[] {
	const problems = agentProblems({ ...draft, connectionId: null });
	return Object.entries(problems).map(([field, message]) => ({
		field,
		message: `${field}: ${message}.`,
	}));
}

/** The document as plain values, or why it cannot be had. */
function plainFields(document: Document.Parsed): JsonObject | string {
	if (!isMap(document.contents))
		return 'An agent is written as fields: name, systemPrompt and so on.';
	let value: unknown;
	try {
		value = document.toJS({ maxAliasCount: 50 });
	} catch {
		return 'The file uses aliases that lead nowhere, or far too often.';
	}
	// Aliases make one object stand in several places; as JSON each place has its own.
	const size = measure(value as JsonValue, MAX_NODES);
	if (size.nodes > MAX_NODES || size.depth > MAX_DEPTH)
		return 'The agent is too large or too deeply nested.';
	const plain = asJson(value);
	return isJsonObject(plain) ? plain : 'The agent holds values that are not JSON.';
}

/** A copy of a value with JSON values only; undefined where it holds others (infinite numbers, dates, bytes). */
function asJson(value: unknown): JsonValue | undefined {
	if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	if (Array.isArray(value)) {
		const items = value.map(asJson);
		return items.includes(undefined) ? undefined : (items as JsonValue[]);
	}
	const isPlain = typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
	if (!isPlain) return undefined;
	const entries = Object.entries(value as object).map(
		([key, inner]) => [key, asJson(inner)] as const,
	);
	if (entries.some(([, inner]) => inner === undefined)) return undefined;
	return Object.fromEntries(entries) as JsonObject;
}

function offsetOf(document: Document.Parsed, key: string): number | undefined {
	if (!isMap(document.contents)) return undefined;
	const pair = document.contents.items.find((item) => isScalar(item.key) && item.key.value === key);
	return isScalar(pair?.key) ? pair.key.range?.[0] : document.contents.range?.[0];
}

/** The parser's words, without the position it adds. */
function sentence(error: YAMLError): string {
	const message = error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? '';
	return `This is not valid YAML: ${message.slice(0, 200)}${/[.!?]$/.test(message) ? '' : '.'}`;
}
