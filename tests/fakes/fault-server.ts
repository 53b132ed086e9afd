/**
 * A `/v1/messages` server a browser can reach, that misbehaves on demand: what it answers is queued, one answer a
 * call. It allows every origin, as local servers do, and lists one model.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import {
	apiError,
	failure,
	frame,
	messageFrames,
	streamOf,
	textBlock,
	toolBlock,
} from './messages-server';
import type { Handler, Received } from './messages-server';

export type Answer = Handler;

/** A conversation as it was sent. */
export interface SentBody {
	model: string;
	system?: unknown;
	messages: { role: string; content: unknown }[];
	tools?: { name: string }[];
}

export const FAULT_MODEL = 'fault-1';

export class FaultServer {
	/** Calls of the model, in order; nothing else that was asked. */
	readonly calls: (Received & { body: SentBody })[] = [];
	/** Headers a page may read. Without `retry-after` among them a browser hides it. */
	exposed = ['request-id', 'retry-after'];
	/** Listing of the models: what a new connection is checked against. */
	listing: Answer = (response) => sendJson(response, 200, modelListing);
	#queue: Answer[] = [];
	#rest: Answer = says('Nothing more was planned.');
	#server: Server | null = null;
	#port = 0;

	/** Answers of the next calls, in order. */
	answer(...answers: Answer[]): this {
		this.#queue.push(...answers);
		return this;
	}

	/** The answer of every call that has none queued. */
	always(answer: Answer): this {
		this.#rest = answer;
		return this;
	}

	/** Listens on a free port of this machine; on the same one again after a stop. Returns the base URL. */
	async start(): Promise<string> {
		const server = createServer((request, response) => void this.#serve(request, response));
		await new Promise<void>((ready, fail) => {
			server.once('error', fail);
			server.listen(this.#port, '127.0.0.1', ready);
		});
		this.#server = server;
		this.#port = (server.address() as AddressInfo).port;
		return this.url;
	}

	get url(): string {
		return `http://127.0.0.1:${this.#port}`;
	}

	get port(): number {
		return this.#port;
	}

	/** Nobody answers any more; open answers are cut. */
	async stop(): Promise<void> {
		const server = this.#server;
		this.#server = null;
		if (!server) return;
		server.closeAllConnections();
		await new Promise((closed) => server.close(closed));
	}

	async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		response.on('error', () => undefined);
		response.setHeader('access-control-allow-origin', '*');
		response.setHeader('access-control-expose-headers', this.exposed.join(', '));
		if (request.method === 'OPTIONS') {
			// A star does not cover the authorization header: each name is allowed by itself.
			const asked = request.headers['access-control-request-headers'] ?? '*';
			response.writeHead(204, {
				'access-control-allow-headers': asked,
				'access-control-allow-methods': 'GET, POST',
			});
			response.end();
			return;
		}
		const received = await read(request);
		if (received.path.startsWith('/v1/messages')) {
			this.calls.push(received as (typeof this.calls)[number]);
			(this.#queue.shift() ?? this.#rest)(response, received);
		} else if (received.path.startsWith('/v1/models')) this.listing(response, received);
		else sendJson(response, 404, apiError('not_found_error', 'There is nothing here'));
	}
}

async function read(request: IncomingMessage): Promise<Received> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const text = Buffer.concat(chunks).toString();
	return {
		method: request.method ?? '',
		path: request.url ?? '',
		headers: request.headers,
		body: text ? (JSON.parse(text) as unknown) : null,
	};
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const modelListing = {
	data: [
		{
			type: 'model',
			id: FAULT_MODEL,
			display_name: 'Fault one',
			max_input_tokens: 2_000_000,
			max_tokens: 32_000,
		},
	],
	has_more: false,
	last_id: null,
};

export interface ToolUse {
	id: string;
	tool: string;
	input: unknown;
}

/** A whole answer in words. */
export function says(
	text: string,
	end: { stop_reason: string; stop_details?: object } = done,
): Answer {
	return streamOf(messageFrames([textBlock(text)], end));
}

const done = { stop_reason: 'end_turn' };

/** A whole answer that calls tools; its JSON comes in pieces, as from the real API. */
export function callsTools(...uses: ToolUse[]): Answer {
	return streamOf(messageFrames(uses.map(useBlock), { stop_reason: 'tool_use' }));
}

/** An answer that ends in the middle of a tool call. */
export function cutInToolCall({ id, tool, input }: ToolUse): Answer {
	const json = JSON.stringify(input);
	const half = toolBlock(id, tool, json.slice(0, Math.ceil(json.length / 2)));
	return streamOf(
		messageFrames([textBlock('I will write it down.'), half], { stop_reason: 'max_tokens' }),
	);
}

function useBlock({ id, tool, input }: ToolUse) {
	return toolBlock(id, tool, ...inPieces(JSON.stringify(input)));
}

/** Length of one piece of tool input, UTF-16 units: large inputs come in more than one frame. */
const PIECE = 64 * 1024;

function inPieces(text: string): string[] {
	const pieces: string[] = [];
	for (let at = 0; at < text.length; at += PIECE) pieces.push(text.slice(at, at + PIECE));
	return pieces;
}

/** The same tool, called in every answer, each time with an id of its own. */
export function neverStops(tool: string, input: unknown): Answer {
	let n = 0;
	return (response, received) =>
		callsTools({ id: `toolu_loop_${++n}`, tool, input })(response, received);
}

/** An error status with Anthropic's error body. */
export function refusesWith(
	status: number,
	type: string,
	message: string,
	headers: Record<string, string> = {},
): Answer {
	return failure(status, apiError(type, message), headers);
}

/** The beginning of an answer, up to this text, and no end. */
function beginning(text: string): string {
	const frames = messageFrames([textBlock(text)]);
	return frames.slice(0, 3).map(frame).join('');
}

/** The rest of an answer that began with {@link beginning}. */
function ending(text: string): string {
	const more = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } };
	const frames = messageFrames([textBlock('')]);
	return [more, ...frames.slice(3)].map(frame).join('');
}

