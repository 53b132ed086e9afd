/** A reply as the events of `POST /v1/messages` with `stream: true`, each with what it weighs in tokens. */
import type { JsonObject } from '$lib/domain/json';
import { hashOf } from './dice';
import type { Reply } from './script';
import type { Scene } from './scene';

export interface Frame {
	text: string;
	tokens: number;
}

export interface Ending {
	stopReason: string;
	stopDetails?: JsonObject;
	/** The input of the last tool call breaks off in the middle. */
	cutsToolInput?: boolean;
}

/** About four characters a token, as a rule of thumb. */
export const estimatedTokens = (text: string): number => Math.ceil(text.length / 4);

export function* framesOf(scene: Scene, reply: Reply, ending: Ending): Generator<Frame> {
	const id = hashOf(scene.seed).toString(36);
	let output = 0;
	const event = (data: JsonObject, tokens = 0): Frame => {
		output += tokens;
		return { text: `event: ${String(data['type'])}\ndata: ${JSON.stringify(data)}\n\n`, tokens };
	};
	let index = -1;
	const started = (block: JsonObject): Frame =>
		event({ type: 'content_block_start', index: ++index, content_block: block });
	const delta = (data: JsonObject, text: string): Frame =>
		event({ type: 'content_block_delta', index, delta: data }, estimatedTokens(text));
	const stopped = (): Frame => event({ type: 'content_block_stop', index });

	yield event({
		type: 'message_start',
		message: {
			id: `msg_practice_${id}`,
			type: 'message',
			role: 'assistant',
			model: scene.model,
			content: [],
			stop_reason: null,
			stop_sequence: null,
			usage: {
				input_tokens: estimatedTokens(scene.seed),
				cache_creation_input_tokens: 0,
				cache_read_input_tokens: 0,
				output_tokens: 1,
			},
		},
	});
	yield event({ type: 'ping' });
	if (reply.thinking !== null) {
		yield started({ type: 'thinking', thinking: '', signature: '' });
		for (const piece of pieces(reply.thinking))
			yield delta({ type: 'thinking_delta', thinking: piece }, piece);
		yield delta({ type: 'signature_delta', signature: `practice-${id}` }, '');
		yield stopped();
	}
	if (reply.text) {
		yield started({ type: 'text', text: '' });
		for (const piece of pieces(reply.text)) yield delta({ type: 'text_delta', text: piece }, piece);
		yield stopped();
	}
	for (const [nth, { tool, input }] of reply.uses.entries()) {
		const callId = `toolu_practice_${scene.length}_${id}_${nth}`;
		yield started({ type: 'tool_use', id: callId, name: tool, input: {} });
		const json = JSON.stringify(input);
		const cut = ending.cutsToolInput && nth === reply.uses.length - 1;
		for (const piece of pieces(cut ? json.slice(0, Math.max(1, json.length >> 1)) : json))
			yield delta({ type: 'input_json_delta', partial_json: piece }, piece);
		yield stopped();
	}
	yield event({
		type: 'message_delta',
		delta: {
			stop_reason: ending.stopReason,
			stop_sequence: null,
			...(ending.stopDetails && { stop_details: ending.stopDetails }),
		},
		usage: { output_tokens: Math.max(1, output) },
	});
	yield event({ type: 'message_stop' });
}

/** A word or two at a time, as models write. Joined again they are the text. */
function pieces(text: string): string[] {
	return text.match(/\s*\S{1,10}(?:[^\S\n]\S{1,4}(?=\s))?|\s+/gu) ?? [];
}
