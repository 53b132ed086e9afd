/** An event that was written elsewhere: checked before anything folds it. Kinds of a later version are kept as they are. */
import {
	anything,
	flag,
	isRecord,
	listOf,
	mapOf,
	maybe,
	misfit,
	number,
	oneOf,
	orNull,
	record,
	text,
	type Shape,
} from '../shape';
import { EVENT_VERSION, type EventKind, type EventKinds, type SessionEvent } from './event';

export type Parsed<T> = { value: T } | { problem: string };

type Fields<T> = { [Name in keyof T]-?: Shape };

const failure = record({
	code: text,
	message: text,
	advice: maybe(text),
	status: maybe(number),
	requestId: maybe(text),
});
const usage = record({
	input: number,
	output: number,
	cacheWrite5m: number,
	cacheWrite1h: number,
	cacheRead: number,
});
const cost = record({ usd: number, priceVersion: text });
const budget = orNull(record({ tokens: maybe(number), usd: maybe(number) }));
const permissionMode = oneOf('ask', 'edits', 'everything', 'plan');
const settings = {
	connectionId: text,
	model: text,
	effort: orNull(text),
	thinking: flag,
	permissionMode,
	maxTurns: number,
	budget,
} satisfies Fields<EventKinds['created']['settings']>;
const agentSnapshot = record({
	id: text,
	name: text,
	icon: text,
	description: text,
	systemPrompt: text,
	tools: mapOf(oneOf('allow', 'ask', 'deny')),
	inputSchema: orNull(isRecord),
	outputSchema: orNull(isRecord),
	labels: listOf(text),
} satisfies Fields<NonNullable<EventKinds['created']['agent']>>);
const parent = record({
	sessionId: text,
	eventId: text,
	branch: maybe(oneOf(true)),
	subAgent: maybe(oneOf(true)),
	chatId: maybe(text),
	instead: maybe(text),
});
const turn = maybe(isTurn);
const part = { turnId: text, index: indexOf };
const question = record({
	id: text,
	text,
	type: oneOf('single', 'multiple', 'text'),
	options: listOf(record({ label: text, description: maybe(text) })),
	required: flag,
});
const answer = record({ id: text, chosen: orNull(listOf(text)), text: orNull(text) });

const kinds: { [K in EventKind]: Fields<EventKinds[K]> } = {
	created: {
		mode: oneOf('standard', 'council', 'team'),
		agent: orNull(agentSnapshot),
		settings: record(settings),
		title: text,
		parent: maybe(parent),
		ticketId: maybe(text),
		source: maybe(record({ app: text, ref: text })),
	},
	prompt: {
		actor: text,
		text,
		input: anyOrNone,
		context: maybe(listOf(record({ title: text, text }))),
		attachments: maybe(listOf(record({ name: text, mediaType: text, size: number, data: text }))),
	},
	forked: {},
	renamed: { title: text, turn },
	archived: { turn },
	unarchived: { turn },
	deleted: { turn },
	restored: { turn },
	'ticket-linked': { ticketId: orNull(text), turn },
	'labels-changed': { add: listOf(text), remove: listOf(text), turn },
	seen: { upTo: maybe((value) => isTime(value)), turn },
	'settings-changed': {
		changes: record(
			Object.fromEntries(Object.entries(settings).map(([name, shape]) => [name, maybe(shape)])),
		),
	},
	'turn-started': {
		turnId: text,
		actor: text,
		purpose: oneOf('answer', 'compact'),
		attempt: number,
		model: text,
		connectionId: text,
		effort: orNull(text),
	},
	'part-delta': { ...part, part: oneOf('text', 'thinking', 'tool-input'), text },
	thinking: { ...part, text, signature: text, ms: maybe(number) },
	'redacted-thinking': { ...part, data: text },
	text: { ...part, text },
	'tool-call': { ...part, callId: text, tool: text, input: anything, malformed: maybe(text) },
	'other-part': { ...part, raw: anything },
	'turn-ended': {
		turnId: text,
		stopReason: text,
		stopDetails: maybe(text),
		usage: orNull(usage),
		cost: maybe(cost),
		requestId: maybe(text),
		ms: number,
	},
	'turn-failed': {
		turnId: text,
		failure,
		retryAt: maybe(number),
		counts: maybe(flag),
		usage: maybe(usage),
		cost: maybe(cost),
		ms: number,
	},
	'context-compacted': { actor: text, through: text, summary: text },
	'permission-requested': { callId: text, actor: text, tool: text, inputHash: text },
	'permission-decided': {
		callId: text,
		inputHash: text,
		decision: oneOf('allow-once', 'allow-in-run', 'deny'),
		message: maybe(text),
		input: anyOrNone,
		mode: maybe(permissionMode),
	},
	'question-asked': { callId: text, actor: text, questions: listOf(question) },
	'question-answered': { callId: text, answers: orNull(listOf(answer)) },
	'tool-started': { callId: text, input: anything },
	'tool-result': {
		callId: text,
		content: text,
		isError: flag,
		ms: number,
		files: maybe(listOf(record({ path: text, content: orNull(text) }))),
	},
	'interruption-resolved': { callId: text, choice: oneOf('run-again', 'skip') },
	'plan-updated': {
		callId: text,
		actor: text,
		items: listOf(record({ text, status: oneOf('pending', 'in-progress', 'completed') })),
	},
	output: { raw: text, value: anyOrNone, problems: listOf(record({ at: text, message: text })) },
	error: { failure },
	warning: { code: text, message: text },
	noted: { type: text },
	held: { code: text, message: text, actor: text, callId: maybe(text) },
	'pause-requested': {},
	'continue-requested': {},
	'cancel-requested': {},
	'retry-requested': {},
	'lease-taken': { device: text, deviceName: text, epoch: number },
	ended: { status: oneOf('completed', 'failed', 'cancelled') },
	imported: {},
};

