/** A model that says what it was told to, keeps to the contract of a port, and needs no time to do so. */
import type { ModelRequest } from '../../src/lib/domain/conversation';
import type { Usage } from '../../src/lib/domain/log/event';
import {
	type ModelError,
	type FinalPart,
	type ModelEvent,
	type ModelPort,
} from '../../src/worker/models/model-port';

export interface ScriptedAnswer {
	parts?: FinalPart[];
	/** `tool_use` where there are tool calls, else `end_turn`. */
	stopReason?: string;
	stopDetails?: string;
	usage?: Usage | null;
	/** Thrown instead of the end; before anything was said where there are no parts. */
	fails?: ModelError;
	/** After its parts it says nothing more, until it is aborted. */
	hangs?: boolean;
}

export class ScriptedModel implements ModelPort {
	readonly requests: ModelRequest[] = [];
	readonly #answers: ScriptedAnswer[];

	constructor(...answers: ScriptedAnswer[]) {
		this.#answers = answers;
	}

	async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
		signal.throwIfAborted();
		this.requests.push(request);
		const answer = this.#answers.shift();
		if (!answer) throw new Error('The scripted model was called once too often');
		const { parts = [], fails, hangs } = answer;
		if (fails && parts.length === 0) throw fails;
		yield { type: 'start', model: request.model };
		if (answer.usage) yield { type: 'usage', usage: answer.usage };
		for (const [index, part] of parts.entries()) {
			for (const event of eventsOf(part, index)) {
				signal.throwIfAborted();
				yield event;
			}
		}
		if (hangs) await untilAborted(signal);
		if (fails) throw fails;
		const calls = parts.some(({ type }) => type === 'tool-call');
		yield {
			type: 'end',
			stopReason: answer.stopReason ?? (calls ? 'tool_use' : 'end_turn'),
			...(answer.stopDetails !== undefined && { stopDetails: answer.stopDetails }),
			usage: answer.usage ?? null,
		};
	}
}

function* eventsOf(part: FinalPart, index: number): Generator<ModelEvent> {
	const tool = part.type === 'tool-call' ? { tool: part.tool } : {};
	yield { type: 'part-started', index, part: part.type, ...tool };
	for (const text of wordsOf(part)) yield { type: 'delta', index, text };
	yield { type: 'part-ended', index, part };
}

function wordsOf(part: FinalPart): string[] {
	const text =
		part.type === 'tool-call'
			? (part.malformed ?? JSON.stringify(part.input))
			: 'text' in part
				? part.text
				: '';
	return text.match(/\S*\s*/g)?.filter(Boolean) ?? [];
}

function untilAborted(signal: AbortSignal): Promise<never> {
	return new Promise((_, reject) => {
		const stop = (): void => reject(signal.reason as Error);
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
	});
}
