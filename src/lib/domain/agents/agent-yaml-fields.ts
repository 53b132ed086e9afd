import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import { permissionModes, type PermissionMode, type ToolPolicy } from '../rules/permission';
import type { Budget } from '../settings';
import { toolNamed } from '../tools/catalogue';
import { plainTitle } from '../views/title';
import { AGENT_FORMAT, type AgentDraft } from './agent-format';
import { newAgent } from './new-agent';

interface Note {
	field: string;
	message: string;
}

export interface ReadFields {
	draft: AgentDraft;
	connection: string | null;
	problems: Note[];
	ignored: Note[];
}

const knownFields = new Set([
	'muster',
	'name',
	'icon',
	'description',
	'systemPrompt',
	'connection',
	'model',
	'effort',
	'thinking',
	'tools',
	'permissionMode',
	'inputSchema',
	'outputSchema',
	'maxTurns',
	'budget',
	'labels',
	'imported',
]);

/** The agent one document describes: what it leaves out is as in a new agent, what is of the wrong kind is a problem. */
export function readFields(fields: JsonObject): ReadFields {
	const blank = newAgent('', 0);
	const reader = new FieldReader(fields);
	const version = versionProblem(fields.muster);
	if (version) reader.problems.push({ field: 'muster', message: version });
	for (const field of Object.keys(fields))
		if (!knownFields.has(field))
			reader.ignored.push({
				field,
				message: `"${field}" is not a field of an agent. It was left out.`,
			});
	const draft: AgentDraft = {
		name: plainTitle(reader.text('name', '')),
		icon: reader.text('icon', blank.icon),
		description: reader.text('description', ''),
		systemPrompt: reader.text('systemPrompt', ''),
		model: reader.textOrNull('model'),
		effort: reader.textOrNull('effort'),
		thinking: reader.flag('thinking', blank.thinking),
		tools: reader.tools(blank.tools),
		permissionMode: reader.mode(blank.permissionMode),
		inputSchema: reader.object('inputSchema'),
		outputSchema: reader.object('outputSchema'),
		maxTurns: reader.number('maxTurns', blank.maxTurns),
		budget: reader.budget(),
		labels: reader.texts('labels'),
		...reader.imported(),
	};
	const connection = reader.textOrNull('connection');
	return { draft, connection, problems: reader.problems, ignored: reader.ignored };
}

function versionProblem(value: JsonValue | undefined): string | null {
	if (value === AGENT_FORMAT) return null;
	if (value === undefined)
		return `This is no agent of Muster: the line "muster: ${AGENT_FORMAT}" is missing.`;
	if (typeof value === 'string' && /^agent\/\d+$/.test(value))
		return `This agent was written by a newer version (${value}). Update Muster to read it.`;
	return `This is no agent of Muster: "muster" must be ${AGENT_FORMAT}.`;
}

class FieldReader {
	readonly problems: Note[] = [];
	readonly ignored: Note[] = [];
	readonly #fields: JsonObject;

	constructor(fields: JsonObject) {
		this.#fields = fields;
	}

	text(field: string, absent: string): string {
		return this.#read(field, absent, 'text', (value) =>
			typeof value === 'string' ? value : undefined,
		);
	}

	textOrNull(field: string): string | null {
		return this.#read<string | null>(field, null, 'text', (value) =>
			typeof value === 'string' && value !== '' ? value : undefined,
		);
	}

	flag(field: string, absent: boolean): boolean {
		return this.#read(field, absent, 'true or false', (value) =>
			typeof value === 'boolean' ? value : undefined,
		);
	}

	number(field: string, absent: number): number {
		return this.#read(field, absent, 'a number', (value) =>
			typeof value === 'number' ? value : undefined,
		);
	}

	object(field: string): JsonObject | null {
		return this.#read<JsonObject | null>(
			field,
			null,
			'a JSON Schema, written as fields',
			(value) => (isJsonObject(value) ? value : undefined),
		);
	}

	texts(field: string): string[] {
		return this.#read<string[]>(field, [], 'a list of texts', (value) => {
			if (!Array.isArray(value)) return undefined;
			const texts = value.filter((item) => typeof item === 'string');
			return texts.length === value.length ? texts : undefined;
		});
	}

	imported(): Pick<AgentDraft, 'imported'> {
		const given = this.#read<AgentDraft['imported'] | null>(
			'imported',
			null,
			'where it is from, and the text it was there',
			(value) =>
				isJsonObject(value) && value.from === 'sciorex' && typeof value.text === 'string'
					? { from: value.from, text: value.text }
					: undefined,
		);
		return given ? { imported: given } : {};
	}

	mode(absent: PermissionMode): PermissionMode {
		const modes = permissionModes.map(({ mode }) => mode);
		return this.#read('permissionMode', absent, `one of ${modes.join(', ')}`, (value) =>
			modes.find((mode) => mode === value),
		);
	}

	tools(absent: Record<string, ToolPolicy>): Record<string, ToolPolicy> {
		const given = this.#read<JsonObject | null>(
			'tools',
			null,
			'tools with allow, ask or deny',
			(value) => (isJsonObject(value) ? value : undefined),
		);
		if (given === null) return absent;
		const tools = new Map<string, ToolPolicy>();
		for (const [name, policy] of Object.entries(given)) {
			if (!toolNamed(name))
				this.ignored.push({
					field: 'tools',
					message: `There is no tool called "${name}". It was left out.`,
				});
			else if (policy === 'allow' || policy === 'ask' || policy === 'deny') tools.set(name, policy);
			else
				this.problems.push({
					field: 'tools',
					message: `${name} must be set to allow, ask or deny.`,
				});
		}
		return Object.fromEntries(tools);
	}

	budget(): Budget | null {
		const given = this.object('budget');
		if (given === null) return null;
		const budget: Budget = {};
		for (const [unit, value] of Object.entries(given)) {
			if (unit !== 'tokens' && unit !== 'usd')
				this.ignored.push({
					field: 'budget',
					message: `A budget has no "${unit}". It was left out.`,
				});
			else if (typeof value === 'number') budget[unit] = value;
			else
				this.problems.push({ field: 'budget', message: `The budget's ${unit} must be a number.` });
		}
		return budget;
	}

	/** Absent and null are the same: the default. */
	#read<T>(field: string, absent: T, what: string, take: (value: JsonValue) => T | undefined): T {
		const value = Object.hasOwn(this.#fields, field) ? this.#fields[field] : undefined;
		if (value === undefined || value === null) return absent;
		const taken = take(value);
		if (taken !== undefined) return taken;
		this.problems.push({ field, message: `"${field}" must be ${what}.` });
		return absent;
	}
}
