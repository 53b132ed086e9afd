/**
 * An agent or persona of Sciorex (`.sciorex/agents/*.yaml`) as one of Muster. What has no counterpart here is told, and
 * stays in the definition's own text, which the agent keeps. That it approved its own tools is never taken over by
 * itself: it is a choice of whoever imports it.
 */
import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import type { ToolPolicy } from '../rules/permission';
import { schemaProblems } from '../schema/schema-problems';
import { defaultPolicies } from '../tools/catalogue';
import { plainTitle } from '../views/title';
import type { AgentDraft } from './agent-format';
import { agentLimits } from './agent-problems';
import { newAgent } from './new-agent';
import type { SciorexApprovals, SciorexNotes } from './sciorex-notes';

/** Fields that only Sciorex has; any of them tells its files from others. */
const ownFields = [
	'id',
	'iconId',
	'provider',
	'adapter',
	'temperature',
	'maxTokens',
	'allowedTools',
	'mcpServers',
	'thinkingLevel',
	'effortLevel',
	'autoApprove',
	'autoApproveTools',
	'requiresHumanApproval',
	'labelIds',
] as const;

export function isSciorex(fields: JsonObject): boolean {
	if ('muster' in fields || typeof fields['name'] !== 'string') return false;
	return ownFields.some((field) => field in fields);
}

/** Tools that do the same here, by their names there. */
const toolNames: Readonly<Record<string, string>> = {
	Read: 'read_file',
	Write: 'write_file',
	Edit: 'edit_file',
	MultiEdit: 'edit_file',
	Glob: 'list_files',
	LS: 'list_files',
	Grep: 'search_files',
	TodoWrite: 'update_plan',
	AskUserQuestion: 'ask_user',
	sciorex_ask_user: 'ask_user',
	sciorex_list_tickets: 'list_tickets',
	sciorex_search_tickets: 'list_tickets',
	sciorex_get_ticket: 'get_ticket',
	sciorex_create_ticket: 'create_ticket',
	sciorex_update_ticket: 'update_ticket',
	sciorex_change_status: 'update_ticket',
	sciorex_add_comment: 'comment_ticket',
};
const serverTools: Readonly<Record<string, readonly string[]>> = {
	'sciorex-tickets': [
		'list_tickets',
		'get_ticket',
		'create_ticket',
		'update_ticket',
		'comment_ticket',
	],
	'sciorex-interactions': ['ask_user'],
};

/** Emoji that Sciorex's agents go by, as icons here. */
const icons: Readonly<Record<string, string>> = {
	'📚': 'book',
	'📖': 'book',
	'🔍': 'search',
	'🔎': 'search',
	'💻': 'code',
	'🐛': 'bug',
	'🧪': 'flask',
	'🔬': 'flask',
	'🔨': 'hammer',
	'🛠️': 'hammer',
	'✍️': 'write',
	'📝': 'write',
	'📄': 'doc',
	'📋': 'doc',
	'🏷️': 'tag',
	'📦': 'box',
	'⚖️': 'scales',
	'👥': 'people',
	'💬': 'chat',
	'🌐': 'globe',
	'📊': 'activity',
	'🧠': 'think',
	'🔒': 'shieldcheck',
	'🛡️': 'shieldcheck',
	'⚡': 'bolt',
	'🎫': 'ticket',
};

/** `text`: the definition as it was written. */
export function fromSciorex(
	fields: JsonObject,
	text: string,
): { draft: AgentDraft; notes: SciorexNotes } {
	return new Reading(fields).agent(text);
}

class Reading {
	#fields: JsonObject;
	#notes: SciorexNotes = { taken: [], changed: [], left: [], approvals: null };
	#seen = new Set<string>();

	constructor(fields: JsonObject) {
		this.#fields = fields;
	}

	agent(text: string): { draft: AgentDraft; notes: SciorexNotes } {
		const {
			v: _,
			id: __,
			connectionId: ___,
			createdAt: ____,
			updatedAt: _____,
			...blank
		} = newAgent('', 0);
		const name = this.#short('name', agentLimits.nameChars, plainTitle);
		const draft: AgentDraft = {
			...blank,
			name,
			icon: this.#icon(blank.icon),
			description: this.#short('description', agentLimits.descriptionChars, (all) => all.trim()),
			systemPrompt: this.#text('systemPrompt') ?? '',
			model: this.#text('model'),
			effort: this.#text('effortLevel'),
			thinking: this.#thinking(blank.thinking),
			tools: this.#tools(),
			inputSchema: this.#schema('inputSchema'),
			outputSchema: this.#schema('outputSchema'),
			labels: this.#labels(),
			imported: { from: 'sciorex', text },
		};
		this.#notes.approvals = this.#approvals(draft.tools);
		this.#notes.left.push(...Object.keys(this.#fields).filter((field) => !this.#seen.has(field)));
		return { draft, notes: this.#notes };
	}

	/** The value of a field that is of the right kind; one of another kind has no counterpart. */
	#take<T>(field: string, read: (value: JsonValue) => T | null): T | null {
		const value = this.#fields[field];
		if (value === undefined || value === null) {
			if (field in this.#fields) this.#seen.add(field);
			return null;
		}
		const taken = read(value);
		if (taken !== null) this.#seen.add(field);
		return taken;
	}

	#text(field: string): string | null {
		const text = this.#take(field, (value) => (typeof value === 'string' ? value : null));
		if (text !== null) this.#notes.taken.push(field);
		return text === '' ? null : text;
	}

	#short(field: string, most: number, plain: (text: string) => string): string {
		const all = plain(this.#text(field) ?? '');
		if (all.length <= most) return all;
		this.#notes.changed.push(`The ${field} is cut to ${most} characters.`);
		return `${all
			.slice(0, most - 1)
			.toWellFormed()
			.trimEnd()}…`;
	}

