/** One conversation of Claude Code → the log of a session that is over. Every id is derived from the lines' own. */
import type { AgentSnapshot } from '../agent';
import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import {
	EVENT_VERSION,
	MAIN,
	type By,
	type EventKind,
	type EventKinds,
	type EventOf,
	type FileChange,
	type Parent,
	type Person,
	type StoredEvent,
	type TurnCost,
	type Usage,
} from '../log/event';
import { copiedEvents, inheritedEvents } from '../log/fork';
import { noUsage } from '../log/state';
import { priceOf } from '../pricing';
import { titleFrom } from '../views/title';
import { recordedOf, textOf, type Block } from './claude-code-line';
import { fileChangesOf, planOf } from './claude-code-tools';
import {
	byTime,
	messageId,
	saidIn,
	type Entry,
	type ResultBlock,
	type Unit,
} from './claude-code-tree';
import { derivedId, derivedIds } from './derived-id';

export const CLAUDE_CODE = 'claude-code';
/** Code of the warning that keeps a line that can't be read. */
export const BROKEN_LINE = 'broken-line';

/** Claude Code ran elsewhere, with tools that are not here: its runs are read, and gone on with by word alone. */
const agent: AgentSnapshot = {
	id: CLAUDE_CODE,
	name: 'Claude Code',
	icon: 'terminal',
	description: 'Recorded by Claude Code',
	systemPrompt: '',
	tools: {},
	inputSchema: null,
	outputSchema: null,
	labels: [],
};

const person: Person = {
	kind: 'person',
	name: 'You',
	device: CLAUDE_CODE,
	deviceName: 'Claude Code',
};
/** Who called a sub-agent. */
const caller: By = { kind: 'agent', actor: 'Claude Code' };
const model: By = { kind: 'agent', actor: MAIN };
const engine: By = { kind: 'engine', device: CLAUDE_CODE, epoch: 0 };

/** One way through a conversation, from where it begins, or parts from another one, to its end. */
export interface Chain {
	/** What names it: the first line, or the first of its own. */
	head: Entry;
	units: Unit[];
	/** The session's id in Claude Code. */
	ref: string | null;
	/** Of a fork: the log it parts from, the id of the first event there that it does not share, and what it is said instead of or after. */
	fork: { log: readonly StoredEvent[]; from: string; parent: Parent } | null;
	/** Of a sub-agent. */
	calledBy: { parent: Parent | null; title: string | null } | null;
	/** Notes on the session as a whole. */
	beside: readonly Beside[];
}

/** A line that stands in no conversation, or can't be read. */
export interface Beside {
	/** Distinguishes it from every other one of its session, and is the same whenever it is imported. */
	key: string;
	type: string;
	/** Epoch ms; null where it has no time. */
	at: number | null;
	recorded: JsonObject;
	/** A title it gives the session. */
	title?: string;
	/** Why it can't be read, with its place. */
	broken?: string;
}

export function sessionIdOf(head: Entry): string {
	return derivedId(head.at, CLAUDE_CODE, 'session', head.uuid);
}

export function eventIdOf(entry: Entry, part: string): string {
	return derivedId(entry.at, CLAUDE_CODE, 'event', entry.uuid, part);
}

/** The first event a unit makes. */
export function firstEventOf(unit: Unit): string {
	return eventIdOf(unit.head, unit.kind === 'start' ? 'created' : 'said');
}

/** `counted`: messages of the model whose use has been counted already; this adds its own. */
export function logOf(chain: Chain, counted: Set<string>): StoredEvent[] {
	return new LogWriter(chain, counted).write();
}

class LogWriter {
	#chain: Chain;
	#counted: Set<string>;
	#log: StoredEvent[] = [];
	#sessionId: string;
	#at: number;
	#turns = 0;
	#titles = 0;
	#callIds = new Set<string>();
	#ended = false;
	/** The folder the session began in; files are named from there. */
	#folder: string | null;
	/** Lines whose own words have been kept already. */
	#kept = new Set<Entry>();

	constructor(chain: Chain, counted: Set<string>) {
		this.#chain = chain;
		this.#counted = counted;
		this.#sessionId = sessionIdOf(chain.head);
		this.#at = chain.head.at;
		this.#folder = textOf(chain.head.line.raw['cwd']);
	}

	write(): StoredEvent[] {
		const { units, fork, beside } = this.#chain;
		this.#create();
		if (fork) this.#inherit(fork.log, fork.from);
		for (const [place, unit] of units.entries()) this.#say(unit, units[place + 1]);
		for (const note of beside) this.#note(note);
		this.#close();
		return this.#log;
	}

