import { isJsonObject, type JsonObject, type JsonValue } from '$lib/domain/json';
import { isTextTooDeep, isTooDeep, textOfDeep } from '$lib/domain/json-depth';
import type { Usage } from '$lib/domain/log/event';
import { cut, failureOfType, nestedTooDeeply } from './failures';
import type { FinalPart, ModelEvent } from './model-port';

interface OpenPart {
	type: FinalPart['type'];
	/** The content block as the stream began it. */
	block: JsonObject;
	text: string;
	signature: string;
	json: string;
	closed: boolean;
}

/**
 * Turns raw stream events of a Messages API, or of a server that nearly speaks it, into {@link ModelEvent}s.
 * Feed it every event in order; `finish` once the body has ended.
 *
 * Parts end in the order of their index, even where a server leaves them open until its last event. Events and
 * deltas without a meaning here are passed over; block types without one are kept whole as `other`.
 */
export class StreamReader {
	/** In the order the parts began; the place is the index that is told. */
	#parts: OpenPart[] = [];
	/** The server's index of a block to ours; servers leave holes. */
	#indexes = new Map<number, number>();
	#ended = 0;
	#started = false;
	#stopReason: string | null = null;
	#stopDetails: string | undefined;
	#usage: Usage | null = null;
	done = false;

	constructor(
		private readonly model: string,
		private readonly requestId?: string,
	) {}

	read(raw: unknown): ModelEvent[] {
		if (!isJsonObject(raw) || this.done) return [];
		switch (raw['type']) {
			case 'message_start':
				return this.#start(isJsonObject(raw['message']) ? raw['message'] : {});
			case 'content_block_start':
				return [...this.#start({}), ...this.#open(raw)];
			case 'content_block_delta':
				return [...this.#start({}), ...this.#delta(raw)];
			case 'content_block_stop':
				return this.#close(indexOf(raw));
			case 'message_delta':
				return this.#messageDelta(raw);
			case 'message_stop':
				return this.#end();
			case 'error':
				throw failureOfType(isJsonObject(raw['error']) ? raw['error'] : {}, this.requestId);
			default:
				return [];
		}
	}

	/** The body is over. A message with its stop reason is whole; anything less was cut off. */
	finish(): ModelEvent[] {
		if (this.done) return [];
		if (this.#stopReason !== null) return this.#end();
		throw cut('The answer was cut off: the connection was closed before its end.', this.requestId);
	}

	#start(message: JsonObject): ModelEvent[] {
		const counted = this.#count(message['usage']);
		if (this.#started) return counted;
		this.#started = true;
		return [
			{
				type: 'start',
				model: textOf(message['model']) || this.model,
				...(this.requestId && { requestId: this.requestId }),
			},
			...counted,
		];
	}

	#open(raw: JsonObject): ModelEvent[] {
		const block = isJsonObject(raw['content_block']) ? raw['content_block'] : {};
		const type = partTypes[textOf(block['type'])] ?? 'other';
		const index = this.#parts.length;
		this.#indexes.set(indexOf(raw), index);
		const part: OpenPart = { type, block, text: '', signature: '', json: '', closed: false };
		this.#parts.push(part);
		const events: ModelEvent[] = [
			{
				type: 'part-started',
				index,
				part: type,
				...(type === 'tool-call' && { tool: textOf(block['name']) }),
			},
		];
		part.signature = textOf(block['signature']);
		const said = type === 'text' ? textOf(block['text']) : textOf(block['thinking']);
		if ((type === 'text' || type === 'thinking') && said) {
			part.text = said;
			events.push({ type: 'delta', index, text: said });
		}
		return events;
	}

	#delta(raw: JsonObject): ModelEvent[] {
		const delta = isJsonObject(raw['delta']) ? raw['delta'] : {};
		const events: ModelEvent[] = [];
		let index = this.#indexes.get(indexOf(raw));
		if (index === undefined) {
			const type = blockTypes[textOf(delta['type'])];
			if (!type) return [];
			events.push(...this.#open({ index: indexOf(raw), content_block: { type } }));
			index = this.#parts.length - 1;
		}
		const part = this.#parts[index];
		if (!part || part.closed) return events;
		const text = this.#take(part, delta);
		if (text) events.push({ type: 'delta', index, text });
		return events;
	}

	/** Adds a delta to its part and returns what of it is to be shown. */
	#take(part: OpenPart, delta: JsonObject): string {
		switch (delta['type']) {
			case 'text_delta':
			case 'thinking_delta': {
				const text = textOf(delta['text']) || textOf(delta['thinking']);
				part.text += text;
				return part.type === 'text' || part.type === 'thinking' ? text : '';
			}
			case 'signature_delta':
				part.signature += textOf(delta['signature']);
				return '';
			case 'input_json_delta': {
				const text = textOf(delta['partial_json']);
				part.json += text;
				return part.type === 'tool-call' ? text : '';
			}
			default:
				if (part.type === 'other') part.block = grown(part.block, delta);
				return '';
		}
	}

	#close(serverIndex: number): ModelEvent[] {
		const index = this.#indexes.get(serverIndex);
		const part = index === undefined ? undefined : this.#parts[index];
		if (part) part.closed = true;
		return this.#endClosed();
	}