	#icon(absent: string): string {
		for (const field of ['iconId', 'icon']) {
			const name = this.#take(field, (value) => (typeof value === 'string' ? value.trim() : null));
			if (name === null || name === '') continue;
			const known = own(icons, name) ?? own(icons, `${name}\ufe0f`);
			if (known) {
				this.#notes.taken.push(field);
				return known;
			}
			this.#notes.changed.push('The icon is another one: it had one that is not here.');
		}
		return absent;
	}

	#thinking(absent: boolean): boolean {
		const level = this.#take('thinkingLevel', (value) =>
			typeof value === 'string' || value === false ? String(value) : null,
		);
		if (level === null) return absent;
		const off = level === 'off' || level === 'false' || level === 'none';
		if (off) this.#notes.taken.push('thinkingLevel');
		else
			this.#notes.changed.push(
				`Thinking is on: the level “${level.slice(0, 40)}” is the model’s to choose.`,
			);
		return !off;
	}

	#schema(field: 'inputSchema' | 'outputSchema'): JsonObject | null {
		const schema = this.#take(field, (value) => (isJsonObject(value) ? value : null));
		if (schema === null) return null;
		const [problem] = schemaProblems(schema);
		if (!problem) {
			this.#notes.taken.push(field);
			return schema;
		}
		this.#notes.changed.push(
			`The ${field} cannot be used here, and is left out: ${problem.message}`,
		);
		return null;
	}

	#tools(): Record<string, ToolPolicy> {
		const permissions = this.#take('allowedTools', (value) =>
			Array.isArray(value) ? value.flatMap(permissionOf) : null,
		);
		const servers = this.#texts('mcpServers') ?? [];
		const asks = this.#texts('requiresHumanApproval') ?? [];
		const tools = new Map<string, ToolPolicy>();
		const unknown: string[] = [];
		for (const server of servers) {
			const given = own(serverTools, server);
			if (!given) unknown.push(server);
			for (const tool of given ?? []) tools.set(tool, defaultPolicies[tool] ?? 'ask');
		}
		for (const { tool, allowed, constrained } of permissions ?? []) {
			const name = toolNamed(tool);
			if (name) tools.set(name, allowed ? (defaultPolicies[name] ?? 'ask') : 'deny');
			else if (allowed) unknown.push(tool);
			if (constrained)
				this.#notes.changed.push(`What ${tool.slice(0, 60)} was limited to has no counterpart.`);
		}
		if (permissions === null && servers.length === 0) return { ...defaultPolicies };
		for (const ask of asks) {
			const name = toolNamed(ask);
			if (name && tools.get(name) === 'allow') tools.set(name, 'ask');
		}
		if (permissions !== null) this.#notes.taken.push('allowedTools');
		if (unknown.length > 0) this.#notes.changed.push(`Not here, and left out: ${named(unknown)}.`);
		return Object.fromEntries(tools);
	}

	#approvals(tools: Readonly<Record<string, ToolPolicy>>): SciorexApprovals | null {
		const all = this.#take('autoApprove', (value) => (typeof value === 'boolean' ? value : null));
		const some = this.#texts('autoApproveTools') ?? [];
		const asks = known(this.#texts('requiresHumanApproval') ?? []);
		const approved = known(some).filter((tool) => tools[tool] === 'ask' && !asks.includes(tool));
		if (all !== true && approved.length === 0) return null;
		return { all: all === true, tools: approved, asks };
	}

	#labels(): string[] {
		const given = [...(this.#texts('labels') ?? []), ...(this.#texts('labelIds') ?? [])];
		const plain = given.map((label) => plainTitle(label)).filter(Boolean);
		const short = [...new Set(plain.map((label) => label.slice(0, agentLimits.labelChars).trim()))];
		if (short.length > agentLimits.labels)
			this.#notes.changed.push(
				`Of its ${short.length} labels the first ${agentLimits.labels} are taken.`,
			);
		if (short.length > 0) this.#notes.taken.push('labels');
		return short.slice(0, agentLimits.labels);
	}

	#texts(field: string): string[] | null {
		return this.#take(field, (value) =>
			Array.isArray(value) && value.every((item) => typeof item === 'string')
				? (value as string[])
				: null,
		);
	}
}

interface Permission {
	tool: string;
	allowed: boolean;
	constrained: boolean;
}

function permissionOf(value: JsonValue): Permission[] {
	if (typeof value === 'string') return [{ tool: value, allowed: true, constrained: false }];
	if (!isJsonObject(value) || typeof value['tool'] !== 'string') return [];
	const constraints = value['constraints'];
	return [
		{
			tool: value['tool'],
			allowed: value['allowed'] !== false,
			constrained: isJsonObject(constraints) && Object.keys(constraints).length > 0,
		},
	];
}

/** `Read`, `Read:*` and `mcp__sciorex-tickets__sciorex_get_ticket` are tools that go by their last name. */
/** Names come from a file: `constructor` is one that any record knows. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
	return Object.hasOwn(record, name) ? record[name] : undefined;
}

function toolNamed(name: string): string | undefined {
	const plain =
		name
			.split('__')
			.at(-1)
			?.replace(/[:(].*$/s, '') ?? '';
	return own(toolNames, plain);
}

function known(names: readonly string[]): string[] {
	return [...new Set(names.flatMap((name) => toolNamed(name) ?? []))];
}

function named(all: readonly string[]): string {
	const some = [...new Set(all)].map((name) => name.slice(0, 60));
	return some.length > 12
		? `${some.slice(0, 12).join(', ')} and ${some.length - 12} more`
		: some.join(', ');
}