	#create(): void {
		const { head, units, ref, fork, calledBy } = this.#chain;
		const words = units.find(({ kind }) => kind === 'prompt')?.head.line;
		const inherited = fork?.log[0];
		const title =
			calledBy?.title ??
			(!words && inherited?.kind === 'created'
				? inherited.title
				: titleFrom(words ? said(words) : ''));
		const parent = fork?.parent ?? calledBy?.parent;
		this.#add(eventIdOf(head, 'created'), 'created', calledBy ? caller : person, head.at, {
			mode: 'standard',
			agent,
			settings: {
				connectionId: '',
				model: modelOf(units) ?? (inherited?.kind === 'created' ? inherited.settings.model : ''),
				effort: null,
				thinking: false,
				permissionMode: 'ask',
				maxTurns: 50,
				budget: null,
			},
			title,
			...(parent && { parent }),
			...(ref !== null && { source: { app: CLAUDE_CODE, ref } }),
		});
	}

	/** What it shares with the session it parts from, copied as every fork has it. */
	#inherit(log: readonly StoredEvent[], from: string): void {
		const { head } = this.#chain;
		const nextId = derivedIds(head.at, CLAUDE_CODE, 'inherited', head.uuid);
		const events = copiedEvents(
			inheritedEvents(log, { before: from }) ?? [],
			this.#sessionId,
			nextId,
		);
		for (const event of events) {
			this.#log.push({ ...event, seq: this.#log.length });
			if (event.kind === 'turn-started') this.#turns++;
			if (event.kind === 'tool-call') this.#callIds.add(event.callId);
		}
		this.#add(eventIdOf(head, 'forked'), 'forked', person, head.at, {});
	}

	#say(unit: Unit, next: Unit | undefined): void {
		switch (unit.kind) {
			case 'start':
				break;
			case 'prompt':
				this.#prompt(unit.head);
				break;
			case 'exchange':
				this.#exchange(unit, next);
				break;
			case 'error':
				this.#error(unit.head, next);
				break;
			case 'summary':
				this.#summary(unit.head);
				break;
			case 'interrupt':
				this.#tell(unit.head, 'said', 'cancel-requested', person, {});
				this.#end(unit.head, 'cancelled');
		}
		for (const note of unit.notes.sort(byTime))
			this.#tell(note, 'noted', 'noted', engine, { type: note.line.type });
	}

	#prompt(entry: Entry): void {
		const attachments = entry.line.blocks.flatMap((block) =>
			block.type === 'file' ? [block.file] : [],
		);
		this.#ended = false;
		this.#tell(entry, 'said', 'prompt', this.#chain.calledBy ? caller : person, {
			actor: MAIN,
			text: said(entry.line),
			...(attachments.length > 0 && { attachments }),
		});
	}

	#exchange(unit: Unit, next: Unit | undefined): void {
		const { lines, results, head } = unit;
		const turnId = this.#begin(unit);
		const startedAt = this.#at;
		const callIds = new Map<string, string>();
		const calledAt = new Map<string, number>();
		let index = 0;
		for (const entry of lines) {
			for (const [n, block] of entry.line.blocks.entries()) {
				this.#part(entry, `part ${n}`, block, { turnId, index: index++ }, callIds);
				if (block.type === 'call') calledAt.set(block.id, entry.at);
			}
			this.#keep(entry);
		}
		const last = lines.at(-1) ?? head;
		const stopReason = stopReasonOf(unit);
		const { usage, cost } = this.#use(unit);
		const requestId = textOf(head.line.raw['requestId']);
		this.#add(eventIdOf(head, 'ended turn'), 'turn-ended', engine, last.at, {
			turnId,
			stopReason,
			usage,
			...(cost && { cost }),
			...(requestId !== null && { requestId }),
			ms: Math.max(0, last.at - startedAt),
		});
		for (const { entry, block } of results) {
			const callId = callIds.get(block.id) ?? block.id;
			const ms = Math.max(0, entry.at - (calledAt.get(block.id) ?? entry.at));
			this.#result(unit, entry, block, callId, ms);
		}
		const answers = stopReason === 'end_turn' || stopReason === 'stop_sequence';
		if (answers && unit.calls.size === 0 && !isModel(next) && !this.#goesOn(next))
			this.#end(last, 'completed');
	}

	/** A sub-agent is one piece of work, however often its caller speaks. */
	#goesOn(next: Unit | undefined): boolean {
		return this.#chain.calledBy !== null && next !== undefined;
	}

	#begin(unit: Unit): string {
		const turnId = `${MAIN}.${++this.#turns}`;
		this.#ended = false;
		this.#add(firstEventOf(unit), 'turn-started', engine, Math.min(this.#at, unit.head.at), {
			turnId,
			actor: MAIN,
			purpose: 'answer',
			attempt: 1,
			model: textOf(unit.head.line.message?.['model']) ?? '',
			connectionId: '',
			effort: textOf(unit.head.line.raw['effort']),
		});
		return turnId;
	}

	#part(
		entry: Entry,
		part: string,
		block: Block,
		at: { turnId: string; index: number },
		callIds: Map<string, string>,
	): void {
		switch (block.type) {
			case 'text':
				return this.#tell(entry, part, 'text', model, { ...at, text: block.text });
			case 'thinking': {
				const { text, signature } = block;
				return this.#tell(entry, part, 'thinking', model, { ...at, text, signature });
			}
			case 'redacted':
				return this.#tell(entry, part, 'redacted-thinking', model, { ...at, data: block.data });
			case 'call': {
				const callId = this.#newCallId(block.id);
				callIds.set(block.id, callId);
				const { tool, input } = block;
				return this.#tell(entry, part, 'tool-call', model, { ...at, callId, tool, input });
			}
			case 'result':
			case 'file': {
				// Where the model says what only others say, it is kept as it is.
				const raw: JsonValue = block.type === 'file' ? { ...block.file } : { ...block };
				return this.#tell(entry, part, 'other-part', model, { ...at, raw });
			}
			case 'other':
				return this.#tell(entry, part, 'other-part', model, { ...at, raw: block.raw });
		}
	}

	#newCallId(id: string): string {
		let callId = id;
		for (let n = 2; this.#callIds.has(callId); n++) callId = `${id}~${n}`;
		this.#callIds.add(callId);
		return callId;
	}

	#result(unit: Unit, entry: Entry, block: ResultBlock, callId: string, ms: number): void {
		const call = callOf(unit, block.id);
		const files: FileChange[] =
			call && !block.isError
				? fileChangesOf(entry.line.raw['toolUseResult'], this.#folder ?? '')
				: [];
		const { content, isError } = block;
		this.#tell(entry, `result ${block.id}`, 'tool-result', engine, {
			callId,
			content,
			isError,
			ms,
			...(files.length > 0 && { files }),
		});
		const items = call && !block.isError ? planOf(call.tool, call.input) : null;
		if (items)
			this.#add(eventIdOf(entry, `plan ${block.id}`), 'plan-updated', engine, entry.at, {
				callId,
				actor: MAIN,
				items,
			});
	}

	/** What Claude Code shows where an answer should be when the endpoint gave none. */
	#error(entry: Entry, next: Unit | undefined): void {
		const failure = {
			code: 'api-error',
			message: saidIn(entry.line).slice(0, 2000) || 'The endpoint answered with an error.',
		};
		const unit = entry.unit;
		if (!unit) return;
		const turnId = this.#begin(unit);
		this.#tell(entry, 'failed', 'turn-failed', engine, { turnId, failure, ms: 0 });
		if (isModel(next) || this.#goesOn(next)) return;
		this.#add(eventIdOf(entry, 'error'), 'error', engine, entry.at, { failure });
		this.#end(entry, 'failed');
	}

	#summary(entry: Entry): void {
		const summary = saidIn(entry.line);
		this.#tell(entry, 'said', 'context-compacted', engine, {
			actor: MAIN,
			through: `${MAIN}.${this.#turns}`,
			summary,
		});
	}

	#end(entry: Entry, status: 'completed' | 'failed' | 'cancelled'): void {
		this.#add(eventIdOf(entry, 'end'), 'ended', engine, entry.at, { status });
		this.#ended = true;
	}

	#note({ key, type, at, recorded, title, broken }: Beside): void {
		const id = derivedId(at ?? this.#chain.head.at, CLAUDE_CODE, 'beside', this.#sessionId, key);
		const time = at ?? this.#at;
		if (broken !== undefined)
			this.#add(id, 'warning', engine, time, { code: BROKEN_LINE, message: broken }, recorded);
		else if (title !== undefined)
			this.#add(id, 'renamed', engine, time, { title, turn: this.#titles++ }, recorded);
		else this.#add(id, 'noted', engine, time, { type }, recorded);
	}

	/** It is over, and whoever ran it saw it there. */
	#close(): void {
		const { head, units } = this.#chain;
		const last = units.at(-1);
		const at = last ? lastOf(last) : head;
		if (!this.#ended) this.#end(at, 'cancelled');
		this.#add(eventIdOf(at, 'seen'), 'seen', person, this.#at, {});
	}

	/** A message's use counts once, wherever it was copied to. */
	#use(unit: Unit): { usage: Usage; cost?: TurnCost } {
		const key = messageId(unit.head) ?? unit.head.uuid;
		if (this.#counted.has(key)) return { usage: { ...noUsage }, cost: free };
		this.#counted.add(key);
		const usage = usageOf(unit);
		const name = textOf(unit.head.line.message?.['model']) ?? '';
		const cost =
			name === '<synthetic>' ? free : (costOf(unit) ?? priceOf(name, usage, unit.head.at));
		return cost ? { usage, cost } : { usage };
	}

	/** An event made of a line; the first one keeps what else the line says. */
	#tell<K extends EventKind>(
		entry: Entry,
		part: string,
		kind: K,
		by: By,
		what: EventKinds[K],
	): void {
		const recorded = this.#kept.has(entry) ? undefined : keptOf(entry);
		this.#kept.add(entry);
		this.#add(eventIdOf(entry, part), kind, by, entry.at, what, recorded);
	}

	/** A line of which no event was made. */
	#keep(entry: Entry): void {
		if (!this.#kept.has(entry))
			this.#tell(entry, 'noted', 'noted', engine, { type: entry.line.type });
	}

	#add<K extends EventKind>(
		id: string,
		kind: K,
		by: By,
		at: number,
		what: EventKinds[K],
		recorded?: JsonObject,
	): void {
		this.#at = Math.max(this.#at, at);
		const event = {
			v: EVENT_VERSION,
			id,
			sessionId: this.#sessionId,
			at,
			by,
			kind,
			...what,
			...(recorded && { recorded }),
			seq: this.#log.length,
		};
		this.#log.push(event as EventOf<K> & { seq: number } as StoredEvent);
	}
}

