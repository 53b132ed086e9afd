/** From what an actor has heard and said to what its model is sent. */
import type { AgentSnapshot } from '../agent';
import { asQuoted, kindOf, type Attachment } from '../attachment';
import type { ContentPart, ModelMessage, ModelRequest } from '../conversation';
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue } from '../json';
import type { ActorState, CallState, SessionState, TurnItem } from '../log/state';
import { clipForModel } from '../tools/clip';
import { toolNamed } from '../tools/catalogue';

/** The next call of an actor's model. */
export function requestFor(
	state: SessionState,
	actor: ActorState,
	agent: AgentSnapshot | null,
): ModelRequest {
	const { model, effort, thinking } = state.settings;
	return {
		model,
		system: agent?.systemPrompt ?? '',
		messages: messagesOf(state, actor),
		tools: toolsOf(agent),
		effort,
		thinking,
		outputSchema: agent?.outputSchema ?? null,
	};
}

function toolsOf(agent: AgentSnapshot | null): ModelRequest['tools'] {
	return Object.entries(agent?.tools ?? {})
		.filter(([, policy]) => policy !== 'deny')
		.map(([name]) => toolNamed(name))
		.filter((tool) => tool !== undefined)
		.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
}

/**
 * The conversation as the Messages API wants it: roles alternate, all results of a message stand in the one user
 * message after it and before anything else said there. Thinking is replayed only to the model that thought it,
 * and only within a message that is replayed whole.
 */
export function messagesOf(state: SessionState, actor: ActorState): ModelMessage[] {
	const messages: ModelMessage[] = [];
	const say = (role: ModelMessage['role'], content: ContentPart[]) => {
		if (content.length === 0) return;
		const last = messages.at(-1);
		if (last?.role === role) last.content.push(...content);
		else messages.push({ role, content: [...content] });
	};
	for (const item of actor.items) {
		switch (item.type) {
			case 'prompt':
				say('user', [...(item.attachments ?? []).map(handed), { type: 'text', text: item.text }]);
				break;
			case 'summary':
				say('user', [
					{ type: 'text', text: `What happened before, in a summary:\n\n${item.text}` },
				]);
				break;
			case 'turn':
				say('assistant', replayed(state, item));
				say('user', resultsOf(state, item));
		}
	}
	return messages;
}

/** What was handed along stands before the words about it. */
function handed(attachment: Attachment): ContentPart {
	const { name, mediaType, data } = attachment;
	switch (kindOf(attachment)) {
		case 'text':
			return { type: 'text', text: asQuoted(attachment) };
		case 'image':
			return { type: 'image', name, mediaType, data };
		case 'pdf':
			return { type: 'pdf', name, data };
	}
}

function replayed(state: SessionState, turn: TurnItem): ContentPart[] {
	if (turn.stopReason === 'refusal') return [];
	const sameModel =
		turn.model === state.settings.model && turn.connectionId === state.settings.connectionId;
	const calls = new Set(turn.callIds);
	const whole = turn.parts.every((part) => part.type !== 'tool-call' || calls.has(part.callId));
	const content: ContentPart[] = [];
	for (const part of turn.parts) {
		switch (part.type) {
			case 'text':
				// The API refuses empty and blank text.
				if (part.text.trim()) content.push({ type: 'text', text: part.text });
				break;
			case 'thinking':
				if (sameModel && whole)
					content.push({ type: 'thinking', thinking: part.text, signature: part.signature });
				break;
			case 'redacted-thinking':
				if (sameModel && whole) content.push({ type: 'redacted_thinking', data: part.data });
				break;
			case 'other':
				if (sameModel && whole) content.push({ type: 'other', raw: part.raw });
				break;
			case 'tool-call': {
				const call = state.calls.get(part.callId);
				if (call && calls.has(part.callId))
					content.push({
						type: 'tool_use',
						id: call.callId,
						name: call.tool,
						input: objectInput(call.input),
					});
			}
		}
	}
	return content.some(
		(part) => part.type === 'text' || part.type === 'tool_use' || part.type === 'other',
	)
		? content
		: [];
}

