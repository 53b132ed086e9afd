/** The shortest engine there is: calls a model, runs its tools, calls it again. For tests of models, not of engines. */
import type { ModelMessage, ModelRequest, ToolSpec } from '../../src/lib/domain/conversation';
import { isJsonObject, type JsonObject } from '../../src/lib/domain/json';
import { validate } from '../../src/lib/domain/schema/validate';
import { answersToText } from '../../src/lib/domain/tools/answers';
import { parseQuestions } from '../../src/lib/domain/tools/ask-user';
import { toolCatalogue, toolNamed } from '../../src/lib/domain/tools/catalogue';
import type { FinalPart, ModelPort } from '../../src/worker/models/model-port';
import { toolFor } from '../../src/worker/tools/registry';
import { noTickets } from '../support/tickets';

type ToolCall = Extract<FinalPart, { type: 'tool-call' }>;

export interface Run {
	/** Each answer of the model, in order. */
	answers: FinalPart[][];
	stopReason: string;
	files: Map<string, string>;
	messages: ModelMessage[];
	calls: ToolCall[];
	text: string;
}

export interface RunOptions {
	system?: string;
	prompt: string;
	/** What came before; the prompt is then a follow-up. */
	after?: Run;
	tools?: string[];
	effort?: string | null;
	outputSchema?: ModelRequest['outputSchema'];
	maxTurns?: number;
	/** The result of a call; undefined: as the tool does it. */
	answer?: (call: ToolCall) => { content: string; isError: boolean } | undefined;
	/** Said beside the results of the nth answer. */
	steer?: (nth: number) => string | null;
	files?: Record<string, string>;
}

export async function runAgent(port: ModelPort, options: RunOptions): Promise<Run> {
	const { after, maxTurns = 30 } = options;
	const files = after?.files ?? new Map(Object.entries(options.files ?? {}));
	const messages = [...(after?.messages ?? []), saying(options.prompt)];
	const answers: FinalPart[][] = [];
	let stopReason = '';
	while (answers.length < maxTurns) {
		const parts: FinalPart[] = [];
		for await (const event of port.stream(
			requestOf(options, messages),
			new AbortController().signal,
		)) {
			if (event.type === 'part-ended') parts.push(event.part);
			if (event.type === 'end') stopReason = event.stopReason;
		}
		answers.push(parts);
		messages.push({ role: 'assistant', content: parts.flatMap(replayed) });
		if (stopReason !== 'tool_use') break;
		const results: ModelMessage['content'] = [];
		for (const call of callsOf(parts)) {
			const { content, isError } = options.answer?.(call) ?? (await carriedOut(call, files));
			results.push({ type: 'tool_result', tool_use_id: call.callId, content, is_error: isError });
		}
		const added = options.steer?.(answers.length);
		if (added) results.push({ type: 'text', text: added });
		messages.push({ role: 'user', content: results });
	}
	const calls = answers.flatMap(callsOf);
	const text = answers
		.flat()
		.flatMap((part) => (part.type === 'text' ? [part.text] : []))
		.join('\n\n');
	return { answers, stopReason, files, messages, calls, text };
}

const saying = (text: string): ModelMessage => ({
	role: 'user',
	content: [{ type: 'text', text }],
});
const callsOf = (parts: FinalPart[]): ToolCall[] =>
	parts.filter((part): part is ToolCall => part.type === 'tool-call');

function requestOf(options: RunOptions, messages: ModelMessage[]): ModelRequest {
	const names = options.tools ?? toolCatalogue.map(({ name }) => name);
	return {
		model: 'practice-1',
		system: options.system ?? '',
		messages,
		tools: toolCatalogue.filter(({ name }) => names.includes(name)).map(specOf),
		effort: options.effort ?? null,
		thinking: true,
		outputSchema: options.outputSchema ?? null,
	};
}

const specOf = ({ name, description, inputSchema }: ToolSpec): ToolSpec => ({
	name,
	description,
	inputSchema,
});

function replayed(part: FinalPart): ModelMessage['content'] {
	switch (part.type) {
		case 'text':
			return [{ type: 'text', text: part.text }];
		case 'thinking':
			return [{ type: 'thinking', thinking: part.text, signature: part.signature }];
		case 'redacted-thinking':
			return [{ type: 'redacted_thinking', data: part.data }];
		case 'tool-call':
			return [{ type: 'tool_use', id: part.callId, name: part.tool, input: part.input }];
		case 'other':
			return [{ type: 'other', raw: part.raw }];
	}
}

/** Asked questions get their first option, or a word. Input that breaks its schema is a mistake of the model. */
async function carriedOut(
	{ tool, input }: ToolCall,
	files: Map<string, string>,
): Promise<{ content: string; isError: boolean }> {
	const problems = validate(toolNamed(tool)?.inputSchema ?? {}, input);
	if (problems.length > 0) throw new Error(`${tool}: ${JSON.stringify(problems)}`);
	if (tool === 'ask_user') return { content: answered(input as JsonObject), isError: false };
	const outcome = await toolFor(tool)?.run(isJsonObject(input) ? input : {}, {
		files,
		tickets: noTickets,
		signal: new AbortController().signal,
	});
	for (const { path, content } of outcome?.files ?? [])
		if (content === null) files.delete(path);
		else files.set(path, content);
	return { content: outcome?.content ?? 'No such tool.', isError: outcome?.isError ?? !outcome };
}

function answered(input: JsonObject): string {
	const questions = parseQuestions(input);
	const answers = questions.map(({ id, options: [first] }) => ({
		id,
		chosen: first ? [first.label] : null,
		text: first ? null : 'Only on the tablet',
	}));
	return answersToText(questions, answers);
}