/** Begins in words and then closes the connection as if all had been said. */
export const cutsAfter = (text: string): Answer => streamOf([beginning(text)]);

/** Begins in words and then sends what is no JSON. */
export const garblesAfter = (text: string): Answer =>
	streamOf([beginning(text), 'event: content_block_delta\ndata: {"type": "content_bl\n\n'], {
		open: true,
	});

/** Begins in words and then says nothing more; the connection stays open. */
export const stallsAfter = (text: string): Answer => streamOf([beginning(text)], { open: true });

/** An answer that is held after its first words until the test decides how it goes on. */
export class HeldAnswer {
	#response: ServerResponse | null = null;

	/** `rest` is said when it is released. */
	constructor(
		readonly first: string,
		readonly rest = '',
	) {}

	readonly answer: Answer = (response, received) => {
		this.#response = response;
		streamOf([beginning(this.first)], { open: true })(response, received);
	};

	/** Says the rest and ends well. */
	release(): void {
		this.#response?.end(ending(this.rest));
	}

	/** The connection breaks. */
	destroy(): void {
		this.#response?.destroy();
	}
}

/** Many small pieces with time between them, as a model speaks. Ends early when nobody listens. */
export function speaksSlowly(words: readonly string[], everyMs: number): Answer {
	return (response) => {
		response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_test' });
		void speak(response, words, everyMs);
	};
}

async function speak(
	response: ServerResponse,
	words: readonly string[],
	everyMs: number,
): Promise<void> {
	response.write(beginning(''));
	for (const text of words) {
		if (response.destroyed) return;
		const delta = { type: 'text_delta', text };
		response.write(frame({ type: 'content_block_delta', index: 0, delta } as { type: string }));
		await pause(everyMs);
	}
	response.end(ending(''));
}

/** Repeats the key it was sent, in the error and in its headers, as careless servers and proxies do. */
export const repeatsKey =
	(status: number, type: string): Answer =>
	(response, { headers }) => {
		const sent = { authorization: headers['authorization'], key: headers['x-api-key'] };
		const key = String(sent.authorization ?? sent.key ?? 'none');
		const body = apiError(type, `Refused ${JSON.stringify(sent)} ${key.split(' ').at(-1)}`);
		sendJson(response.setHeader('request-id', key), status, body);
	};
