/**
 * One line of a Claude Code session file: a JSON object that is a message, or a note beside one. The format has no
 * published definition and grows, so nothing is taken for granted: what has not the expected type is not there.
 */
import type { Attachment } from '../attachment';
import { isTooDeep, tooDeep } from '../json-depth';
import { isJsonObject, type JsonObject, type JsonValue } from '../json';

export interface Line {
	raw: JsonObject;
	/** `user`, `assistant`, `system`, `summary`, …; empty where the line names none. */
	type: string;
	/** Null for a note that stands in no conversation. */
	uuid: string | null;
	parent: string | null;
	/** Where a conversation goes on after it was compacted, which begins a chain of its own. */
	logicalParent: string | null;
	/** The line this one was copied from, when a session was branched there. */
	copyOf: string | null;
	sessionId: string | null;
	/** Said to or by a sub-agent. */
	sidechain: boolean;
	agentId: string | null;
	/** Epoch ms; null where the line has no time. */
	at: number | null;
	message: JsonObject | null;
	blocks: readonly Block[];
	/** Whether `blocks` say everything that the message's content does. */
	exact: boolean;
}

/** A piece of a message's content. */
export type Block =
	| { type: 'text'; text: string }
	| { type: 'thinking'; text: string; signature: string }
	| { type: 'redacted'; data: string }
	| { type: 'call'; id: string; tool: string; input: JsonValue }
	| { type: 'result'; id: string; content: string; isError: boolean }
	| { type: 'file'; file: Attachment }
	| { type: 'other'; raw: JsonValue };

/** Reads a line, or says why that can't be done: "is cut off or no JSON". */
export function readLine(text: string): Line | { broken: string } {
	let raw: unknown;
	try {
		raw = JSON.parse(text);
	} catch {
		return { broken: 'is cut off or no JSON' };
	}
	if (!isJsonObject(raw)) return { broken: 'is no JSON object' };
	if (isTooDeep(raw)) return { broken: `is ${tooDeep}` };
	const message = isJsonObject(raw['message']) ? raw['message'] : null;
	const forked = raw['forkedFrom'];
	const { blocks, exact } = blocksOf(message?.['content']);
	return {
		raw,
		type: textOf(raw['type']) ?? '',
		uuid: textOf(raw['uuid']),
		parent: textOf(raw['parentUuid']),
		logicalParent: textOf(raw['logicalParentUuid']),
		copyOf: isJsonObject(forked) ? textOf(forked['messageUuid']) : null,
		sessionId: textOf(raw['sessionId']),
		sidechain: raw['isSidechain'] === true,
		agentId: textOf(raw['agentId']),
		at: timeOf(raw['timestamp']),
		message,
		blocks,
		exact,
	};
}

export function textOf(value: JsonValue | undefined): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

function timeOf(value: JsonValue | undefined): number | null {
	const at = typeof value === 'string' ? Date.parse(value) : NaN;
	return Number.isFinite(at) && at >= 0 ? at : null;
}

function blocksOf(content: JsonValue | undefined): Pick<Line, 'blocks' | 'exact'> {
	if (typeof content === 'string')
		return { blocks: content === '' ? [] : [{ type: 'text', text: content }], exact: true };
	if (!Array.isArray(content)) return { blocks: [], exact: false };
	let exact = true;
	const blocks = content.map((raw): Block => {
		const read = blockOf(raw);
		exact &&= read.exact;
		return read.block;
	});
	return { blocks, exact };
}

interface ReadBlock {
	block: Block;
	exact: boolean;
}

function blockOf(raw: JsonValue): ReadBlock {
	const other: ReadBlock = { block: { type: 'other', raw }, exact: true };
	if (!isJsonObject(raw)) return other;
	const only = (...keys: string[]) => Object.keys(raw).every((key) => keys.includes(key));
	const string = (key: string) => (typeof raw[key] === 'string' ? raw[key] : null);
	switch (raw['type']) {
		case 'text': {
			const text = string('text');
			return text === null ? other : { block: { type: 'text', text }, exact: only('type', 'text') };
		}
		case 'thinking': {
			const text = string('thinking');
			if (text === null) return other;
			const signature = string('signature') ?? '';
			return {
				block: { type: 'thinking', text, signature },
				exact: only('type', 'thinking', 'signature'),
			};
		}
		case 'redacted_thinking': {
			const data = string('data');
			return data === null
				? other
				: { block: { type: 'redacted', data }, exact: only('type', 'data') };
		}
		case 'tool_use': {
			const [id, tool] = [string('id'), string('name')];
			if (!id || !tool) return other;
			return {
				block: { type: 'call', id, tool, input: raw['input'] ?? {} },
				exact: only('type', 'id', 'name', 'input'),
			};
		}
		case 'tool_result': {
			const id = string('tool_use_id');
			if (!id) return other;
			const { text, whole } = resultText(raw['content']);
			return {
				block: { type: 'result', id, content: text, isError: raw['is_error'] === true },
				exact: whole && only('type', 'tool_use_id', 'content', 'is_error'),
			};
		}
		case 'image':
		case 'document': {
			const file = fileOf(raw);
			return file ? { block: { type: 'file', file }, exact: only('type', 'source') } : other;
		}
		default:
			return other;
	}
}

/** What a tool said, as one text; what is no text is named in its place. */
function resultText(content: JsonValue | undefined): { text: string; whole: boolean } {
	if (content === undefined || content === null) return { text: '', whole: true };
	if (typeof content === 'string') return { text: content, whole: true };
	if (!Array.isArray(content)) return { text: JSON.stringify(content), whole: false };
	const texts = content.map((piece) => {
		if (!isJsonObject(piece)) return JSON.stringify(piece);
		return textOf(piece['text']) ?? `[${textOf(piece['type']) ?? 'content'}]`;
	});
	return { text: texts.join('\n'), whole: false };
}

const endings: Readonly<Record<string, string>> = {
	'image/png': 'png',
	'image/jpeg': 'jpg',
	'image/gif': 'gif',
	'image/webp': 'webp',
	'application/pdf': 'pdf',
};

/** A picture or a PDF that came with a prompt. */
function fileOf(raw: JsonObject): Attachment | null {
	const source = raw['source'];
	if (!isJsonObject(source) || source['type'] !== 'base64') return null;
	const [mediaType, data] = [textOf(source['media_type']), textOf(source['data'])];
	const ending = mediaType === null ? undefined : endings[mediaType];
	if (mediaType === null || data === null || ending === undefined) return null;
	const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0;
	const size = Math.max(0, Math.floor((data.length * 3) / 4) - padding);
	return {
		name: `Pasted ${ending === 'pdf' ? 'document' : 'image'}.${ending}`,
		mediaType,
		size,
		data,
	};
}

/** What is kept of a line beside the events made of it: all of it, but for content they say themselves. */
export function recordedOf({ raw, message, exact }: Line): JsonObject {
	if (!message || !exact || !('content' in message)) return raw;
	const { content: _, ...rest } = message;
	return { ...raw, message: rest };
}
