/** A real HTTP server that speaks `/v1/messages` as badly as a test wants it to. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	body: unknown;
}

export type Handler = (response: ServerResponse, received: Received) => void;

export class MessagesServer {
	readonly received: Received[] = [];
	#answer: Handler = (response) => response.writeHead(500).end();
	#server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const text = Buffer.concat(chunks).toString();
			const received: Received = {
				method: request.method ?? '',
				path: request.url ?? '',
				headers: request.headers,
				body: text ? JSON.parse(text) : null,
			};
			this.received.push(received);
			this.#answer(response, received);
		});
	});

	/** What the next requests are answered with. */
	answer(handler: Handler): void {
		this.#answer = handler;
	}

	/** Listens on a free port of this machine; returns the base URL. */
	async start(): Promise<string> {
		await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	async stop(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((closed) => this.#server.close(closed));
	}
}

export const frame = (data: { type: string }): string =>
	`event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;

/** A stream of the given frames or raw texts; `open` leaves the body without an end. */
export function streamOf(
	pieces: readonly ({ type: string } | string)[],
	more: { open?: boolean; destroy?: boolean; headers?: Record<string, string> } = {},
): Handler {
	return (response) => {
		response.writeHead(200, {
			'content-type': 'text/event-stream',
			'request-id': 'req_test',
			...more.headers,
		});
		for (const piece of pieces) response.write(typeof piece === 'string' ? piece : frame(piece));
		if (more.destroy) response.destroy();
		else if (!more.open) response.end();
	};
}

export function failure(
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): Handler {
	return (response) => {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		const type = typeof body === 'string' ? 'text/plain' : 'application/json';
		response.writeHead(status, { 'content-type': type, 'request-id': 'req_test', ...headers });
		response.end(text);
	};
}

export const apiError = (type: string, message: string) => ({
	type: 'error',
	error: { type, message },
});

/** The events of a whole message, block by block. */
export function messageFrames(
	blocks: readonly { start: object; deltas: readonly object[] }[],
	end: { stop_reason: string | null; stop_details?: object } = { stop_reason: 'end_turn' },
	usage: { start?: object; end?: object } = {
		start: { input_tokens: 11, output_tokens: 1 },
		end: { output_tokens: 7 },
	},
): { type: string }[] {
	return [
		{
			type: 'message_start',
			message: {
				id: 'msg_1',
				role: 'assistant',
				model: 'served-model',
				content: [],
				usage: usage.start,
			},
		} as { type: string },
		...blocks.flatMap(({ start, deltas }, index) => [
			{ type: 'content_block_start', index, content_block: start },
			...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
			{ type: 'content_block_stop', index },
		]),
		{ type: 'message_delta', delta: end, usage: usage.end } as { type: string },
		{ type: 'message_stop' },
	];
}

export const textBlock = (...texts: string[]) => ({
	start: { type: 'text', text: '' },
	deltas: texts.map((text) => ({ type: 'text_delta', text })),
});

export const thinkingBlock = (text: string, signature = 'sig-1') => ({
	start: { type: 'thinking', thinking: '', signature: '' },
	deltas: [
		{ type: 'thinking_delta', thinking: text },
		{ type: 'signature_delta', signature },
	],
});

export const toolBlock = (id: string, name: string, ...json: string[]) => ({
	start: { type: 'tool_use', id, name, input: {} },
	deltas: json.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
});