const by: Record<string, Readonly<Record<string, Shape>>> = {
	person: { name: text, device: text, deviceName: text },
	agent: { actor: text },
	engine: { device: text, epoch: number },
};

/** Ids stand in addresses and in keys of indexes. */
export const isId = (value: unknown): value is string =>
	typeof value === 'string' && /^[\w.:-]{1,128}$/.test(value);
/** Epoch ms, as the index of facets can order them. */
export const isTime = (value: unknown): value is number =>
	typeof value === 'number' && value >= 0 && value < 36 ** 9;

const own = {
	v: number,
	id: isId,
	sessionId: isId,
	at: isTime,
	kind: text,
	cause: maybe(text),
	inherited: maybe(oneOf(true)),
	recorded: maybe(isRecord),
	origin: maybe(record({ sessionId: text, eventId: text, instead: maybe(text) })),
};

/** An event of a session as JSON gave it; `seq` and `feedAt`, which are of a device, are taken off. */
export function parseSessionEvent(value: unknown): Parsed<SessionEvent> {
	if (!isRecord(value)) return { problem: 'an event is no object' };
	const wrong = misfit(value, own) ?? wrongAuthor(value['by']);
	if (wrong !== null) return { problem: `an event has no sound "${wrong}"` };
	if (Number(value['v']) > EVENT_VERSION)
		return { problem: 'an event was written by a newer version of Muster' };
	const kind = String(value['kind']);
	const fields = Object.hasOwn(kinds, kind) ? kinds[kind as EventKind] : {};
	const misfitting = misfit(value, fields);
	if (misfitting !== null) return { problem: `an event "${kind}" has no sound "${misfitting}"` };
	const { seq: _, feedAt: __, ...event } = value;
	return { value: event as unknown as SessionEvent };
}

/** `by` where nobody, or nobody known, wrote it; else null. */
export function wrongAuthor(value: unknown): 'by' | null {
	if (!isRecord(value)) return 'by';
	const fields = Object.hasOwn(by, String(value['kind'])) && by[String(value['kind'])];
	return fields && misfit(value, fields) === null ? null : 'by';
}

/** Places of parts in a message: they index a list. */
function indexOf(value: unknown): boolean {
	return Number.isInteger(value) && Number(value) >= 0 && Number(value) < 10_000;
}

/** Acts of filing are ordered by it, as seven digits to base 36. */
function isTurn(value: unknown): boolean {
	return Number.isInteger(value) && Number(value) >= 0 && Number(value) < 36 ** 7;
}

function anyOrNone(): boolean {
	return true;
}