	#endClosed(): ModelEvent[] {
		const events: ModelEvent[] = [];
		for (let part = this.#parts[this.#ended]; part?.closed; part = this.#parts[this.#ended]) {
			events.push({
				type: 'part-ended',
				index: this.#ended,
				part: finalPart(part, this.#ended),
			});
			this.#ended++;
		}
		return events;
	}

	#messageDelta(raw: JsonObject): ModelEvent[] {
		const counted = [...this.#start({}), ...this.#count(raw['usage'])];
		const delta = isJsonObject(raw['delta']) ? raw['delta'] : {};
		this.#stopReason = textOf(delta['stop_reason']) || this.#stopReason;
		this.#stopDetails =
			stopDetails(delta['stop_details']) ||
			(delta['stop_reason'] === 'stop_sequence' && textOf(delta['stop_sequence'])) ||
			this.#stopDetails;
		return counted;
	}

	#count(raw: JsonValue | undefined): ModelEvent[] {
		if (!isJsonObject(raw)) return [];
		const before = this.#usage ?? noUsage;
		const split = isJsonObject(raw['cache_creation']) ? raw['cache_creation'] : {};
		const in1h = Math.max(before.cacheWrite1h, countOf(split['ephemeral_1h_input_tokens']));
		const written = countOf(raw['cache_creation_input_tokens']);
		// Counts are cumulative, but some servers say 0 in the event where they have nothing to add.
		this.#usage = {
			input: Math.max(before.input, countOf(raw['input_tokens'])),
			output: Math.max(before.output, countOf(raw['output_tokens'])),
			cacheWrite5m: Math.max(
				before.cacheWrite5m,
				countOf(split['ephemeral_5m_input_tokens']),
				written - in1h,
			),
			cacheWrite1h: in1h,
			cacheRead: Math.max(before.cacheRead, countOf(raw['cache_read_input_tokens'])),
		};
		return [{ type: 'usage', usage: this.#usage }];
	}

	#end(): ModelEvent[] {
		this.done = true;
		for (const part of this.#parts) part.closed = true;
		const calls = this.#parts.some((part) => part.type === 'tool-call');
		const said = this.#stopReason ?? 'end_turn';
		return [
			...this.#start({}),
			...this.#endClosed(),
			{
				type: 'end',
				// Some servers call a message that asks for tools finished.
				stopReason: calls && finished.has(said) ? 'tool_use' : said,
				...(this.#stopDetails && { stopDetails: this.#stopDetails }),
				usage: this.#usage,
			},
		];
	}
}

const finished = new Set(['end_turn', 'stop', 'tool_calls']);

const MOST_TOKENS = 1e12;

const noUsage: Usage = { input: 0, output: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0 };

const partTypes: Record<string, FinalPart['type'] | undefined> = {
	text: 'text',
	thinking: 'thinking',
	redacted_thinking: 'redacted-thinking',
	tool_use: 'tool-call',
};

/** The block a delta belongs to where its beginning was left out. */
const blockTypes: Record<string, string | undefined> = {
	text_delta: 'text',
	thinking_delta: 'thinking',
};

function finalPart(part: OpenPart, index: number): FinalPart {
	const { block } = part;
	switch (part.type) {
		case 'text':
			return { type: 'text', text: part.text };
		case 'thinking':
			return { type: 'thinking', text: part.text, signature: part.signature };
		case 'redacted-thinking':
			return { type: 'redacted-thinking', data: textOf(block['data']) };
		case 'tool-call':
			return {
				type: 'tool-call',
				callId: textOf(block['id']) || `call_${index}`,
				tool: textOf(block['name']),
				...inputOf(part),
			};
		case 'other': {
			const raw = part.json ? { ...block, input: inputOf(part).input } : block;
			// It must go back to the endpoint as it came, or the endpoint would refuse the conversation.
			if (isTooDeep(raw) || isTextTooDeep(part.json)) throw nestedTooDeeply();
			return { type: 'other', raw };
		}
	}
}

function inputOf(part: OpenPart): { input: JsonValue; malformed?: string } {
	if (!part.json.trim()) {
		const given = part.block['input'] ?? {};
		return isTooDeep(given) ? { input: {}, malformed: textOfDeep(given) } : { input: given };
	}
	if (isTextTooDeep(part.json)) return { input: {}, malformed: part.json };
	try {
		return { input: JSON.parse(part.json) as JsonValue };
	} catch {
		return { input: {}, malformed: part.json };
	}
}

/** A block nobody knows, with a delta nobody knows: texts grow, everything else is replaced. */
function grown(block: JsonObject, delta: JsonObject): JsonObject {
	const next = { ...block };
	for (const [key, value] of Object.entries(delta)) {
		if (key === 'type') continue;
		const before = next[key];
		next[key] = typeof value === 'string' && typeof before === 'string' ? before + value : value;
	}
	return next;
}

function stopDetails(raw: JsonValue | undefined): string | undefined {
	if (typeof raw === 'string') return raw;
	if (!isJsonObject(raw)) return undefined;
	return textOf(raw['explanation']) || textOf(raw['category']) || undefined;
}

const indexOf = (raw: JsonObject): number => (typeof raw['index'] === 'number' ? raw['index'] : 0);
const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
/** What is no number of tokens anybody could have used counts as nothing. */
const countOf = (value: JsonValue | undefined): number =>
	typeof value === 'number' && value >= 0 && value <= MOST_TOKENS ? value : 0;
