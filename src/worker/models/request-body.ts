import type {
	Base64ImageSource,
	ContentBlockParam,
	MessageCreateParamsStreaming,
	MessageParam,
	OutputConfig,
	ThinkingConfigParam,
} from '@anthropic-ai/sdk/resources/messages/messages';
import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import { takes } from '$lib/domain/attachment';
import type { ModelInfo, Quirks } from '$lib/domain/connection';
import type { ContentPart, ModelMessage, ModelRequest } from '$lib/domain/conversation';
import { isJsonObject, type JsonSchema } from '$lib/domain/json';

/** Output tokens asked for where nothing is known of the model. */
const unknownMaxTokens = 8_192;
/** More than this is not asked for in one answer, whatever the model could write. */
const mostTokens = 64_000;
/** Thinking budget of models that take no `adaptive`, tokens. */
const thinkingBudget = 16_000;

/** How the body of `POST /v1/messages` says what `request` asks of this model of this endpoint. */
export function requestBody(
	request: ModelRequest,
	model: ModelInfo,
	quirks: Quirks,
	/** The endpoint takes schemas as they are written. */
	rawSchemas = false,
): MessageCreateParamsStreaming {
	const maxTokens = Math.min(model.maxOutput ?? unknownMaxTokens, mostTokens);
	const effort =
		quirks.sendsEffort && request.effort !== null && model.efforts.includes(request.effort)
			? request.effort
			: null;
	const schema = request.outputSchema;
	const sentSchema =
		schema && quirks.sendsSchema && model.structuredOutput
			? rawSchemas
				? schema
				: fittedSchema(schema)
			: null;
	const system = schema && !sentSchema ? withSchema(request.system, schema) : request.system.trim();
	const thinking = quirks.sendsThinking ? thinkingConfig(request, model, effort, maxTokens) : null;
	const outputConfig: OutputConfig = {
		// The list of levels is the endpoint's and may be longer than the SDK's.
		...(effort !== null && { effort: effort as OutputConfig['effort'] }),
		...(sentSchema && { format: { type: 'json_schema', schema: sentSchema } }),
	};
	return {
		model: request.model,
		max_tokens: maxTokens,
		stream: true,
		messages: messagesOf(request.messages, model, quirks),
		...(system && { system }),
		...(request.tools.length > 0 && {
			tools: request.tools.map(({ name, description, inputSchema }) => ({
				name,
				description,
				input_schema: { ...inputSchema, type: 'object' as const },
			})),
		}),
		...(thinking && { thinking }),
		...(Object.keys(outputConfig).length > 0 && { output_config: outputConfig }),
		...(quirks.sendsCacheControl && { cache_control: { type: 'ephemeral' } }),
	};
}

function thinkingConfig(
	request: ModelRequest,
	model: ModelInfo,
	effort: string | null,
	maxTokens: number,
): ThinkingConfigParam | null {
	if (!request.thinking) {
		// The highest levels refuse to have thinking turned off.
		const mayTurnOff =
			model.thinking.includes('disabled') && effort !== 'xhigh' && effort !== 'max';
		return mayTurnOff ? { type: 'disabled' } : null;
	}
	if (model.thinking.includes('adaptive')) return { type: 'adaptive', display: 'summarized' };
	if (!model.thinking.includes('enabled')) return null;
	const budget = Math.min(thinkingBudget, Math.floor(maxTokens / 2));
	return budget >= 1_024 ? { type: 'enabled', budget_tokens: budget } : null;
}

/** Null where the schema can't be said in the words structured outputs know. */
function fittedSchema(schema: JsonSchema): JsonSchema | null {
	try {
		const fitted: unknown = transformJSONSchema(schema);
		return isJsonObject(fitted) ? fitted : null;
	} catch {
		return null;
	}
}

function withSchema(system: string, schema: JsonSchema): string {
	const rule = `Your final answer must be one JSON value that matches this JSON Schema. Write the JSON alone: no code fence, no words before or after it.\n\n${JSON.stringify(schema)}`;
	return system.trim() ? `${system.trim()}\n\n${rule}` : rule;
}

function messagesOf(messages: ModelMessage[], model: ModelInfo, quirks: Quirks): MessageParam[] {
	return messages
		.map(({ role, content }) => ({
			role,
			content: content.flatMap((part) => {
				const block = blockOf(part, model, quirks);
				return block ? [block] : [];
			}),
		}))
		.filter(({ content }) => content.length > 0);
}

function blockOf(part: ContentPart, model: ModelInfo, quirks: Quirks): ContentBlockParam | null {
	switch (part.type) {
		case 'text':
			// The API refuses a text without a visible character.
			return part.text.trim() ? { type: 'text', text: part.text } : null;
		case 'image':
			return takes('images', model, quirks)
				? {
						type: 'image',
						source: {
							type: 'base64',
							media_type: part.mediaType as Base64ImageSource['media_type'],
							data: part.data,
						},
					}
				: leftOut(part.name, 'images');
		case 'pdf':
			return takes('pdf', model, quirks)
				? {
						type: 'document',
						title: part.name,
						source: { type: 'base64', media_type: 'application/pdf', data: part.data },
					}
				: leftOut(part.name, 'PDF files');
		case 'thinking':
			return quirks.sendsThinking
				? { type: 'thinking', thinking: part.thinking, signature: part.signature }
				: null;
		case 'redacted_thinking':
			return quirks.sendsThinking ? { type: 'redacted_thinking', data: part.data } : null;
		case 'tool_use':
			return {
				type: 'tool_use',
				id: part.id,
				name: part.name,
				// The API takes objects only; what else a model wrote was answered with an error result.
				input: isJsonObject(part.input) ? part.input : {},
			};
		case 'tool_result':
			return {
				type: 'tool_result',
				tool_use_id: part.tool_use_id,
				content: part.content,
				...(part.is_error && { is_error: true }),
			};
		case 'other':
			// What the endpoint itself sent goes back as it came.
			return part.raw as unknown as ContentBlockParam;
	}
}

/** The conversation may have begun with a model that takes more: another one is told what it does not see. */
function leftOut(name: string, what: string): ContentBlockParam {
	return { type: 'text', text: `[${name} is left out: this model takes no ${what}.]` };
}