/** Nothing was paid for it, or it was counted elsewhere. */
const free: TurnCost = { usd: 0, priceVersion: CLAUDE_CODE };

function keptOf({ line, copies }: Entry): JsonObject {
	const recorded = recordedOf(line);
	return copies.length > 0 ? { ...recorded, copies } : recorded;
}

/** What was typed: a command is written down with its parts marked. */
function said(line: Entry['line']): string {
	const text = saidIn(line);
	const command = /<command-name>([^<]*)<\/command-name>/.exec(text)?.[1]?.trim();
	if (!command || !/^\s*<command-/.test(text)) return text;
	const args = /<command-args>([\s\S]*?)<\/command-args>/.exec(text)?.[1]?.trim();
	return args ? `${command} ${args}` : command;
}

function lastOf({ lines, results, head }: Unit): Entry {
	return [...lines, ...results.map(({ entry }) => entry)].sort(byTime).at(-1) ?? head;
}

/** Whether the model goes on by itself. */
function isModel(next: Unit | undefined): boolean {
	return next?.kind === 'exchange' || next?.kind === 'error';
}

function modelOf(units: readonly Unit[]): string | null {
	const names = units
		.filter(({ kind }) => kind === 'exchange')
		.map(({ head }) => textOf(head.line.message?.['model']));
	return names.findLast((name) => name !== null && name !== '<synthetic>') ?? null;
}