/** The API takes objects only; a call whose input was something else has been refused already. */
function objectInput(input: unknown): JsonObject {
	return isJsonObject(input) ? input : {};
}

function resultsOf(state: SessionState, turn: TurnItem): ContentPart[] {
	return turn.callIds.map((callId) => {
		const call = state.calls.get(callId);
		const result = call?.result;
		return {
			type: 'tool_result',
			tool_use_id: callId,
			content: `${call ? changedByPerson(call) : ''}${clipForModel(result?.content ?? 'No result.')}`,
			...(result?.isError ? { is_error: true } : {}),
		};
	});
}

/** Of what a person changed, so much is told, UTF-16 units. */
const CHANGE_CHARS = 20_000;

/** The model remembers what it asked for: it must hear what ran instead. Empty where nothing was changed. */
function changedByPerson({ input, decision }: CallState): string {
	const ran = decision?.decision === 'deny' ? undefined : decision?.input;
	if (ran === undefined || canonicalJson(ran) === canonicalJson(input)) return '';
	const told = clipForModel(JSON.stringify(changedFields(input, ran)), CHANGE_CHARS);
	return `The person changed the input before allowing this call. It ran with ${told}\n\n`;
}

/** The fields that differ; all of it where the model had written no object. */
function changedFields(input: JsonValue, ran: JsonValue): JsonValue {
	if (!isJsonObject(input) || !isJsonObject(ran)) return ran;
	const same = (key: string) =>
		Object.hasOwn(input, key) &&
		canonicalJson(input[key] ?? null) === canonicalJson(ran[key] ?? null);
	// A field that was taken out shows by what is left.
	if (Object.keys(input).some((key) => !Object.hasOwn(ran, key))) return ran;
	return Object.fromEntries(Object.entries(ran).filter(([key]) => !same(key)));
}

/** Characters per token, on the low side: what is sent for a summary must fit where the conversation did not. */
const CHARS_PER_TOKEN = 2.5;
const UNKNOWN_CONTEXT_TOKENS = 32_000;

/** Asks the actor's model to sum up a conversation that no longer fits. `maxInput` in tokens, null: unknown. */
export function compactionRequest(
	state: SessionState,
	actor: ActorState,
	maxInput: number | null,
): ModelRequest {
	const room = Math.floor((maxInput ?? UNKNOWN_CONTEXT_TOKENS) * 0.6 * CHARS_PER_TOKEN);
	const transcript = messagesOf(state, actor).map(asText).join('\n\n');
	return {
		model: state.settings.model,
		system:
			'You sum up the conversation of an agent with its tools, so that the agent can go on from your summary alone.',
		messages: [
			{
				role: 'user',
				content: [
					{
						type: 'text',
						text: `Sum up the conversation below for the agent that has to go on with it. Keep: what the person wants, decisions and answers of the person, facts found (with where), files and what is in them, what is done, what is left, anything that must not be forgotten. No comment on the summary itself.\n\n<conversation>\n${clipForModel(transcript, room)}\n</conversation>`,
					},
				],
			},
		],
		tools: [],
		effort: null,
		thinking: false,
		outputSchema: null,
	};
}

function asText({ role, content }: ModelMessage): string {
	const lines = content.map((part) => {
		switch (part.type) {
			case 'text':
				return part.text;
			case 'tool_use':
				return `[used ${part.name} with ${clipForModel(JSON.stringify(part.input), 2_000)}]`;
			case 'tool_result':
				return `[result: ${clipForModel(part.content, 4_000)}]`;
			case 'image':
			case 'pdf':
				return `[was given ${part.name}]`;
			default:
				return '';
		}
	});
	return `${role}: ${lines.filter(Boolean).join('\n')}`;
}