function callOf(unit: Unit, id: string): Extract<Block, { type: 'call' }> | undefined {
	for (const { line } of unit.lines)
		for (const block of line.blocks) if (block.type === 'call' && block.id === id) return block;
	return undefined;
}

/** Lines written while the message streamed have none; calls that were answered did run. */
function stopReasonOf(unit: Unit): string {
	const said = unit.lines
		.map(({ line }) => textOf(line.message?.['stop_reason']))
		.findLast((reason) => reason !== null);
	if (unit.results.length > 0 && said !== 'end_turn') return 'tool_use';
	return said ?? (unit.calls.size > 0 ? 'tool_use' : 'end_turn');
}

/** Every line of a message carries what had been used by then: the most is what the message used. */
function usageOf(unit: Unit): Usage {
	const counts = unit.lines.map(({ line }) => usageOfLine(line.message?.['usage']));
	return counts.reduce((most, one) => (one.output >= most.output ? one : most), { ...noUsage });
}

function usageOfLine(raw: JsonValue | undefined): Usage {
	if (!isJsonObject(raw)) return { ...noUsage };
	const number = (value: JsonValue | undefined) =>
		typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
	const written = isJsonObject(raw['cache_creation']) ? raw['cache_creation'] : {};
	const hour = number(written['ephemeral_1h_input_tokens']);
	const all = number(raw['cache_creation_input_tokens']);
	return {
		input: number(raw['input_tokens']),
		output: number(raw['output_tokens']),
		cacheWrite5m: Math.max(0, all - hour, number(written['ephemeral_5m_input_tokens'])),
		cacheWrite1h: hour,
		cacheRead: number(raw['cache_read_input_tokens']),
	};
}

/** Older versions wrote down what a message had cost, in USD. */
function costOf(unit: Unit): TurnCost | null {
	const costs = unit.lines.map(({ line }) => line.raw['costUSD']);
	const usd = costs.findLast((cost) => typeof cost === 'number' && cost >= 0);
	return typeof usd === 'number' ? { usd, priceVersion: CLAUDE_CODE } : null;
}
